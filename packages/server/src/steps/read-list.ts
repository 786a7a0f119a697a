import { countAtMost, pageAtMost } from "@latchkey/protocol";
import { cursorOf, placeAt } from "#domain/cursor.ts";
import { countRows, isPlaceIn, type Listing, readPage } from "#storage/listing.ts";
import type { Db } from "#storage/tables.ts";

/** What part of a list is asked for, and whether it is to be counted. */
interface Asked<S extends string> {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly sort?: S | undefined;
  readonly order?: "asc" | "desc" | undefined;
  readonly count?: boolean | undefined;
}

/** The records of a page, where the list goes on, and how many there are in all. */
export async function readList<R extends object, S extends string>(
  db: Db,
  { limit = pageAtMost, cursor, sort, order = "asc", count }: Asked<S>,
  usual: S,
  listing: (sort: S) => Listing,
) {
  const list = listing(sort ?? usual);
  const named = `${sort ?? usual} ${order}`;
  const after = cursor === undefined ? undefined : placeAt(cursor, named);
  if (cursor !== undefined && !(after && isPlaceIn(list, after))) return { refused: "cursorInvalid" } as const;
  const page = await readPage<R>(db, list, { limit, descending: order === "desc", ...(after && { after }) });
  return {
    rows: page.rows,
    next: {
      ...(page.next && { nextCursor: cursorOf(page.next, named) }),
      ...(count && { total: await countRows(db, list, countAtMost) }),
    },
  };
}
