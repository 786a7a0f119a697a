import { identityKey, type Refusal, settingsOf } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import { lockAccount, takeIdentity } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import { convertGuestRow } from "#storage/guests.ts";
import type { AccountId, Db } from "#storage/tables.ts";
import type { AccountRequest, Added, AddRefusal } from "./add-account.ts";
import { writeWithPassword } from "./write-with-password.ts";

type Guest = AccountRequest & { readonly guestId: AccountId };

/**
 * Turns a guest into the account that is asked for, under the same id; its sessions go on (US-REG-9, 10). It was counted
 * as an account when it was made.
 */
export async function convertGuest(context: Context, request: Guest): Promise<Added<AddRefusal | "objectIdNotAllowed">>;
export async function convertGuest(context: Context, request: Guest): Promise<Added<Refusal>> {
  return writeWithPassword(context, request, {}, (tx, hash) => write(context, tx, request, hash));
}

async function write(
  { now }: Context,
  tx: Db,
  { applicationId, guestId, identities, login, email, locale, properties }: Guest,
  passwordHash: string | null,
): Promise<Added<AddRefusal | "objectIdNotAllowed">> {
  const application = await findApplication(tx, { id: applicationId });
  if (!application) return { refused: "registrationClosed" };
  const { userRegistrationEnabled, licenseRequired, emailConfirmationRequired } = settingsOf(application);
  if (!userRegistrationEnabled) return { refused: "registrationClosed" };
  if (licenseRequired) return { refused: "licenseRequired" };

  // Of two conversions the second finds no guest any more.
  const guest = await lockAccount(tx, guestId);
  if (guest?.status !== "guest") return { refused: "objectIdNotAllowed" };
  const account = await convertGuestRow(tx, guest, {
    login: login ?? null,
    email: email ?? null,
    passwordHash,
    // The mail that confirms the address is queued in this transaction, as on registration (US-REG-6).
    status: emailConfirmationRequired ? "unconfirmed" : "enabled",
    locale: locale ?? guest.locale,
    properties: JSON.stringify({ ...JSON.parse(guest.properties), ...properties }),
    updatedAt: now,
  });
  for (const key of new Set(identities.map(identityKey))) {
    if (!(await takeIdentity(tx, applicationId, key, guestId))) return { refused: "loginTaken" };
  }
  return { account };
}
