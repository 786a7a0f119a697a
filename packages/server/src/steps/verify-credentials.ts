import { identityKey, settingsOf } from "@latchkey/protocol";
import { perMinute } from "#cluster/limiter.ts";
import type { Context } from "#context.ts";
import { retryWhenBusy } from "#crypto/passwords.ts";
import { addressKey } from "#domain/address.ts";
import { refusedSignIn } from "#domain/account-terms.ts";
import type { Decision } from "#domain/decision.ts";
import { lockedUntil } from "#domain/locked-until.ts";
import { findAccount, findAccountByIdentity, replacePasswordHash } from "#storage/accounts.ts";
import { foreignKinds } from "#storage/foreign-hashes.ts";
import { countFailure, findFailures, forgetFailures } from "#storage/sign-in-failures.ts";
import type { Account, Application, ApplicationId, Db } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "./record-audit.ts";

export interface SignIn {
  readonly application: Application;
  readonly login: string;
  readonly password: string;
  /** The client's address; absent for server code, which limits per address do not concern (US-SEC-7). */
  readonly address?: string;
}

export type Verified = Decision<
  { readonly account: Account },
  "tooManyRequests" | "accountLocked" | "credentialsWrong" | "accountDisabled" | "emailUnconfirmed"
>;

/**
 * Checks who an account is, the same way for every door: limits and lock before any password work, then one hash
 * whoever is asked for, then what only the owner of the password may learn (LP-CRED-5, 6; US-LOGIN-4, US-SEC-2).
 */
export async function verifyCredentials(context: Context, signIn: SignIn): Promise<Verified> {
  const { db, now } = context;
  const applicationId = signIn.application.id;
  const identity = { applicationId, identityKey: identityKey(signIn.login) };
  const limitedForMs = takeAttempt(context, signIn, identity.identityKey);
  if (limitedForMs > 0) return { refused: "tooManyRequests", retryAfter: Math.ceil(limitedForMs / 1000) };

  const settings = settingsOf(signIn.application);
  const { failedLoginsLock, failedLoginsUnlockSeconds } = settings;
  const failures = failedLoginsLock > 0 ? await findFailures(db, identity) : undefined;
  const lockedForMs = lockedUntil(settings, failures) - now;
  if (lockedForMs > 0) return { refused: "accountLocked", retryAfter: Math.ceil(lockedForMs / 1000) };

  const account = await findAccountByIdentity(db, { applicationId, key: identity.identityKey });
  const kinds = await foreignKinds(db, { applicationId });
  const verified = await context.passwords.verify(signIn.password, account?.passwordHash, applicationId, kinds);
  if (!verified) return { refused: "tooManyRequests", retryAfter: retryWhenBusy };
  if (!account || account.status === "guest" || !verified.matches) {
    if (failedLoginsLock > 0) {
      await transact(db, async (tx) => {
        const count = await countFailure(tx, identity, now, now - failedLoginsUnlockSeconds * 1000);
        if (count === failedLoginsLock) await recordLockOut(tx, context, applicationId, account);
        return {};
      });
    }
    return { refused: "credentialsWrong" };
  }
  if (failures) await forgetFailures(db, identity);
  const refused = refusedSignIn(account);
  if (refused) return { refused };
  return { account: verified.outdated ? await upgradeHash(context, account, signIn.password) : account };
}

/** An identity that nobody has is locked like any other, which says nothing about a record. */
async function recordLockOut(tx: Db, context: Context, applicationId: ApplicationId, account: Account | undefined) {
  if (!account) return;
  const lockOut = { ...context, operation: "lockAccount" };
  await recordAudit(tx, lockOut, { record: "account", id: account.id, applicationId });
}

/** Counts the attempt against its limits; answers the milliseconds until one is free again. */
function takeAttempt({ limiter, config, now }: Context, { address, application }: SignIn, key: string): number {
  const from = address === undefined ? "server" : addressKey(address);
  const perIdentity = perMinute(config.signInsPerIdentity);
  const limits = new Map([[`sign-in ${application.id} ${from} ${key}`, perIdentity]]);
  if (address !== undefined) limits.set(`sign-in ${from}`, perMinute(config.signInsPerAddress));
  return limiter.take(limits, now);
}

/** Hashes the password at today's cost; answers the account as it is then, with the hash that it is claimed by. */
async function upgradeHash({ db, passwords }: Context, account: Account, password: string): Promise<Account> {
  const hash = await passwords.hash(password, account.applicationId);
  // When the queue is full, the next sign-in upgrades it.
  if (!hash) return account;
  await replacePasswordHash(db, account, hash);
  const current = await findAccount(db, { id: account.id });
  if (!current || current.passwordHash === hash) return current ?? account;
  // Somebody was faster: a parallel sign-in with the same password, or a change of it.
  const again = await passwords.verify(password, current.passwordHash, account.applicationId);
  return again?.matches ? current : account;
}
