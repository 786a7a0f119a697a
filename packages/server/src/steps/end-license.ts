import type { Context } from "#context.ts";
import { appendChange, isInLog } from "#storage/changes.ts";
import { findLicense } from "#storage/licenses.ts";
import type { Db, License } from "#storage/tables.ts";
import { type Decided, transact } from "#storage/transaction.ts";
import { accountBefore, releaseHolders, settleAccount } from "./release-license.ts";

/**
 * Settles an account one of whose licenses has ended by time: the sessions that hold it go on with another or end, and
 * the rest are told of their levels (LP-CRED-7). Every process that sees it may try; the log knows whether it is done.
 */
export async function endLicense(context: Context, license: License): Promise<void> {
  const { refused } = await transact(context.db, (tx) => settleEnded(context, tx, license));
  if (!refused) await context.changeLog.wake();
}

async function settleEnded(
  context: Context,
  tx: Db,
  { id: licenseId, accountId, applicationId, expiresAt }: License,
): Promise<Decided> {
  if (accountId === null || expiresAt === null) return { refused: "notEnded" };
  // Locks the account, so that only one process does the rest.
  const before = await accountBefore({ ...context, now: expiresAt - 1 }, tx, accountId);
  const license = await findLicense(tx, { id: licenseId });
  if (license?.accountId !== accountId || license.expiresAt !== expiresAt) return { refused: "notEnded" };
  const ended = { event: "licenseEnded", applicationId, licenseId } as const;
  if (await isInLog(tx, ended, expiresAt)) return { refused: "alreadyDone" };
  for (const { id: sessionId } of await releaseHolders(context, tx, license)) {
    await appendChange(tx, { event: "subscriptionExpired", applicationId, sessionId }, context.now);
  }
  await appendChange(tx, ended, expiresAt);
  await settleAccount(context, tx, before);
  return {};
}
