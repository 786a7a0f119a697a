import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { newTotpSecret, totpUri } from "#crypto/totp.ts";
import { refusalOf } from "#domain/decision.ts";
import { lockOwnOperator, updateOperator } from "#storage/operators.ts";
import { transact } from "#storage/transaction.ts";
import { verifyOwnPassword } from "#steps/verify-own-password.ts";

export async function beginSecondFactor(
  context: Context,
  { operator }: CallerOf<"beginSecondFactor">,
  { password }: InputOf<"beginSecondFactor">,
): Promise<Answer<"beginSecondFactor">> {
  const verified = await verifyOwnPassword(context, operator, password);
  if (verified.refused) return refusalOf(verified);
  const secret = newTotpSecret();
  const pendingFactor = context.operatorSecrets.secondFactors.close(secret);
  const begun = await transact(context.db, async (tx) => {
    const own = await lockOwnOperator(tx, operator);
    if (!own) return { refused: "signedOut" } as const;
    if (own.sealedFactor !== null) return { refused: "secondFactorOn" } as const;
    await updateOperator(tx, own.id, { pendingFactor });
    return { email: own.email };
  });
  return begun.refused ? refuse(begun.refused) : done({ secret, uri: totpUri(secret, begun.email) });
}
