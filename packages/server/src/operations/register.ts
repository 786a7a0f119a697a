import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { addressKey } from "#domain/address.ts";
import { refusalOf } from "#domain/decision.ts";
import { completeRegistration, readRegistration } from "#domain/registration-form.ts";
import { userOutput } from "#domain/user-output.ts";
import { findApplication } from "#storage/applications.ts";
import { addAccount } from "#steps/add-account.ts";

/** Creates an account from what a user-service client sends; opens no session (US-REG-1). */
export async function register(
  context: Context,
  { applicationId, address, keyKind }: CallerOf<"register">,
  { properties }: InputOf<"register">,
): Promise<Answer<"register">> {
  const isServer = keyKind === "BL";
  const waitMs = isServer ? 0 : takeAttempt(context, address);
  if (waitMs > 0) return refuse("tooManyRequests", { retryAfter: Math.ceil(waitMs / 1000) });
  const application = await findApplication(context.db, { id: applicationId });
  if (!application) return refuse("registrationClosed");
  const settings = settingsOf(application);
  if (!settings.userRegistrationEnabled) return refuse("registrationClosed");
  const form = readRegistration(properties, settings);
  if (form.refused) return refuse(form.refused);

  const { identity, properties: _, ...account } = form.registration;
  const by = isServer ? "server" : "client";
  const signUp = { door: "user-service", address, perDay: settings.registrationsPerAddressPerDay } as const;
  const added = await addAccount(context, {
    applicationId,
    identities: [identity],
    ...account,
    ...(!isServer && { signUp }),
    fit: (locked, columns) =>
      completeRegistration(form.registration, {
        applicationId,
        settings: settingsOf(locked),
        columns,
        by,
        now: context.now,
      }),
  });
  if (added.refused) return refusalOf(added);
  return done({ account: userOutput(added.account, added.columns, settings) });
}

/** Counts the registration for its address (US-SEC-6); answers the milliseconds until one is free again. */
function takeAttempt({ limiter, config, now }: Context, address: string): number {
  const limit = { count: config.registrationsPerAddress, windowMs: 60_000 };
  return limiter.take(new Map([[`register ${addressKey(address)}`, limit]]), now);
}
