import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import { perMinute } from "#cluster/limiter.ts";
import type { Context } from "#context.ts";
import { retryWhenBusy } from "#crypto/passwords.ts";
import { findAccount } from "#storage/accounts.ts";

/** Whether a password is that of the caller's account; nothing else changes. Order: US-VERIFY-2. */
export async function verifyPassword(
  { db, now, config, limiter, passwords }: Context,
  { applicationId, session, authorization }: CallerOf<"verifyPassword">,
  { password }: InputOf<"verifyPassword">,
): Promise<Answer<"verifyPassword">> {
  if (!session || !authorization?.accountId) return refuse("userRequired");
  if (password === undefined || password === null) return refuse("argumentMissing");
  if (typeof password !== "string") return refuse("passwordNotText");
  const limit = perMinute(config.passwordChecksPerSession);
  const waitMs = limiter.take(new Map([[`verify ${session.id}`, limit]]), now);
  if (waitMs > 0) return refuse("tooManyRequests", { retryAfter: Math.ceil(waitMs / 1000) });
  const account = await findAccount(db, { id: authorization.accountId });
  const verified = await passwords.verify(password, account?.passwordHash, applicationId);
  if (!verified) return refuse("tooManyRequests", { retryAfter: retryWhenBusy });
  return done({ valid: verified.matches });
}
