import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { newRecoveryCodes, readRecoveryCode } from "#crypto/recovery-codes.ts";
import { stepOfCode } from "#crypto/totp.ts";
import { operatorOutput } from "#domain/operator-output.ts";
import { lockOwnOperator, updateOperator } from "#storage/operators.ts";
import { replaceRecoveryCodes } from "#storage/recovery-codes.ts";
import { transact } from "#storage/transaction.ts";
import { countCode } from "#steps/count-sign-in.ts";
import { recordAudit } from "#steps/record-audit.ts";

/** A code that has come back shows that the authenticator has the secret; from here on sign-ins ask for one. */
export async function confirmSecondFactor(
  context: Context,
  { operator }: CallerOf<"confirmSecondFactor">,
  { code }: InputOf<"confirmSecondFactor">,
): Promise<Answer<"confirmSecondFactor">> {
  const { db, now, operatorSecrets } = context;
  const retryAfter = countCode(context, operator.id);
  if (retryAfter > 0) return refuse("tooManyRequests", { retryAfter });
  const recoveryCodes = newRecoveryCodes();
  const hashes = recoveryCodes.map((made) => operatorSecrets.recoveryCodes.of(readRecoveryCode(made) ?? made));
  const confirmed = await transact(db, async (tx) => {
    const own = await lockOwnOperator(tx, operator);
    if (!own) return { refused: "signedOut" } as const;
    if (own.pendingFactor === null) return { refused: "secondFactorNotBegun" } as const;
    const secret = operatorSecrets.secondFactors.open(own.pendingFactor);
    const step = secret === undefined ? undefined : stepOfCode(secret, code, now);
    if (step === undefined) return { refused: "secondFactorWrong" } as const;
    await replaceRecoveryCodes(tx, own.id, hashes);
    const after = await updateOperator(tx, own.id, {
      sealedFactor: own.pendingFactor,
      pendingFactor: null,
      lastStep: step,
    });
    await recordAudit(tx, context, {
      record: "operator",
      id: own.id,
      before: operatorOutput(own),
      after: after && operatorOutput(after),
    });
    return {};
  });
  return confirmed.refused ? refuse(confirmed.refused) : done({ recoveryCodes });
}
