import type { Caller } from "#caller.ts";
import type { Context } from "#context.ts";
import type { Decision } from "#domain/decision.ts";
import { operatorOutput } from "#domain/operator-output.ts";
import { voidInvitationsBy, voidPasswordResets } from "#storage/invitations.ts";
import { endOperatorSessions } from "#storage/operator-sessions.ts";
import { lockOperator } from "#storage/operators.ts";
import type { Db } from "#storage/tables.ts";
import type { Operator } from "#storage/tables-operators.ts";
import { amongOperators, mayGiveRole } from "./among-operators.ts";
import { recordAudit } from "./record-audit.ts";

interface OperatorChange {
  /** Whether it is an owner no more who can sign in: the last one stays (MG-OP-4). */
  readonly endsOwner?: boolean;
  /** Whether it is out at once: its sessions and what it could come back by. */
  readonly endsSessions?: boolean;
  /** No row: it was removed. */
  readonly write: (tx: Db, operator: Operator) => Promise<Operator | undefined>;
}

export type ChangeRefusal = "operatorNotFound" | "lastOwner" | "grantTooWide";

/** What all changes of an operator by an owner have in common. */
export function changeOperator(
  context: Context,
  caller: Caller,
  operatorId: string,
  { endsOwner, endsSessions, write }: OperatorChange,
): Promise<Decision<{ readonly operator: Operator }, ChangeRefusal>> {
  return amongOperators<Decision<{ readonly operator: Operator }, ChangeRefusal>>(
    context,
    caller,
    async (tx, owners) => {
      const before = await lockOperator(tx, operatorId);
      if (!before) return { refused: "operatorNotFound" };
      if (!mayGiveRole(caller, before.role)) return { refused: "grantTooWide" };
      if (endsOwner && owners.length === 1 && owners[0] === before.id) return { refused: "lastOwner" };
      if (endsOwner) await voidInvitationsBy(tx, before.id);
      if (endsSessions) {
        await voidPasswordResets(tx, before.id);
        await endOperatorSessions(tx, before.id);
      }
      const after = await write(tx, before);
      await recordAudit(tx, context, {
        record: "operator",
        id: before.id,
        before: operatorOutput(before),
        after: after && operatorOutput(after),
      });
      return { operator: after ?? before };
    },
  );
}
