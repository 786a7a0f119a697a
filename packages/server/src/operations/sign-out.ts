import type { Answer } from "@latchkey/protocol";
import { done } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { endOperatorSession } from "#storage/operator-sessions.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";

export async function signOut(context: Context, { operator }: CallerOf<"signOut">): Promise<Answer<"signOut">> {
  await transact(context.db, async (tx) => {
    const { id, sessionId } = operator;
    if (await endOperatorSession(tx, id, sessionId)) await recordAudit(tx, context, { record: "operator", id });
    return {};
  });
  return done({});
}
