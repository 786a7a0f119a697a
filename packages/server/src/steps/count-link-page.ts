import { perMinute } from "#cluster/limiter.ts";
import type { Context } from "#context.ts";
import { addressKey } from "#domain/address.ts";

/** Counts a visit of a link for its address (US-SEC-6); answers the seconds until another one is free, 0: this one was. */
export function countLinkPage({ limiter, config, now }: Context, address: string): number {
  const limit = perMinute(config.linkPagesPerAddress);
  return Math.ceil(limiter.take(new Map([[`link page ${addressKey(address)}`, limit]]), now) / 1000);
}
