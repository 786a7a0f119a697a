import { expressionBuilder } from "kysely";
import { byNumber, byText, type Listing } from "./listing.ts";
import { narrowed } from "./narrowing.ts";
import { first, statement } from "./statement.ts";
import type { ApplicationId, Db, File, FileId, Tables } from "./tables.ts";
import { hasText } from "./text-search.ts";

export const findFile = first(
  statement<{ applicationId: ApplicationId; name: string }, File>((db, given) =>
    files(db).where("file.applicationId", "=", given("applicationId")).where("file.name", "=", given("name")),
  ),
);

/** The files of an application whose names have a text in them. */
export function fileListing(
  applicationId: ApplicationId,
  search: string | undefined,
  sort: "name" | "created",
): Listing {
  const size = expressionBuilder<Tables, "file">()
    .selectFrom("content")
    .select("content.size")
    .whereRef("content.checksum", "=", "file.checksum")
    .as("size");
  return {
    from: "file",
    besides: size,
    ...narrowed([{ column: "file.applicationId", values: [applicationId] }]),
    ...(search !== undefined && { filters: [hasText<"file">(["file.name"], search)] }),
    sort: { by: sort === "name" ? [byText("file.name")] : [byNumber("file.createdAt"), byText("file.id")] },
  };
}

/** What a link leads to; `undefined`: it was deleted or replaced. */
export function findFileById(db: Db, id: string) {
  return files(db)
    .select("content.id as contentId")
    .where("file.id", "=", id as FileId)
    .executeTakeFirst();
}

function files(db: Db) {
  return db
    .selectFrom("file")
    .innerJoin("content", "content.checksum", "file.checksum")
    .selectAll("file")
    .select("content.size");
}

/** Gives a content a name. The same content under its name stays the file it was; another one is a new file. */
export async function putFile(tx: Db, file: Omit<File, "size">): Promise<void> {
  const { id, checksum, createdAt, transferCount, lastTransferredAt } = file;
  await tx
    .insertInto("file")
    .values({
      id,
      applicationId: file.applicationId,
      name: file.name,
      checksum,
      createdAt,
      transferCount,
      lastTransferredAt,
    })
    .onConflict((c) =>
      c
        .columns(["applicationId", "name"])
        .doUpdateSet({ id, checksum, createdAt, transferCount, lastTransferredAt })
        .where("file.checksum", "!=", checksum),
    )
    .execute();
}

/** `false`: there was none of that name. */
export async function removeFile(db: Db, applicationId: string, name: string): Promise<boolean> {
  const removed = await db
    .deleteFrom("file")
    .where("applicationId", "=", applicationId as ApplicationId)
    .where("name", "=", name)
    .returning("id")
    .executeTakeFirst();
  return removed !== undefined;
}

/** A file that was replaced meanwhile is another one, and its transfers are not counted here. */
export async function countTransfer(db: Db, id: FileId, now: number): Promise<void> {
  await db
    .updateTable("file")
    .set((e) => ({ transferCount: e("transferCount", "+", 1), lastTransferredAt: now }))
    .where("id", "=", id)
    .execute();
}

/** What the files of an application have together, but for one of this name. */
export async function bytesOfOthers(db: Db, applicationId: ApplicationId, name: string): Promise<number> {
  const { bytes } = await db
    .selectFrom("file")
    .innerJoin("content", "content.checksum", "file.checksum")
    .select((e) => e.fn.coalesce(e.cast<number>(e.fn.sum("content.size"), "bigint"), e.lit(0)).as("bytes"))
    .where("file.applicationId", "=", applicationId)
    .where("file.name", "!=", name)
    .executeTakeFirstOrThrow();
  return bytes;
}
