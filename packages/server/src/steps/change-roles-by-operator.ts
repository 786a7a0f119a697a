import { done, type InputOf, refuse } from "@latchkey/protocol";
import { lockAccount } from "#storage/accounts.ts";
import { lockRole, rolesOfAccount } from "#storage/roles.ts";
import type { Db } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import type { RoleChange } from "./change-roles-of.ts";
import { findNamedAccount } from "./find-named-account.ts";

/** Changes the roles of an account for the operator, who names it by its id; answers those that it has then. */
export async function changeRolesByOperator(db: Db, { role: name, ...named }: InputOf<"giveRole">, change: RoleChange) {
  const changed = await transact(db, async (tx) => {
    const found = await findNamedAccount(tx, named);
    const account = found && (await lockAccount(tx, found.id));
    if (!account) return { refused: "accountNotFound" } as const;
    if (!(await lockRole(tx, { applicationId: account.applicationId, name })))
      return { refused: "roleNotFound" } as const;
    await change(tx, account, name);
    return { roles: await rolesOfAccount(tx, account.id) };
  });
  return changed.refused ? refuse(changed.refused) : done({ roles: changed.roles });
}
