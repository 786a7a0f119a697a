import { rolesOfAccount } from "#storage/roles.ts";
import type { Account, Db } from "#storage/tables.ts";
import { recordAudit, type Recording } from "./record-audit.ts";

/** Gives an account a role that is there, or takes it. */
export type RoleChange = (tx: Db, account: Account, role: string) => Promise<void>;

/** Changes the roles of a locked account; answers those that it has then. */
export async function changeRoles(
  context: Recording,
  tx: Db,
  account: Account,
  role: string,
  change: RoleChange,
): Promise<string[]> {
  const before = await rolesOfAccount(tx, account.id);
  await change(tx, account, role);
  const roles = await rolesOfAccount(tx, account.id);
  if (roles.length === before.length) return roles;
  const { id, applicationId } = account;
  await recordAudit(tx, context, { record: "account", id, applicationId, before: { roles: before }, after: { roles } });
  return roles;
}
