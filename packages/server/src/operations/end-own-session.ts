import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { endOperatorSession } from "#storage/operator-sessions.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";

export async function endOwnSession(
  context: Context,
  { operator: { id } }: CallerOf<"endOwnSession">,
  { sessionId }: InputOf<"endOwnSession">,
): Promise<Answer<"endOwnSession">> {
  const ended = await transact(context.db, async (tx) => {
    if (!(await endOperatorSession(tx, id, sessionId))) return { refused: "sessionNotFound" } as const;
    await recordAudit(tx, context, { record: "operator", id });
    return {};
  });
  return ended.refused ? refuse(ended.refused) : done({});
}
