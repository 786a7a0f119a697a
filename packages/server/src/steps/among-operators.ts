import type { OperatorRole } from "@latchkey/protocol";
import { scopesOfRole } from "@latchkey/protocol";
import { type Caller, mayGive } from "#caller.ts";
import type { Context } from "#context.ts";
import type { Decision } from "#domain/decision.ts";
import { lockOwners } from "#storage/operators.ts";
import type { Db } from "#storage/tables.ts";
import type { OperatorId } from "#storage/tables-operators.ts";
import { type Decided, transact } from "#storage/transaction.ts";

/**
 * Runs a change of operators. Such changes take turns, and who has stopped being an owner since the request came in
 * changes nobody any more (MG-OP-2). `owners`: those that can sign in; nobody becomes less until the transaction ends.
 */
export function amongOperators<T extends Decided>(
  { db }: Context,
  caller: Caller,
  work: (tx: Db, owners: readonly OperatorId[]) => Promise<T>,
): Promise<T | Decision<never, "grantTooWide">> {
  return transact<T | Decision<never, "grantTooWide">>(db, async (tx) => {
    const owners = await lockOwners(tx);
    const { operator } = caller;
    const isPerson = operator?.kind === "operator";
    if (isPerson && !owners.some((id) => id === operator.id)) return { refused: "grantTooWide" };
    return work(tx, owners);
  });
}

/** Nobody deals with an operator who may do more than they may (MG-OP-2). */
export function mayGiveRole(caller: Caller, role: OperatorRole): boolean {
  return mayGive(caller, { scopes: scopesOfRole[role], applicationIds: "all" });
}
