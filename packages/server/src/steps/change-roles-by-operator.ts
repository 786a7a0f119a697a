import { done, type InputOf, refuse } from "@latchkey/protocol";
import { lockAccount } from "#storage/accounts.ts";
import { lockRole } from "#storage/roles.ts";
import { transact } from "#storage/transaction.ts";
import { findNamedAccount } from "./find-named-account.ts";
import type { Context } from "#context.ts";
import { changeRoles, type RoleChange } from "./change-roles.ts";

/** Changes the roles of an account for the operator, who names it by its id; answers those that it has then. */
export async function changeRolesByOperator(
  context: Context,
  { role: name, ...named }: InputOf<"giveRole">,
  change: RoleChange,
) {
  const changed = await transact(context.db, async (tx) => {
    const found = await findNamedAccount(tx, named);
    const account = found && (await lockAccount(tx, found.id));
    if (!account) return { refused: "accountNotFound" } as const;
    if (!(await lockRole(tx, { applicationId: account.applicationId, name })))
      return { refused: "roleNotFound" } as const;
    return { roles: await changeRoles(context, tx, account, name, change) };
  });
  return changed.refused ? refuse(changed.refused) : done({ roles: changed.roles });
}
