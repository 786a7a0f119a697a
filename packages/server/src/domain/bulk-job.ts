import { type BulkJobKind, type BulkPlan, bulkPlan, type OperationName, type OutputOf } from "@latchkey/protocol";
import * as v from "valibot";
import type { BulkJob } from "#storage/tables-bulk.ts";

/** What a kind of job does: to which records, what one of them is called in the audit log, and whether sessions end. */
interface Kind {
  /** Absent: it makes some. */
  readonly noun?: "licenses" | "accounts" | "sessions";
  readonly operation: OperationName;
  readonly endsSessions?: true;
}

export const bulkKinds: Record<BulkJobKind, Kind> = {
  createLicenses: { operation: "createLicenses" },
  pauseLicenses: { noun: "licenses", operation: "pauseLicense", endsSessions: true },
  unpauseLicenses: { noun: "licenses", operation: "unpauseLicense" },
  blacklistLicenses: { noun: "licenses", operation: "blacklistLicense", endsSessions: true },
  unblacklistLicenses: { noun: "licenses", operation: "unblacklistLicense" },
  extendLicenses: { noun: "licenses", operation: "extendLicense" },
  reinitializeLicenses: { noun: "licenses", operation: "reinitializeLicense", endsSessions: true },
  resetLicenseClients: { noun: "licenses", operation: "resetLicenseClient" },
  deleteLicenses: { noun: "licenses", operation: "deleteLicense", endsSessions: true },
  enableAccounts: { noun: "accounts", operation: "enableAccount" },
  disableAccounts: { noun: "accounts", operation: "disableAccount", endsSessions: true },
  deleteAccounts: { noun: "accounts", operation: "deleteAccount", endsSessions: true },
  endSessions: { noun: "sessions", operation: "endSession", endsSessions: true },
};

/** Whether a plan has what its kind needs, and nothing that it would not mind. */
export function isPlan({ kind, ids, create, durationMs, ...filters }: BulkPlan): boolean {
  const { noun } = bulkKinds[kind];
  const named = Object.keys(filters);
  if ((create !== undefined) !== (noun === undefined)) return false;
  if ((durationMs !== undefined) !== (kind === "extendLicenses")) return false;
  if (noun === undefined || ids !== undefined)
    return named.length === 0 && (noun === undefined) === (ids === undefined);
  return named.length === 1 && named[0] === noun;
}

export function planOf({ plan }: Pick<BulkJob, "plan">): BulkPlan {
  return v.parse(bulkPlan, JSON.parse(plan));
}

const bounded = v.object({ count: v.number(), isMore: v.boolean() });
const actor = v.object({
  kind: v.picklist(["client", "server", "operator", "key", "console", "system"]),
  id: v.exactOptional(v.string()),
  name: v.exactOptional(v.string()),
  address: v.exactOptional(v.string()),
  reason: v.exactOptional(v.string()),
});

/** Who has begun it. */
export function actorOfJob(job: Pick<BulkJob, "actor">): v.InferOutput<typeof actor> {
  return v.parse(actor, JSON.parse(job.actor));
}

/** A job as its operator sees it, and how far it is. */
export function bulkJobOutput(job: BulkJob): OutputOf<"showBulkJob">["job"] {
  const { id, applicationId, doneCount, unchangedCount, failedCount, finishedAt, cancelledAt, createdAt } = job;
  const { kind, name } = actorOfJob(job);
  return {
    id,
    applicationId,
    ...planOf(job),
    state: cancelledAt !== null ? "cancelled" : finishedAt !== null ? "finished" : "running",
    records: v.parse(bounded, JSON.parse(job.records)),
    done: doneCount,
    unchanged: unchangedCount,
    failed: failedCount,
    by: { kind, ...(name !== undefined && { name }) },
    createdAt,
    ...(finishedAt !== null && { finishedAt }),
  };
}
