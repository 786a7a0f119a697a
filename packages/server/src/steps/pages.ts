import { pageAtMost } from "@latchkey/protocol";
import type { Page, Place } from "#storage/page.ts";

interface Asked {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** What part of a list is asked for, and one record more, to see whether the list goes on. */
export function pageFrom({ limit = pageAtMost, cursor }: Asked): Page {
  const [createdAt, id] = cursor?.split(".") ?? [];
  return { limit: limit + 1, ...(id !== undefined && { after: { createdAt: Number(createdAt), id } }) };
}

/** The records of the page, and where the list goes on if it does. */
export function cutPage<R extends Place>(rows: readonly R[], { limit }: Page) {
  const records = rows.slice(0, limit - 1);
  const last = records.at(-1);
  return { records, ...(last && rows.length === limit && { nextCursor: `${last.createdAt}.${last.id}` }) };
}
