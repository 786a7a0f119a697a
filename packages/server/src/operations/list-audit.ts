import { type Answer, done, type InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { auditOutput } from "#domain/audit-output.ts";
import { listEntries } from "#storage/audit.ts";
import { cutPage, pageFrom } from "#steps/pages.ts";

export async function listAudit(
  { db }: Context,
  _: CallerOf<"listAudit">,
  { limit, cursor, record: recordKind, ...wanted }: InputOf<"listAudit">,
): Promise<Answer<"listAudit">> {
  const page = pageFrom({ limit, cursor });
  const entries = await listEntries(db, { recordKind, ...wanted }, page);
  const placed = entries.map((entry) => ({ entry, createdAt: entry.at, id: String(entry.serial) }));
  const { records, ...next } = cutPage(placed, page);
  return done({ entries: records.map(({ entry }) => auditOutput(entry)), ...next });
}
