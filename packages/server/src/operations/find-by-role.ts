import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { accountOutput } from "#domain/account-output.ts";
import { readRoleQuery } from "#domain/role-query.ts";
import { isSystemRole } from "#domain/roles.ts";
import { accountsWithRole, isRole, rolesOfAccounts } from "#storage/roles.ts";
import { seesOthers } from "#steps/sees-others.ts";

/** The accounts with a role, for whoever may see others (US-ROLE-9). */
export async function findByRole(
  { db }: Context,
  caller: CallerOf<"findByRole">,
  { role: name, query: given }: InputOf<"findByRole">,
): Promise<Answer<"findByRole">> {
  const { applicationId } = caller;
  if (!(await seesOthers(db, caller))) return refuse("notAllowed");
  const query = readRoleQuery(given);
  if (query.refused) return refuse(query.refused);
  if (isSystemRole(name)) return refuse("roleOfSystem");
  if (!(await isRole(db, { applicationId, name }))) return refuse("roleNotFound");
  const accounts = await accountsWithRole(db, { applicationId, name }, query);
  const roles = query.loadRoles
    ? await rolesOfAccounts(
        db,
        accounts.map(({ id }) => id),
      )
    : undefined;
  return done({
    users: accounts.map((account) => ({
      account: accountOutput(account),
      ...(roles && { roles: roles.get(account.id) ?? [] }),
    })),
  });
}
