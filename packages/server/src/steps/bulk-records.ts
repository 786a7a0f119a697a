import type { BulkPlan } from "@latchkey/protocol";
import { bulkKinds } from "#domain/bulk-job.ts";
import { accountListing } from "#storage/account-list.ts";
import { licenseListing } from "#storage/license-list.ts";
import type { Listing } from "#storage/listing.ts";
import { authorizedOf, sessionListing } from "#storage/session-list.ts";
import type { ApplicationId, Db } from "#storage/tables.ts";
import { settleAccountSearch, settleLicenseSearch, settleSessionSearch } from "./settle-search.ts";

/**
 * The records that a plan concerns, of those that were there at an instant; one that ends by time is what it was then.
 * `undefined`: it makes some.
 */
export function recordsOf(applicationId: ApplicationId, plan: BulkPlan, at: number): Listing | undefined {
  const { kind, licenses = {}, accounts = {}, sessions = {} } = plan;
  const ids = plan.ids && { ids: plan.ids };
  const thereBy = ({ createdBefore = Infinity }) => ({ createdBefore: Math.min(createdBefore, at + 1) });
  switch (bulkKinds[kind].noun) {
    case "licenses":
      return licenseListing(applicationId, { ...licenses, ...ids, ...thereBy(licenses) }, at);
    case "accounts":
      return accountListing(applicationId, { ...accounts, ...ids, ...thereBy(accounts) });
    case "sessions":
      return sessionListing(applicationId, { ...sessions, ...ids, ...thereBy({}) });
    case undefined:
      return undefined;
  }
}

/** The authorized sessions that a plan would end now. */
export function sessionsEndedBy(applicationId: ApplicationId, plan: BulkPlan, now: number): Listing | undefined {
  const records = recordsOf(applicationId, plan, now);
  return records && bulkKinds[plan.kind].endsSessions && authorizedOf(applicationId, records, now);
}

/** A plan whose search has been settled: it concerns what the list of the same filter shows. */
export async function settlePlan(db: Db, applicationId: ApplicationId, plan: BulkPlan): Promise<BulkPlan> {
  const { licenses, accounts, sessions } = plan;
  if (licenses) {
    const { ids, ...filter } = await settleLicenseSearch(db, applicationId, licenses);
    return { ...plan, licenses: filter, ...(ids && { ids: [...ids] }) };
  }
  if (accounts) {
    const { ids, ...filter } = await settleAccountSearch(db, applicationId, accounts);
    return { ...plan, accounts: filter, ...(ids && { ids: [...ids] }) };
  }
  if (sessions) {
    const { ids, createdBefore: _, ...filter } = await settleSessionSearch(db, applicationId, sessions);
    return { ...plan, sessions: filter, ...(ids && { ids: [...ids] }) };
  }
  return plan;
}
