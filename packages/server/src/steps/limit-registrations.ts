import type { CallerOf } from "#caller.ts";
import { perMinute } from "#cluster/limiter.ts";
import type { Context } from "#context.ts";
import { addressKey } from "#domain/address.ts";
import type { Refused } from "#domain/decision.ts";

/** Counts a registration or guest login for its address; server code may make as many as it likes (US-SEC-6, 7). */
export function limitRegistrations(
  { limiter, config, now }: Context,
  { address, keyKind }: CallerOf<"register">,
): Refused<"tooManyRequests"> | undefined {
  if (keyKind === "BL") return undefined;
  const limit = perMinute(config.registrationsPerAddress);
  const waitMs = limiter.take(new Map([[`register ${addressKey(address)}`, limit]]), now);
  return waitMs > 0 ? { refused: "tooManyRequests", retryAfter: Math.ceil(waitMs / 1000) } : undefined;
}
