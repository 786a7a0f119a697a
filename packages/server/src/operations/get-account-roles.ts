import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findAccount } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import { rolesOfAccount } from "#storage/roles.ts";
import { seesOthers } from "#steps/sees-others.ts";

/** The roles an account was given, for itself and whoever may see others (US-ROLE-4). */
export async function getAccountRoles(
  { db }: Context,
  caller: CallerOf<"getAccountRoles">,
  { accountId }: InputOf<"getAccountRoles">,
): Promise<Answer<"getAccountRoles">> {
  const application = await findApplication(db, { id: caller.applicationId });
  const isOwn = caller.authorization?.accountId === accountId;
  if (!application || !(isOwn || seesOthers(application, caller))) return refuse("notAllowed");
  const account = await findAccount(db, { id: accountId });
  if (account?.applicationId !== caller.applicationId) return refuse("accountNotFound");
  return done({ roles: await rolesOfAccount(db, account.id) });
}
