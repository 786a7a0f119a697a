import { identityKey } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { addressKey } from "#domain/address.ts";

const hourMs = 3_600_000;

/**
 * Counts a wish for a mail, whoever it is for and whether or not there is such an account (US-SEC-6, 7); answers the
 * seconds until another one is free, 0: this one was.
 */
export function countLinkRequest(
  { limiter, config, now }: Context,
  { applicationId, address, keyKind }: CallerOf<"restorePassword">,
  identity: string,
): number {
  const perIdentity = { count: config.linkRequestsPerIdentity, windowMs: hourMs };
  const perAddress = { count: config.linkRequestsPerAddress, windowMs: hourMs };
  const limits = new Map([[`link ${applicationId} ${identityKey(identity)}`, perIdentity]]);
  if (keyKind !== "BL") limits.set(`link ${addressKey(address)}`, perAddress);
  return Math.ceil(limiter.take(limits, now) / 1000);
}
