import type { OutputOf, Refusal } from "@latchkey/protocol";
import type { Caller } from "#caller.ts";
import type { Context } from "#context.ts";
import { newLinkSecret, newRowId, sha256 } from "#crypto/tokens.ts";
import type { Decision } from "#domain/decision.ts";
import { operatorOutput } from "#domain/operator-output.ts";
import { sessionEnd, shownUserAgent } from "#domain/operator-terms.ts";
import { insertOperatorSession } from "#storage/operator-sessions.ts";
import type { Db } from "#storage/tables.ts";
import type { Operator, OperatorSessionId } from "#storage/tables-operators.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "./record-audit.ts";

/** Signs in whom `claim` claims, in the same transaction. */
export function openOperatorSession<R extends Refusal>(
  context: Context,
  { address, userAgent }: Caller,
  claim: (tx: Db) => Promise<Decision<{ readonly operator: Operator }, R>>,
): Promise<Decision<{ readonly output: OutputOf<"signIn"> }, R>> {
  const { db, now } = context;
  return transact<Decision<{ readonly output: OutputOf<"signIn"> }, R>>(db, async (tx) => {
    const claimed = await claim(tx);
    if (!("operator" in claimed)) return claimed;
    const { id: operatorId, name } = claimed.operator;
    const sessionSecret = newLinkSecret();
    const session = {
      id: newRowId<OperatorSessionId>(),
      operatorId,
      secretHash: sha256(sessionSecret),
      address,
      userAgent: shownUserAgent(userAgent),
      createdAt: now,
      lastSeenAt: now,
    };
    await insertOperatorSession(tx, session);
    const actor = { kind: "operator", id: operatorId, name, address } as const;
    await recordAudit(tx, { ...context, actor }, { record: "operator", id: operatorId });
    return { output: { sessionSecret, expiresAt: sessionEnd(session), operator: operatorOutput(claimed.operator) } };
  });
}
