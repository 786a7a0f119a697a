import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { retryWhenBusy } from "#crypto/passwords.ts";
import { refusalOf } from "#domain/decision.ts";
import { hashingTurn, isOperatorPassword } from "#domain/operator-terms.ts";
import { voidPasswordResets } from "#storage/invitations.ts";
import { endOperatorSessions } from "#storage/operator-sessions.ts";
import { findOperator, lockOwnOperator, updateOperator } from "#storage/operators.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";
import { verifyOwnPassword } from "#steps/verify-own-password.ts";

export async function changeOwnPassword(
  context: Context,
  { operator }: CallerOf<"changeOwnPassword">,
  { password, newPassword }: InputOf<"changeOwnPassword">,
): Promise<Answer<"changeOwnPassword">> {
  const { db, passwords } = context;
  const verified = await verifyOwnPassword(context, operator, password);
  if (verified.refused) return refusalOf(verified);
  const { email = "" } = (await findOperator(db, operator.id)) ?? {};
  if (!isOperatorPassword(newPassword, email)) return refuse("passwordRefused");
  const passwordHash = await passwords.hash(newPassword, hashingTurn);
  if (!passwordHash) return refuse("tooManyRequests", { retryAfter: retryWhenBusy });
  const changed = await transact(db, async (tx) => {
    const own = await lockOwnOperator(tx, operator);
    if (!own) return { refused: "signedOut" } as const;
    if (own.passwordHash !== verified.passwordHash) return { refused: "credentialsWrong" } as const;
    await updateOperator(tx, own.id, { passwordHash });
    await voidPasswordResets(tx, own.id);
    await endOperatorSessions(tx, own.id, operator.sessionId);
    await recordAudit(tx, context, { record: "operator", id: own.id });
    return {};
  });
  return changed.refused ? refuse(changed.refused) : done({});
}
