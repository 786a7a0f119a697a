import { identityKey, type InputOf } from "@latchkey/protocol";
import type { Decision } from "#domain/decision.ts";
import { identityText } from "#domain/login-form.ts";
import { isSystemRole } from "#domain/roles.ts";
import { findAccount, findAccountByIdentity, lockAccount } from "#storage/accounts.ts";
import { lockRole } from "#storage/roles.ts";
import type { Account, ApplicationId, Db } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import type { Context } from "#context.ts";
import { changeRoles, type RoleChange } from "./change-roles.ts";

type Refusal = "argumentMissing" | "argumentMalformed" | "roleOfSystem" | "roleNotFound" | "accountNotFound";

/** Changes the roles of the account that server code names by an identity or an id (US-ROLE-7). Order: US-ROLE-6. */
export async function changeRolesOf(
  context: Context,
  applicationId: ApplicationId,
  { user, roleName: name }: InputOf<"assignRole">,
  change: RoleChange,
): Promise<Decision<object, Refusal>> {
  if (user === undefined || user === null || name === undefined || name === null) return { refused: "argumentMissing" };
  const named = identityText(user);
  if (named === undefined || typeof name !== "string") return { refused: "argumentMalformed" };
  if (isSystemRole(name)) return { refused: "roleOfSystem" };
  return transact<Decision<object, Refusal>>(context.db, async (tx) => {
    const found = await accountNamed(tx, applicationId, named);
    // Rows are locked in the order account, role.
    const account = found && (await lockAccount(tx, found.id));
    if (!(await lockRole(tx, { applicationId, name }))) return { refused: "roleNotFound" };
    if (!account) return { refused: "accountNotFound" };
    await changeRoles(context, tx, account, name, change);
    return {};
  });
}

async function accountNamed(tx: Db, applicationId: ApplicationId, named: string): Promise<Account | undefined> {
  const byIdentity = await findAccountByIdentity(tx, { applicationId, key: identityKey(named) });
  const account = byIdentity ?? (await findAccount(tx, { id: named }));
  return account?.applicationId === applicationId ? account : undefined;
}
