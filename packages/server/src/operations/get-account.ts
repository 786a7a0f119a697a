import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findAccount } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import { showUser } from "#steps/show-user.ts";

/** Shows an account to itself, to server code, and to everybody where the application says so (US-TABLE-1). */
export async function getAccount(
  { db }: Context,
  { applicationId, keyKind, authorization }: CallerOf<"getAccount">,
  { accountId }: InputOf<"getAccount">,
): Promise<Answer<"getAccount">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("accountNotFound");
  const isOpen = settingsOf(application).userAccess === "open";
  if (!isOpen && keyKind !== "BL" && authorization?.accountId !== accountId) return refuse("accountNotFound");
  const account = await findAccount(db, { id: accountId });
  if (account?.applicationId !== applicationId) return refuse("accountNotFound");
  return done({ account: await showUser(db, application, account) });
}
