import type { Refusal } from "@latchkey/protocol";
import { settingsOf } from "@latchkey/protocol";
import type { Caller } from "#caller.ts";
import { perMinute } from "#cluster/limiter.ts";
import type { Context } from "#context.ts";
import { addressKey } from "#domain/address.ts";
import type { Decision } from "#domain/decision.ts";
import { providerName } from "#domain/provider-terms.ts";
import { findApplication } from "#storage/applications.ts";
import { findProvider } from "#storage/providers.ts";
import type { Application, Provider } from "#storage/tables.ts";

export type Admitted = Decision<
  { readonly application: Application; readonly provider: Provider },
  "tooManyRequests" | "providerNotConfigured" | "loginsDisabled"
>;

/** What every step of a sign-in at a provider begins with, in the order of US-ERR-7: the rate of the address comes first. */
export async function admitSocialLogin(
  context: Context,
  { address, keyKind }: Pick<Caller, "address" | "keyKind">,
  applicationId: string,
  name: string,
): Promise<Admitted> {
  const waitMs = keyKind === "BL" ? 0 : takeAttempt(context, address);
  if (waitMs > 0) return { refused: "tooManyRequests", retryAfter: Math.ceil(waitMs / 1000) };
  const application = await findApplication(context.db, { id: applicationId });
  const provider = await findProvider(context.db, applicationId, providerName(name));
  if (!application || application.pausedAt !== null || !provider) return { refused: "providerNotConfigured" };
  return settingsOf(application).enableLogin ? { application, provider } : { refused: "loginsDisabled" };
}

/** Counts together with the logins of the address (US-SEC-6); answers the milliseconds until one is free again. */
function takeAttempt({ limiter, config, now }: Context, address: string): number {
  const limit = perMinute(config.signInsPerAddress);
  return limiter.take(new Map([[`sign-in ${addressKey(address)}`, limit]]), now);
}

/** What an answer tells besides the refusal: how long to wait, or which provider is not there (US-SOCIAL-1). */
export function detailsOf(
  { refused, retryAfter }: { readonly refused: Refusal; readonly retryAfter?: number },
  name: string,
): { readonly retryAfter?: number; readonly provider?: string } {
  if (refused === "providerNotConfigured") return { provider: providerName(name) };
  return retryAfter === undefined ? {} : { retryAfter };
}
