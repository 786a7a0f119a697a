import * as v from "valibot";
import type { Scope } from "../management/scopes.ts";
import { operation } from "../operation.ts";
import { bounded, nextCursor, page } from "../page.ts";
import { count, text } from "../text.ts";
import { accountFilter } from "./account.ts";
import { licenseFilter, licensePlan } from "./license.ts";
import { sessionFilter } from "./session.ts";

/** What a job can do to many records, and what its caller must be allowed for it. */
export const bulkJobScopes = {
  createLicenses: "licenses:create",
  pauseLicenses: "licenses:update",
  unpauseLicenses: "licenses:update",
  blacklistLicenses: "licenses:update",
  unblacklistLicenses: "licenses:update",
  extendLicenses: "licenses:update",
  reinitializeLicenses: "licenses:update",
  resetLicenseClients: "licenses:update",
  deleteLicenses: "licenses:delete",
  enableAccounts: "accounts:update",
  disableAccounts: "accounts:update",
  deleteAccounts: "accounts:delete",
  endSessions: "sessions:disconnect",
} as const satisfies Record<string, Scope>;

export type BulkJobKind = keyof typeof bulkJobScopes;

const bulkJobKinds = Object.keys(bulkJobScopes).filter(isBulkJobKind);

function isBulkJobKind(name: string): name is BulkJobKind {
  return Object.hasOwn(bulkJobScopes, name);
}

/** So many records can be named one by one. */
export const bulkIdsAtMost = 1000;

/**
 * What is to be done to which records: to those with these ids, or to those that fit the filter of their noun, where
 * `{}` is all of them. A filter's field that nobody knows is refused: without it, it would mean more records.
 */
export const bulkPlan = v.object({
  kind: v.picklist(bulkJobKinds),
  ids: v.exactOptional(v.pipe(v.array(text), v.minLength(1), v.maxLength(bulkIdsAtMost))),
  licenses: v.exactOptional(v.strictObject(licenseFilter)),
  accounts: v.exactOptional(v.strictObject(accountFilter)),
  sessions: v.exactOptional(v.strictObject(sessionFilter)),
  /** Of `createLicenses`. */
  create: v.exactOptional(
    v.strictObject({ count: v.pipe(count, v.minValue(1), v.maxValue(1_000_000)), ...licensePlan }),
  ),
  /** Of `extendLicenses`. */
  durationMs: v.exactOptional(v.pipe(count, v.minValue(1))),
});

export type BulkPlan = v.InferOutput<typeof bulkPlan>;

/** A job as its operator sees it; instants in ms. */
const bulkJobShape = v.object({
  id: text,
  applicationId: text,
  ...bulkPlan.entries,
  state: v.picklist(["running", "finished", "cancelled"]),
  /** How many records it concerned when it began. */
  records: bounded,
  /** Records created or changed. */
  done: count,
  /** Records that were so already, or are gone by now. */
  unchanged: count,
  /** Records that could not be changed; the server's log says why. */
  failed: count,
  /** Who has begun it. */
  by: v.object({ kind: text, name: v.exactOptional(text) }),
  createdAt: count,
  finishedAt: v.exactOptional(count),
});

const started = { gate: "applications:read", input: v.object({ applicationId: text, ...bulkPlan.entries }) } as const;
const named = { input: v.object({ applicationId: text, jobId: text }), output: v.object({ job: bulkJobShape }) };

/** Actions on many records. Each kind has a scope of its own besides the gate: see `bulkJobScopes`. */
export const bulkJob = {
  /** Begins it and answers at once; it goes on by itself, also after a crash of the server. */
  startBulkJob: operation({
    ...started,
    route: "POST /manage/v1/applications/{applicationId}/bulk-jobs",
    output: v.object({ job: bulkJobShape }),
    refuses: ["applicationNotFound", "notAllowed", "bulkPlanInvalid"],
  }),

  /** What it would concern if it began now; changes nothing. */
  previewBulkJob: operation({
    ...started,
    route: "POST /manage/v1/applications/{applicationId}/bulk-jobs/preview",
    output: v.object({
      records: bounded,
      /** Authorized sessions that would end. */
      sessions: bounded,
    }),
    refuses: ["applicationNotFound", "notAllowed", "bulkPlanInvalid"],
  }),

  /** The oldest first. */
  listBulkJobs: operation({
    route: "GET /manage/v1/applications/{applicationId}/bulk-jobs",
    gate: "applications:read",
    input: v.object({ applicationId: text, ...page }),
    output: v.object({ jobs: v.array(bulkJobShape), nextCursor }),
    refuses: ["applicationNotFound"],
  }),

  showBulkJob: operation({
    ...named,
    route: "GET /manage/v1/applications/{applicationId}/bulk-jobs/{jobId}",
    gate: "applications:read",
    refuses: ["bulkJobNotFound"],
  }),

  /** What is done stays done; the rest stays as it is. */
  cancelBulkJob: operation({
    ...named,
    route: "POST /manage/v1/applications/{applicationId}/bulk-jobs/{jobId}/cancel",
    gate: "applications:read",
    refuses: ["bulkJobNotFound", "notAllowed", "bulkJobOver"],
  }),
};
