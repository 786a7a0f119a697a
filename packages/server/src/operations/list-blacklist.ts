import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findApplication } from "#storage/applications.ts";
import { listBlacklist as list } from "#storage/blacklist.ts";

/** What an application does not want to see again, oldest first. */
export async function listBlacklist(
  { db }: Context,
  _: CallerOf<"listBlacklist">,
  { applicationId }: InputOf<"listBlacklist">,
): Promise<Answer<"listBlacklist">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const entries = await list(db, application.id);
  return done({
    entries: entries.map(({ kind, value, comment, madeBy, createdAt }) => ({
      kind,
      value,
      madeBy,
      createdAt,
      ...(comment !== null && { comment }),
    })),
  });
}
