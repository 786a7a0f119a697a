import type { BulkPlan } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import { lockAccount } from "#storage/accounts.ts";
import { lockApplication } from "#storage/applications.ts";
import { findLicense } from "#storage/licenses.ts";
import { isInList, type Listing } from "#storage/listing.ts";
import { findSession } from "#storage/sessions.ts";
import type { ApplicationId, Db } from "#storage/tables.ts";
import { type AccountChange, applyToAccount, deletingAccount, disabling, enabling } from "./change-account.ts";
import { applyToLicense, type LicenseChange } from "./change-license.ts";
import { endOneSession } from "./end-one-session.ts";
import {
  blacklisting,
  deleting,
  extending,
  pausing,
  reinitializing,
  resettingClient,
  unblacklisting,
  unpausing,
} from "./license-changes.ts";

type Change = (context: Context, tx: Db, records: Records, id: string) => Promise<boolean>;

/** What a plan is about. */
interface Records extends Listing {
  readonly applicationId: ApplicationId;
}

/**
 * Does to one record what a plan asks for, as if an operator did it alone: if it is still there, and still what the plan
 * is about. Answers whether that has changed anything.
 */
export function changeInBulk(context: Context, tx: Db, plan: BulkPlan, records: Records, id: string): Promise<boolean> {
  return changeOf(plan, context.now)(context, tx, records, id);
}

function changeOf({ kind, durationMs = 0 }: BulkPlan, now: number): Change {
  switch (kind) {
    case "pauseLicenses":
      return ofLicense(pausing(now));
    case "unpauseLicenses":
      return ofLicense(unpausing());
    case "blacklistLicenses":
      return ofLicense(blacklisting(now));
    case "unblacklistLicenses":
      return ofLicense(unblacklisting());
    case "extendLicenses":
      return ofLicense(extending(durationMs, now));
    case "reinitializeLicenses":
      return ofLicense(reinitializing());
    case "resetLicenseClients":
      return ofLicense(resettingClient());
    case "deleteLicenses":
      return ofLicense(deleting());
    case "enableAccounts":
      return ofAccount(enabling);
    case "disableAccounts":
      return ofAccount(disabling);
    case "deleteAccounts":
      return ofAccount(deletingAccount);
    case "endSessions":
      return endSession;
    case "createLicenses":
      throw new Error("there is no record yet");
  }
}

function ofLicense({ write, ...change }: LicenseChange): Change {
  return async (context, tx, records, id) => {
    const found = await findLicense(tx, { id });
    if (!found) return false;
    let isChanged = false;
    await applyToLicense(context, tx, found, {
      ...change,
      async write(tx, locked) {
        if (!(await isInList(tx, records, id))) return undefined;
        const changed = await write(tx, locked);
        isChanged = changed !== undefined;
        return changed;
      },
    });
    return isChanged;
  };
}

function ofAccount(change: AccountChange): Change {
  return async (context, tx, records, id) => {
    // Its count of accounts is moved at the end, but rows are locked in the order application, account.
    if (change === deletingAccount) await lockApplication(tx, records.applicationId);
    const locked = await lockAccount(tx, id);
    if (!locked || !(await isInList(tx, records, id))) return false;
    return (await applyToAccount(context, tx, locked, change)) !== locked;
  };
}

async function endSession(context: Context, tx: Db, records: Records, id: string): Promise<boolean> {
  const found = await findSession(tx, id);
  if (!found || !(await isInList(tx, records, id))) return false;
  return (await endOneSession(context, tx, found)) !== undefined;
}
