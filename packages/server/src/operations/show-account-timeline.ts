import { type Answer, done, type InputOf, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findApplication } from "#storage/applications.ts";
import { findNamedAccount } from "#steps/find-named-account.ts";
import { readTimeline } from "#steps/read-timeline.ts";

/** What has happened to an account, also when it is deleted. */
export async function showAccountTimeline(
  { db }: Context,
  _: CallerOf<"showAccountTimeline">,
  { applicationId, accountId, ...page }: InputOf<"showAccountTimeline">,
): Promise<Answer<"showAccountTimeline">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("accountNotFound");
  const found = await findNamedAccount(db, { accountId, applicationId });
  const subject = { applicationId: application.id, record: "account", id: accountId } as const;
  const timeline = await readTimeline(db, subject, page, found !== undefined);
  return timeline ? done(timeline) : refuse("accountNotFound");
}
