import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { refusalOf } from "#domain/decision.ts";
import type { Properties } from "#domain/fit-properties.ts";
import { completeRegistration, objectIdIn, readRegistration } from "#domain/registration-form.ts";
import { userOutput } from "#domain/user-output.ts";
import { findAccount } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import type { AccountId, Application, Column, Db } from "#storage/tables.ts";
import { addAccount } from "#steps/add-account.ts";
import { convertGuest } from "#steps/convert-guest.ts";
import { limitRegistrations } from "#steps/limit-registrations.ts";

/** Creates an account from what a user-service client sends, or converts a guest; opens no session (US-REG-1). */
export async function register(
  context: Context,
  caller: CallerOf<"register">,
  { properties: given }: InputOf<"register">,
): Promise<Answer<"register">> {
  const { applicationId, address, keyKind } = caller;
  const limited = limitRegistrations(context, caller);
  if (limited) return refusalOf(limited);
  const application = await findApplication(context.db, { id: applicationId });
  if (!application) return refuse("registrationClosed");
  const settings = settingsOf(application);
  if (!settings.userRegistrationEnabled) return refuse("registrationClosed");
  const guestId = await guestToConvert(context.db, caller, given);
  const form = readRegistration(given, settings, guestId);
  if (form.refused) return refuse(form.refused);

  const { identity, properties: _, ...account } = form.registration;
  const by = keyKind === "BL" ? "server" : "client";
  const signUp = { door: "user-service", address, perDay: settings.registrationsPerAddressPerDay } as const;
  const request = {
    applicationId,
    identities: [identity],
    ...account,
    ...(keyKind !== "BL" && { signUp }),
    fit: (locked: Application, columns: readonly Column[], present: Properties) =>
      completeRegistration(form.registration, present, {
        applicationId,
        settings: settingsOf(locked),
        columns,
        by,
        now: context.now,
      }),
  };
  const added = guestId ? await convertGuest(context, { ...request, guestId }) : await addAccount(context, request);
  if (added.refused) return refusalOf(added);
  return done({ account: userOutput(added.account, added.columns, settings) });
}

/** The guest whose id is given, if the caller may convert it: server code, or that guest itself (US-REG-9). */
async function guestToConvert(
  db: Db,
  { applicationId, keyKind, authorization }: CallerOf<"register">,
  properties: unknown,
): Promise<AccountId | undefined> {
  const id = objectIdIn(properties);
  if (id === undefined || !(keyKind === "BL" || authorization?.accountId === id)) return undefined;
  const account = await findAccount(db, { id });
  return account?.applicationId === applicationId && account.status === "guest" ? account.id : undefined;
}
