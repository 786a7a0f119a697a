import type { Context } from "#context.ts";
import { isRecorded } from "#storage/audit.ts";
import { appendChange } from "#storage/changes.ts";
import { lockLicense } from "#storage/licenses.ts";
import type { Db, License } from "#storage/tables.ts";
import { type Decided, transact } from "#storage/transaction.ts";
import { accountBefore, releaseHolders, settleAccount } from "./release-license.ts";
import { recordAudit } from "./record-audit.ts";

/**
 * Notes that a license has ended by time. An account that it is linked to is settled: the sessions that hold it go on
 * with another or end, and the rest are told of their levels (LP-CRED-7). Every process that sees it may try; the audit
 * log knows whether it is done.
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
  if (expiresAt === null) return { refused: "notEnded" };
  const earlier = { ...context, now: expiresAt - 1 };
  const before = accountId === null ? undefined : await accountBefore(earlier, tx, accountId);
  // Locks it, so that only one process does the rest.
  const license = await lockLicense(tx, licenseId);
  if (license?.accountId !== accountId || license.expiresAt !== expiresAt) return { refused: "notEnded" };
  const { operation: action } = context;
  if (await isRecorded(tx, { action, recordId: licenseId, at: expiresAt })) return { refused: "alreadyDone" };
  await recordAudit(tx, { ...context, now: expiresAt }, { record: "license", id: licenseId, applicationId });
  const ended = { event: "licenseEnded", applicationId, licenseId } as const;
  for (const { id: sessionId } of await releaseHolders(context, tx, license)) {
    await appendChange(tx, { event: "subscriptionExpired", applicationId, sessionId }, context.now);
  }
  await appendChange(tx, ended, expiresAt);
  await settleAccount(context, tx, before);
  return {};
}
