import type { Context } from "#context.ts";
import { readRecoveryCode } from "#crypto/recovery-codes.ts";
import { stepOfCode } from "#crypto/totp.ts";
import { takeStep } from "#storage/operators.ts";
import { useRecoveryCode } from "#storage/recovery-codes.ts";
import type { Db } from "#storage/tables.ts";
import type { Operator } from "#storage/tables-operators.ts";

/** Uses up a code of the authenticator or a recovery code, each of which is good once (MG-2FA-2, 4). */
export async function takeSecondFactor(
  { operatorSecrets, now }: Context,
  tx: Db,
  { id, sealedFactor }: Operator,
  code: string,
): Promise<boolean> {
  const secret = sealedFactor === null ? undefined : operatorSecrets.secondFactors.open(sealedFactor);
  const step = secret === undefined ? undefined : stepOfCode(secret, code, now);
  if (step !== undefined) return takeStep(tx, id, step);
  const recovery = readRecoveryCode(code);
  return recovery !== undefined && useRecoveryCode(tx, id, operatorSecrets.recoveryCodes.of(recovery));
}
