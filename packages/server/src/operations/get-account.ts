import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findAccount } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import { seesOthers } from "#steps/sees-others.ts";
import { howUsersLook } from "#steps/how-users-look.ts";

/** Shows an account to itself, to server code, and to everybody where the application says so (US-TABLE-1). */
export async function getAccount(
  { db }: Context,
  caller: CallerOf<"getAccount">,
  { accountId }: InputOf<"getAccount">,
): Promise<Answer<"getAccount">> {
  const application = await findApplication(db, { id: caller.applicationId });
  const isOwn = caller.authorization?.accountId === accountId;
  if (!application || !(isOwn || seesOthers(application, caller))) return refuse("accountNotFound");
  const account = await findAccount(db, { id: accountId });
  if (account?.applicationId !== caller.applicationId) return refuse("accountNotFound");
  return done({ account: (await howUsersLook(db, application))(account) });
}
