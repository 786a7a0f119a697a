import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { accountOutput } from "#domain/account-output.ts";
import { refusalOf } from "#domain/decision.ts";
import { objectIdIn, readRegistration } from "#domain/registration-form.ts";
import { findAccount } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import type { AccountId, Db } from "#storage/tables.ts";
import { addAccount } from "#steps/add-account.ts";
import { convertGuest } from "#steps/convert-guest.ts";
import { limitRegistrations } from "#steps/limit-registrations.ts";

/** Creates an account from what a user-service client sends, or converts a guest; opens no session (US-REG-1). */
export async function register(
  context: Context,
  caller: CallerOf<"register">,
  { properties }: InputOf<"register">,
): Promise<Answer<"register">> {
  const { applicationId, address, keyKind } = caller;
  const limited = limitRegistrations(context, caller);
  if (limited) return refusalOf(limited);
  const application = await findApplication(context.db, { id: applicationId });
  if (!application) return refuse("registrationClosed");
  const settings = settingsOf(application);
  if (!settings.userRegistrationEnabled) return refuse("registrationClosed");
  const guestId = await guestToConvert(context.db, caller, properties);
  const form = readRegistration(properties, settings, guestId);
  if (form.refused) return refuse(form.refused);

  const { identity, ...account } = form.registration;
  const signUp = { door: "user-service", address, perDay: settings.registrationsPerAddressPerDay } as const;
  const request = { applicationId, identities: [identity], ...account, ...(keyKind !== "BL" && { signUp }) };
  const added = guestId ? await convertGuest(context, { ...request, guestId }) : await addAccount(context, request);
  return added.refused ? refusalOf(added) : done({ account: accountOutput(added.account) });
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
