import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findAccount } from "#storage/accounts.ts";
import { rolesOfAccount } from "#storage/roles.ts";
import { seesOthers } from "#steps/sees-others.ts";

/** The roles an account was given, for itself and whoever may see others (US-ROLE-4). */
export async function getAccountRoles(
  { db }: Context,
  caller: CallerOf<"getAccountRoles">,
  { accountId }: InputOf<"getAccountRoles">,
): Promise<Answer<"getAccountRoles">> {
  const isOwn = caller.authorization?.accountId === accountId;
  if (!isOwn && !(await seesOthers(db, caller))) return refuse("notAllowed");
  const account = await findAccount(db, { id: accountId });
  if (account?.applicationId !== caller.applicationId) return refuse("accountNotFound");
  return done({ roles: await rolesOfAccount(db, account.id) });
}
