import { type OutputOf } from "@latchkey/protocol";
import { auditOutput } from "#domain/audit-output.ts";
import { sessionOutput } from "#domain/session-output.ts";
import { listEntries } from "#storage/audit.ts";
import { readPage } from "#storage/listing.ts";
import { sessionListing } from "#storage/session-list.ts";
import { sessionNames } from "#storage/session-names.ts";
import type { ApplicationId, Db, Session } from "#storage/tables.ts";
import { cutPage, pageFrom } from "./pages.ts";

const sessionsAtMost = 100;

/** Whose timeline is read: a record of an application, which may be deleted by now. */
interface Subject {
  readonly applicationId: ApplicationId;
  readonly record: "license" | "account";
  readonly id: string;
}

/** What has happened to a record, and who is signed in by it. `undefined`: the application has never had it. */
export async function readTimeline(
  db: Db,
  { applicationId, record, id }: Subject,
  asked: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
  isThere: boolean,
): Promise<OutputOf<"showLicenseTimeline"> | undefined> {
  const page = pageFrom(asked);
  // Found by its id alone, as ids are never the same; what it belongs to is the same in all of them.
  const found = await listEntries(db, { recordId: id }, page);
  const entries = found.filter((entry) => entry.recordKind === record && entry.applicationId === applicationId);
  if (!isThere && entries.length === 0) return undefined;
  const placed = entries.map((entry) => ({ entry, createdAt: entry.at, id: String(entry.serial) }));
  const { records, ...next } = cutPage(placed, page);
  return {
    entries: records.map(({ entry }) => auditOutput(entry)),
    sessions: asked.cursor === undefined ? await sessionsOf(db, { applicationId, record, id }) : [],
    ...next,
  };
}

async function sessionsOf(db: Db, { applicationId, record, id }: Subject) {
  const by = record === "license" ? { licenseId: id } : { accountId: id };
  const listing = sessionListing(applicationId, { ...by, authorized: true });
  const { rows } = await readPage<Session>(db, listing, { limit: sessionsAtMost, descending: true });
  const names = await sessionNames(db, rows);
  return rows.map((row) => sessionOutput(row, names));
}
