import type { Answer } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { endOperatorSessions } from "#storage/operator-sessions.ts";
import { lockOwnOperator } from "#storage/operators.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";

export async function endOwnOtherSessions(
  context: Context,
  { operator }: CallerOf<"endOwnOtherSessions">,
): Promise<Answer<"endOwnOtherSessions">> {
  const outcome = await transact(context.db, async (tx) => {
    // Of two sessions that end all others one stays.
    const own = await lockOwnOperator(tx, operator);
    if (!own) return { refused: "signedOut" } as const;
    const ended = await endOperatorSessions(tx, own.id, operator.sessionId);
    if (ended > 0) await recordAudit(tx, context, { record: "operator", id: own.id });
    return { ended };
  });
  return outcome.refused ? refuse(outcome.refused) : done({ ended: outcome.ended });
}
