import type { Context } from "#context.ts";
import { accountTerms } from "#domain/account-terms.ts";
import { admitsClient, byEnd, isValid } from "#domain/license-terms.ts";
import { lockAccount } from "#storage/accounts.ts";
import {
  holdInstead,
  moveExpiryOfAccount,
  revokeAuthorization,
  revokeByLicense,
  sessionsHolding,
} from "#storage/authorizations.ts";
import { appendChange } from "#storage/changes.ts";
import { licensesOfAccount } from "#storage/licenses.ts";
import { countSeatsTaken } from "#storage/seats.ts";
import type { Account, AccountId, Db, License, Session, SessionId } from "#storage/tables.ts";
import { holding } from "./holding.ts";
import { claimLicense } from "./claim-license.ts";

/**
 * Takes a license that is no longer valid away from everybody, in the transaction that made it so. Who was authorized by
 * it alone is no longer; an account's session goes on with another of its licenses, if it has one (LP-CRED-7).
 */
export async function releaseLicense(context: Context, tx: Db, license: License): Promise<void> {
  await releaseHolders(context, tx, license);
  await revokeByLicense(tx, license.id);
}

/** The same for the sessions of the account that it is linked to; answers those that lost their authorization. */
export async function releaseHolders(context: Context, tx: Db, { id, accountId }: License): Promise<Session[]> {
  if (accountId === null) return [];
  const others = (await licensesOfAccount(tx, { accountId })).filter((license) => license.id !== id).sort(byEnd);
  const revoked: Session[] = [];
  for (const session of await sessionsHolding(tx, id)) {
    if (await goesOn(context, tx, session, others)) continue;
    await revokeAuthorization(tx, session);
    revoked.push(session);
  }
  return revoked;
}

/** Lets a session hold the first of these licenses that admits it. */
async function goesOn(context: Context, tx: Db, session: Session, others: readonly License[]): Promise<boolean> {
  const { now } = context;
  const { id, clientId, authorizationId } = session;
  if (clientId === null || authorizationId === null) return false;
  for (const other of others) {
    if (!isValid(other, now) || !admitsClient(other, clientId)) continue;
    const { id: licenseId, seats } = other;
    if (!(await claimLicense(context, tx, other, clientId))) continue;
    if (seats !== null && (await countSeatsTaken(tx, licenseId, holding(context))) >= seats) continue;
    await holdInstead(tx, { id, authorizationId, licenseId });
    return true;
  }
  return false;
}

/** What an account had of its licenses, to tell afterwards what a change has made of it. */
export interface AccountBefore {
  readonly account: Account;
  readonly levels: readonly string[];
}

/** Keeps other changes of the account and its licenses waiting until the transaction ends. */
export async function accountBefore({ now }: Context, tx: Db, id: AccountId): Promise<AccountBefore | undefined> {
  const account = await lockAccount(tx, id);
  return (
    account && { account, levels: accountTerms(account, await licensesOfAccount(tx, { accountId: id }), now).levels }
  );
}

/**
 * After a change of its licenses: moves the end of the account's authorizations, and tells of levels that came or went;
 * all but one session, if that knows already.
 */
export async function settleAccount(
  { now }: Context,
  tx: Db,
  before: AccountBefore | undefined,
  except?: SessionId,
): Promise<void> {
  if (!before) return;
  const { id: accountId, applicationId } = before.account;
  const { levels, expiresAt } = accountTerms(before.account, await licensesOfAccount(tx, { accountId }), now);
  await moveExpiryOfAccount(tx, { accountId, expiresAt, now });
  const told = isSame(levels, before.levels)
    ? ({ event: "expiryMoved" } as const)
    : ({ event: "levelsChanged", content: { levels: levels.join(",") } } as const);
  await appendChange(tx, { ...told, applicationId, accountId, ...(except && { except }) }, now);
}

function isSame(levels: readonly string[], others: readonly string[]): boolean {
  return levels.length === others.length && levels.every((level) => others.includes(level));
}
