import { identityKey, type Refusal, settingsOf } from "@latchkey/protocol";
import type { Caller } from "#caller.ts";
import type { Context } from "#context.ts";
import { addressKey } from "#domain/address.ts";
import type { Decision } from "#domain/decision.ts";
import { retryWhenBusy } from "#crypto/passwords.ts";
import { newObjectId } from "#crypto/tokens.ts";
import { insertAccount, signUpsSince, takeIdentity } from "#storage/accounts.ts";
import { countOneMoreAccount } from "#storage/applications.ts";
import type { Account, AccountId, ApplicationId, Db, NewAccount } from "#storage/tables.ts";
import { rehearse } from "#storage/transaction.ts";
import { demandConfirmation } from "./demand-confirmation.ts";
import { linkLicense, type LinkRefusal } from "./link-license.ts";
import { once, type OnceRefusal } from "./once.ts";

/** An account that somebody asks for. */
export interface AccountRequest {
  readonly applicationId: ApplicationId;
  /** What it signs in by, at every door. */
  readonly identities: readonly string[];
  readonly login?: string;
  readonly email?: string;
  readonly password: string;
  readonly comment?: string;
  readonly locale?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  /** The license to link and activate. */
  readonly license?: string;
  /** What is asked of those who sign up is not asked of them. */
  readonly byOperator?: true;
  /** Counted against the limit per address and day when there is no license. */
  readonly signUp?: {
    readonly door: "live" | "user-service";
    readonly address: string;
    readonly perDay: number | null;
  };
}

type OperatorRefusal = "applicationNotFound" | "tooManyRequests" | "accountQuotaReached" | "loginTaken";

/** Of a packet, which creates one account however often it is sent. */
type Asking = Pick<Caller, "request" | "session">;

export type AddRefusal =
  "registrationClosed" | "licenseRequired" | "tooManyRequests" | "accountQuotaReached" | "loginTaken";
export type Added<R extends Refusal> = Decision<{ readonly account: Account }, R>;

const dayMs = 86_400_000;

/**
 * Creates an account with its identities and license in one transaction. The transaction is rehearsed before the
 * password is hashed: what would be refused costs no hash, and each rule stands once.
 */
export async function addAccount(
  context: Context,
  request: AccountRequest & { readonly byOperator: true; readonly license?: never },
): Promise<Added<OperatorRefusal>>;
export async function addAccount(
  context: Context,
  request: AccountRequest & { readonly license?: never },
): Promise<Added<AddRefusal>>;
export async function addAccount(
  context: Context,
  request: AccountRequest,
  caller: Asking,
): Promise<Added<AddRefusal | LinkRefusal | OnceRefusal>>;
export async function addAccount(
  context: Context,
  request: AccountRequest,
  caller: Asking = {},
): Promise<Added<Refusal>> {
  const rehearsed = await rehearse(context.db, (tx) => writeAccount(context, tx, request, null));
  if (rehearsed.refused) return rehearsed;
  const passwordHash = await context.passwords.hash(request.password, request.applicationId);
  if (!passwordHash) return { refused: "tooManyRequests", retryAfter: retryWhenBusy };
  const added = await once(context, caller, (tx) => writeAccount(context, tx, request, passwordHash));
  if (!added.refused && added.account.status === "unconfirmed") context.mailSender.wake();
  return added;
}

/** The order of the refusals is LP-ACC-9's. */
async function writeAccount(
  { now }: Context,
  tx: Db,
  request: AccountRequest,
  passwordHash: string | null,
): Promise<Added<AddRefusal | OperatorRefusal | LinkRefusal>> {
  const { applicationId, license, byOperator } = request;
  const application = await countOneMoreAccount(tx, applicationId);
  if (!application) return { refused: byOperator ? "applicationNotFound" : "registrationClosed" };
  const settings = settingsOf(application);
  if (!settings.userRegistrationEnabled && !byOperator) return { refused: "registrationClosed" };
  if (settings.licenseRequired && !license && !byOperator) return { refused: "licenseRequired" };

  const signUp = license ? undefined : request.signUp;
  const waitMs = signUp ? await untilNextSignUp(tx, applicationId, signUp, now) : 0;
  if (waitMs > 0) return { refused: "tooManyRequests", retryAfter: Math.ceil(waitMs / 1000) };
  if (settings.accountQuota !== null && application.accountCount > settings.accountQuota) {
    return { refused: "accountQuotaReached" };
  }

  const account = await insertAccount(tx, newAccount(request, signUp, passwordHash, now));
  for (const key of new Set(request.identities.map(identityKey))) {
    if (!(await takeIdentity(tx, applicationId, key, account.id))) return { refused: "loginTaken" };
  }
  if (license) {
    const { refused } = await linkLicense(tx, { applicationId, accountId: account.id, key: license, now });
    if (refused) return { refused };
  }
  if (!settings.emailConfirmationRequired || byOperator) return { account };
  return { account: await demandConfirmation(tx, account, now) };
}

/** Milliseconds until the address may sign up again; 0: now. */
async function untilNextSignUp(
  tx: Db,
  applicationId: ApplicationId,
  { door, address, perDay }: NonNullable<AccountRequest["signUp"]>,
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

function newAccount(
  request: AccountRequest,
  signUp: AccountRequest["signUp"],
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
    properties: JSON.stringify(request.properties ?? {}),
    signUpDoor: signUp?.door ?? null,
    signUpAddress: signUp ? addressKey(signUp.address) : null,
    createdAt: now,
    updatedAt: null,
    lastLoginAt: null,
    blacklistedAt: null,
  };
}
