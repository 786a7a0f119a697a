import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findApplication } from "#storage/applications.ts";
import { blacklistListing } from "#storage/blacklist.ts";
import type { BlacklistEntry } from "#storage/tables.ts";
import { readList } from "#steps/read-list.ts";

/** What an application does not want to see again, oldest first unless asked otherwise. */
export async function listBlacklist(
  { db }: Context,
  _: CallerOf<"listBlacklist">,
  { applicationId, search, kind, madeBy, ...page }: InputOf<"listBlacklist">,
): Promise<Answer<"listBlacklist">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const filter = { search, kind, madeBy };
  const found = await readList<BlacklistEntry, "created" | "value">(db, page, "created", (by) =>
    blacklistListing(application.id, filter, by),
  );
  if (found.refused) return refuse(found.refused);
  return done({ entries: found.rows.map(entryOutput), ...found.next });
}

function entryOutput({ kind, value, madeBy, createdAt, comment }: BlacklistEntry) {
  return { kind, value, madeBy, createdAt, ...(comment !== null && { comment }) };
}
