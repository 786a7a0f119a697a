import type { Answer, EventName } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import { appendChange } from "#storage/changes.ts";
import type { Decision } from "#domain/decision.ts";
import { licenseOutput } from "#domain/license-output.ts";
import { findLicense, findLicenseByKey, lockLicense } from "#storage/licenses.ts";
import type { Db, License } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { recordLicense } from "./record-license.ts";
import { isStale } from "./is-stale.ts";
import { accountBefore, releaseLicense, settleAccount } from "./release-license.ts";

/** A license as operators name it: by its id, or by its key together with its application; only one of that, if given. */
export interface NamedLicense {
  readonly license: string;
  readonly applicationId?: string;
}

export async function findNamedLicense(db: Db, { license, applicationId }: NamedLicense): Promise<License | undefined> {
  if (applicationId === undefined) return findLicense(db, { id: license });
  const byKey = await findLicenseByKey(db, { applicationId, key: license });
  if (byKey) return byKey;
  const byId = await findLicense(db, { id: license });
  return byId?.applicationId === applicationId ? byId : undefined;
}

/** What is done to a license, and what its clients are told. */
export interface LicenseChange {
  readonly event: EventName;
  readonly content?: (changed: License) => Readonly<Record<string, string>>;
  /** Whether it may still be used afterwards; if not, whoever uses it stops. */
  readonly isUsable: boolean;
  /** The one statement that does it. No row: it was done already, and nobody is told again. */
  readonly write: (tx: Db, license: License) => Promise<License | undefined>;
}

/** Changes a license, its sessions and the change log in one transaction, and wakes whoever follows the log. */
export async function changeLicense(
  context: Context,
  named: NamedLicense,
  change: LicenseChange,
): Promise<Answer<"pauseLicense">> {
  const { db, now, changeLog } = context;
  const changed = await transact<Decision<{ readonly license: License }, NotChanged>>(db, async (tx) => {
    const found = await findNamedLicense(tx, named);
    if (!found) return { refused: "licenseNotFound" };
    return applyIfSeen(context, tx, found, change);
  });
  if (changed.refused) return refuse(changed.refused);
  await changeLog.wake();
  return done({ license: licenseOutput(changed.license, now) });
}

type NotChanged = "licenseNotFound" | "changedMeanwhile";

/** Does it only to the license that the caller has seen, if it says so: judged once its row is locked. */
async function applyIfSeen(
  context: Context,
  tx: Db,
  found: License,
  { write, ...change }: LicenseChange,
): Promise<Decision<{ readonly license: License }, NotChanged>> {
  const seen = { isStale: false };
  const license = await applyToLicense(context, tx, found, {
    ...change,
    async write(tx, locked) {
      seen.isStale = isStale(context, { license: licenseOutput(locked, context.now) });
      return seen.isStale ? undefined : write(tx, locked);
    },
  });
  return seen.isStale ? { refused: "changedMeanwhile" } : { license };
}

/** The same within a transaction of the caller's; answers the license as it is now. */
export async function applyToLicense(
  context: Context,
  tx: Db,
  read: License,
  { event, content = () => ({}), isUsable, write }: LicenseChange,
): Promise<License> {
  let before = await accountOf(context, tx, read);
  const found = await lockLicense(tx, read.id);
  if (!found) return read;
  // Linked to another account since it was read: so rare that its lock may come out of order.
  if (found.accountId !== read.accountId) before = await accountOf(context, tx, found);
  const license = await write(tx, found);
  if (!license) return found;
  const { id: licenseId, applicationId } = found;
  await recordLicense(tx, context, found, event === "licenseDeleted" ? undefined : license);
  // Told before the levels that follow from it.
  await appendChange(tx, { event, applicationId, licenseId, content: content(license) }, context.now);
  if (!isUsable) await releaseLicense(context, tx, found);
  await settleAccount(context, tx, before);
  return license;
}

async function accountOf(context: Context, tx: Db, { accountId }: License) {
  return accountId === null ? undefined : accountBefore(context, tx, accountId);
}
