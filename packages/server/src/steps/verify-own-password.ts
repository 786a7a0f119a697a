import { perMinute } from "#cluster/limiter.ts";
import type { Operator as SignedIn } from "#caller.ts";
import type { Context } from "#context.ts";
import { retryWhenBusy } from "#crypto/passwords.ts";
import type { Decision } from "#domain/decision.ts";
import { hashingTurn } from "#domain/operator-terms.ts";
import { findOperator } from "#storage/operators.ts";

/** That it is the operator who asks, and not whoever sits before an open page; answers the hash that it was checked against. */
export async function verifyOwnPassword(
  { db, config, limiter, passwords, now }: Context,
  { id }: SignedIn,
  password: string,
): Promise<Decision<{ readonly passwordHash: string | null }, "tooManyRequests" | "credentialsWrong">> {
  const limits = new Map([[`own password ${id}`, perMinute(config.passwordChecksPerSession)]]);
  const waitMs = limiter.take(limits, now);
  if (waitMs > 0) return { refused: "tooManyRequests", retryAfter: Math.ceil(waitMs / 1000) };
  const operator = await findOperator(db, id);
  const verified = await passwords.verify(password, operator?.passwordHash, hashingTurn);
  if (!verified) return { refused: "tooManyRequests", retryAfter: retryWhenBusy };
  if (!operator || !verified.matches) return { refused: "credentialsWrong" };
  return { passwordHash: operator.passwordHash };
}
