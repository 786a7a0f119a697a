import { identityKey, type Refusal, settingsOf } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import { propertiesOf } from "#domain/account-output.ts";
import { columnsAfter, propertiesText } from "#domain/fit-properties.ts";
import { lockAccount, takeIdentity } from "#storage/accounts.ts";
import { lockApplication } from "#storage/applications.ts";
import { columnsOf } from "#storage/columns.ts";
import { convertGuestRow } from "#storage/guests.ts";
import type { AccountId, Db } from "#storage/tables.ts";
import type { AccountRequest, Added, AddRefusal } from "./add-account.ts";
import { demandConfirmation } from "./demand-confirmation.ts";
import { settleProperties } from "./settle-properties.ts";
import { writeWithPassword } from "./write-with-password.ts";
import { recordAccount } from "./record-account.ts";

type Guest<R extends Refusal> = AccountRequest<R> &
  Required<Pick<AccountRequest<R>, "fit">> & { readonly guestId: AccountId };

/**
 * Turns a guest into the account that is asked for, under the same id; its sessions go on (US-REG-9, 10). It was counted
 * as an account when it was made.
 */
export async function convertGuest<R extends Refusal>(
  context: Context,
  request: Guest<R>,
): Promise<Added<AddRefusal | "objectIdNotAllowed" | "propertyTaken" | R>>;
export async function convertGuest(context: Context, request: Guest<Refusal>): Promise<Added<Refusal>> {
  const converted = await writeWithPassword(context, request, {}, (tx, hash) => write(context, tx, request, hash));
  if (!converted.refused && converted.account.status === "unconfirmed") context.mailSender.wake();
  return converted;
}

async function write(
  context: Context,
  tx: Db,
  { applicationId, guestId, identities, login, email, locale, fit }: Guest<Refusal>,
  passwordHash: string | null,
): Promise<Added<Refusal>> {
  const { now } = context;
  const application = await lockApplication(tx, applicationId);
  if (!application) return { refused: "registrationClosed" };
  const { userRegistrationEnabled, licenseRequired, emailConfirmationRequired } = settingsOf(application);
  if (!userRegistrationEnabled) return { refused: "registrationClosed" };
  if (licenseRequired) return { refused: "licenseRequired" };

  // Of two conversions the second finds no guest any more.
  const guest = await lockAccount(tx, guestId);
  if (guest?.status !== "guest") return { refused: "objectIdNotAllowed" };
  const columns = await columnsOf(tx, { applicationId });
  const present = propertiesOf(guest);
  const fitted = fit(application, columns, present);
  if (fitted.refused) return fitted;
  const account = await convertGuestRow(tx, guest, {
    login: login ?? null,
    email: email ?? null,
    passwordHash,
    status: "enabled",
    locale: locale ?? guest.locale,
    properties: propertiesText(present, fitted),
    updatedAt: now,
  });
  for (const key of new Set(identities.map(identityKey))) {
    if (!(await takeIdentity(tx, applicationId, key, guestId))) return { refused: "loginTaken" };
  }
  const settled = await settleProperties(context, tx, account, columns, fitted);
  if (settled.refused) return settled;
  const converted = emailConfirmationRequired ? await demandConfirmation(tx, account, now) : account;
  await recordAccount(tx, context, guest, converted);
  return { account: converted, columns: columnsAfter(columns, fitted) };
}
