import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { refusalOf } from "#domain/decision.ts";
import { operatorOutput } from "#domain/operator-output.ts";
import { lockOwnOperator, updateOperator } from "#storage/operators.ts";
import { replaceRecoveryCodes } from "#storage/recovery-codes.ts";
import { transact } from "#storage/transaction.ts";
import { countCode } from "#steps/count-sign-in.ts";
import { recordAudit } from "#steps/record-audit.ts";
import { takeSecondFactor } from "#steps/take-second-factor.ts";
import { verifyOwnPassword } from "#steps/verify-own-password.ts";

export async function removeSecondFactor(
  context: Context,
  { operator }: CallerOf<"removeSecondFactor">,
  { password, code }: InputOf<"removeSecondFactor">,
): Promise<Answer<"removeSecondFactor">> {
  const verified = await verifyOwnPassword(context, operator, password);
  if (verified.refused) return refusalOf(verified);
  const retryAfter = countCode(context, operator.id);
  if (retryAfter > 0) return refuse("tooManyRequests", { retryAfter });
  const removed = await transact(context.db, async (tx) => {
    const own = await lockOwnOperator(tx, operator);
    if (!own) return { refused: "signedOut" } as const;
    if (own.sealedFactor === null) return { refused: "secondFactorOff" } as const;
    if (!(await takeSecondFactor(context, tx, own, code))) return { refused: "secondFactorWrong" } as const;
    await replaceRecoveryCodes(tx, own.id, []);
    const after = await updateOperator(tx, own.id, { sealedFactor: null });
    await recordAudit(tx, context, {
      record: "operator",
      id: own.id,
      before: operatorOutput(own),
      after: after && operatorOutput(after),
    });
    return {};
  });
  return removed.refused ? refuse(removed.refused) : done({});
}
