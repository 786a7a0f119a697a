import { identityKey, type Refusal, settingsOf } from "@latchkey/protocol";
import type { Caller } from "#caller.ts";
import type { Context } from "#context.ts";
import { addressKey } from "#domain/address.ts";
import type { Decision, Refused } from "#domain/decision.ts";
import { newObjectId } from "#crypto/tokens.ts";
import { columnsAfter, type Fitted, propertiesText, type Properties } from "#domain/fit-properties.ts";
import { defaultProperties } from "#domain/registration-form.ts";
import { insertAccount, signUpsSince, takeIdentity } from "#storage/accounts.ts";
import { countOneMoreAccount } from "#storage/applications.ts";
import { columnsOf } from "#storage/columns.ts";
import type { Account, AccountId, Application, ApplicationId, Column, Db, NewAccount } from "#storage/tables.ts";
import { demandConfirmation } from "./demand-confirmation.ts";
import { linkLicense, type LinkRefusal } from "./link-license.ts";
import type { OnceRefusal } from "./once.ts";
import { recordAccount } from "./record-account.ts";
import { settleProperties } from "./settle-properties.ts";
import { writeWithPassword } from "./write-with-password.ts";

/** An account that somebody asks for. */
export interface AccountRequest<R extends Refusal = never> {
  readonly applicationId: ApplicationId;
  /** What it signs in by, at every door. */
  readonly identities: readonly string[];
  readonly login?: string;
  readonly email?: string;
  readonly password: string;
  readonly comment?: string;
  readonly locale?: string;
  /** What its properties come to beside the columns and the properties that are there; absent: it has the defaults. */
  readonly fit?: (application: Application, columns: readonly Column[], present: Properties) => Decision<Fitted, R>;
  /** The license to link and activate. */
  readonly license?: string;
  /** What is asked of those who sign up is not asked of them. */
  readonly byOperator?: true;
  /** Its address is known to be its owner's. */
  readonly isProven?: true;
  /** Counted against the limit per address and day when there is no license. */
  readonly signUp?: SignUp;
}

/** How somebody came to make an account. */
export interface SignUp {
  readonly door: "live" | "user-service";
  readonly address: string;
  readonly perDay: number | null;
}

type UnhashedRequest<R extends Refusal> = Omit<AccountRequest<R>, "password">;

type OperatorRefusal = "applicationNotFound" | "tooManyRequests" | "accountQuotaReached" | "loginTaken";

/** Of a packet, which creates one account however often it is sent. */
type Asking = Pick<Caller, "request" | "session">;

export type AddRefusal =
  "registrationClosed" | "licenseRequired" | "tooManyRequests" | "accountQuotaReached" | "loginTaken";
export type Added<R extends Refusal> = Decision<{ readonly account: Account; readonly columns: readonly Column[] }, R>;

const dayMs = 86_400_000;

/** Creates an account with its identities and license in one transaction. */
export async function addAccount(
  context: Context,
  request: AccountRequest & { readonly byOperator: true; readonly license?: never },
): Promise<Added<OperatorRefusal>>;
export async function addAccount<R extends Refusal>(
  context: Context,
  request: AccountRequest<R> & { readonly license?: never },
): Promise<Added<AddRefusal | "propertyTaken" | R>>;
export async function addAccount(
  context: Context,
  request: AccountRequest,
  caller: Asking,
): Promise<Added<AddRefusal | LinkRefusal | OnceRefusal>>;
export async function addAccount(
  context: Context,
  request: AccountRequest<Refusal>,
  caller: Asking = {},
): Promise<Added<Refusal>> {
  const added = await writeWithPassword(context, request, caller, (tx, hash) =>
    writeAccount(context, tx, request, hash),
  );
  if (!added.refused && added.account.status === "unconfirmed") context.mailSender.wake();
  return added;
}

/** The same in a transaction of the caller's, for an account without a password; its address needs no confirmation. */
export function addAccountWithoutPassword(
  context: Context,
  tx: Db,
  request: Omit<UnhashedRequest<never>, "license" | "byOperator">,
): Promise<Added<AddRefusal>>;
export function addAccountWithoutPassword(
  context: Context,
  tx: Db,
  request: UnhashedRequest<Refusal>,
): Promise<Added<Refusal>> {
  return writeAccount(context, tx, { ...request, isProven: true }, null);
}

/** The order of the refusals is LP-ACC-9's. */
async function writeAccount(
  context: Context,
  tx: Db,
  request: UnhashedRequest<Refusal>,
  passwordHash: string | null,
): Promise<Added<Refusal>> {
  const { now } = context;
  const { applicationId, license, byOperator } = request;
  const application = await countOneMoreAccount(tx, applicationId);
  if (!application) return { refused: byOperator ? "applicationNotFound" : "registrationClosed" };
  const settings = settingsOf(application);
  if (!settings.userRegistrationEnabled && !byOperator) return { refused: "registrationClosed" };
  const columns = await columnsOf(tx, { applicationId });
  const fitted: Decision<Fitted, Refusal> = request.fit?.(application, columns, {}) ?? defaultProperties(columns);
  if (fitted.refused) return fitted;
  if (settings.licenseRequired && !license && !byOperator) return { refused: "licenseRequired" };

  const signUp = license ? undefined : request.signUp;
  const full = await refusedForRoom(tx, application, signUp, now);
  if (full) return full;
  const account = await insertAccount(tx, newAccount(request, fitted, signUp, passwordHash, now));
  for (const key of new Set(request.identities.map(identityKey))) {
    if (!(await takeIdentity(tx, applicationId, key, account.id))) return { refused: "loginTaken" };
  }
  const settled = await settleProperties(context, tx, account, columns, fitted);
  if (settled.refused) return settled;
  if (license) {
    const { refused } = await linkLicense(context, tx, { applicationId, accountId: account.id, key: license });
    if (refused) return { refused };
  }
  const isToConfirm = settings.emailConfirmationRequired && !byOperator && !request.isProven;
  const added = isToConfirm ? await demandConfirmation(tx, account, now) : account;
  await recordAccount(tx, context, undefined, added);
  return { account: added, columns: columnsAfter(columns, fitted) };
}

/** Why an account, which is counted already, is one too many for its address or its application. */
export async function refusedForRoom(
  tx: Db,
  application: Application,
  signUp: SignUp | undefined,
  now: number,
): Promise<Refused<"tooManyRequests" | "accountQuotaReached"> | undefined> {
  const waitMs = signUp ? await untilNextSignUp(tx, application.id, signUp, now) : 0;
  if (waitMs > 0) return { refused: "tooManyRequests", retryAfter: Math.ceil(waitMs / 1000) };
  const { accountQuota } = settingsOf(application);
  const isFull = accountQuota !== null && application.accountCount > accountQuota;
  return isFull ? { refused: "accountQuotaReached" } : undefined;
}

/** Milliseconds until the address may sign up again; 0: now. */
async function untilNextSignUp(
  tx: Db,
  applicationId: ApplicationId,
  { door, address, perDay }: SignUp,
  now: number,
): Promise<number> {
  if (perDay === null) return 0;
  if (perDay === 0) return dayMs;
  const newest = await signUpsSince(tx, {
    applicationId,
    door,
    address: addressKey(address),
    since: now - dayMs,
    atMost: perDay,
  });
  const oldest = newest[perDay - 1];
  return oldest === undefined ? 0 : oldest + dayMs - now;
}

export function newAccount(
  request: Omit<UnhashedRequest<Refusal>, "identities">,
  fitted: Fitted,
  signUp: SignUp | undefined,
  passwordHash: string | null,
  now: number,
): NewAccount {
  return {
    id: newObjectId<AccountId>(),
    applicationId: request.applicationId,
    login: request.login ?? null,
    email: request.email ?? null,
    passwordHash,
    status: "enabled",
    levels: "[]",
    comment: request.comment ?? null,
    locale: request.locale ?? null,
    properties: propertiesText({}, fitted),
    signUpDoor: signUp?.door ?? null,
    signUpAddress: signUp ? addressKey(signUp.address) : null,
    createdAt: now,
    updatedAt: null,
    lastLoginAt: null,
    blacklistedAt: null,
  };
}
