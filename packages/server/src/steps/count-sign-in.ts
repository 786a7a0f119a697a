import { type Limit, perMinute } from "#cluster/limiter.ts";
import type { Context } from "#context.ts";
import { sha256 } from "#crypto/tokens.ts";
import { addressKey } from "#domain/address.ts";

/** Guessed at ten codes a quarter of an hour, one in a million takes years. */
const codes: Limit = { count: 10, windowMs: 15 * 60_000 };

/** Counts an operator's sign-in for its address and for who it names; answers the seconds until another one is free. */
export function countSignIn({ limiter, config, now }: Context, address: string, emailKey: string): number {
  const from = addressKey(address);
  const limits = new Map([
    // Of the hash: what is named may be of any length.
    [`operator ${from} ${sha256(emailKey)}`, perMinute(config.signInsPerIdentity)],
    [`operator ${from}`, perMinute(config.signInsPerAddress)],
  ]);
  return Math.ceil(limiter.take(limits, now) / 1000);
}

/** Counts a code of an operator's second factor, from wherever it comes. */
export function countCode({ limiter, now }: Context, operatorId: string): number {
  return Math.ceil(limiter.take(new Map([[`second factor ${operatorId}`, codes]]), now) / 1000);
}
