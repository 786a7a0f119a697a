import { cursorForm, pageAtMost } from "@latchkey/protocol";
import { InvalidArgumentError } from "commander";
import type { Failure } from "./failure.ts";
import { choice, flag, integer, type Option, text } from "./options.ts";

/** The options of a list that may be long. */
export const pageOptions = {
  limit: integer("how many; all unless given", 1_000_000_000),
  cursor: cursor("where to go on, as the list before has said"),
};

/** The same of a list that is read in several orders. */
export function listOptions<const S extends string>(sorts: readonly S[]) {
  return {
    search: text("TEXT", "only what has this in it, or is called exactly so"),
    sort: choice("in the order of", sorts),
    desc: flag("the other way round"),
    ...pageOptions,
  };
}

/** What of these options goes into every page. */
export function listed<S extends string>({
  search,
  sort,
  desc,
}: {
  readonly search: string | undefined;
  readonly sort: S | undefined;
  readonly desc: boolean | undefined;
}) {
  return {
    ...(search !== undefined && { search }),
    ...(sort !== undefined && { sort }),
    ...(desc && ({ order: "desc" } as const)),
  };
}

interface Wanted {
  readonly limit: number | undefined;
  readonly cursor: string | undefined;
}

interface PageOf<R> {
  readonly records: readonly R[];
  readonly nextCursor?: string;
}

/** Reads a list page by page, until there are as many records as are wanted or no more. */
export async function readPages<R>(
  { limit: wanted = Infinity, cursor: first }: Wanted,
  read: (page: { readonly limit: number; readonly cursor?: string }) => Promise<PageOf<R> | Failure>,
): Promise<(PageOf<R> & { readonly note?: string }) | Failure> {
  const records: R[] = [];
  for (let cursor = first; ;) {
    const limit = Math.min(wanted - records.length, pageAtMost);
    const page = await read({ limit, ...(cursor !== undefined && { cursor }) });
    if ("exitCode" in page) return page;
    for (const record of page.records) records.push(record);
    cursor = page.nextCursor;
    if (cursor === undefined) return { records };
    if (records.length >= wanted) return { records, note: `There are more: go on with --cursor ${cursor}` };
  }
}

function cursor(about: string): Option<string | undefined> {
  const read = (given: string) => {
    if (cursorForm.test(given)) return given;
    throw new InvalidArgumentError("It must be one that a list has printed.");
  };
  return { placeholder: "CURSOR", about, read };
}
