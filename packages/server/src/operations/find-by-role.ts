import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { placesOf } from "#domain/account-places.ts";
import { readRoleQuery } from "#domain/role-query.ts";
import { isSystemRole } from "#domain/roles.ts";
import { userOutput } from "#domain/user-output.ts";
import { findApplication } from "#storage/applications.ts";
import { columnsOf } from "#storage/columns.ts";
import { findAccounts } from "#storage/find-accounts.ts";
import { isRole, rolesOfAccounts } from "#storage/roles.ts";
import { seesOthers } from "#steps/sees-others.ts";

/** The accounts with a role, for whoever may see others (US-ROLE-9). */
export async function findByRole(
  { db }: Context,
  caller: CallerOf<"findByRole">,
  { role, query: given }: InputOf<"findByRole">,
): Promise<Answer<"findByRole">> {
  const { applicationId } = caller;
  const application = await findApplication(db, { id: applicationId });
  if (!application || !seesOthers(application, caller)) return refuse("notAllowed");
  const settings = settingsOf(application);
  const columns = await columnsOf(db, { applicationId });
  const read = readRoleQuery(given, placesOf(columns, settings.identityColumn));
  if (read.refused) return refuse(read.refused, { about: read.about });
  if (isSystemRole(role)) return refuse("roleOfSystem");
  if (!(await isRole(db, { applicationId, name: role }))) return refuse("roleNotFound");
  const { props, excludeProps, ...search } = read.query;
  const accounts = await findAccounts(db, { applicationId, role, ...search });
  const ids = accounts.map(({ id }) => id);
  const roles = read.loadRoles ? await rolesOfAccounts(db, ids) : undefined;
  const users = accounts.map((account) => ({
    account: userOutput(account, columns, settings),
    ...(roles && { roles: roles.get(account.id) ?? [] }),
  }));
  return done({ users, props, excludeProps });
}
