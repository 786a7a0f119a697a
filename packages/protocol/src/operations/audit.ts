import * as v from "valibot";
import { operation } from "../operation.ts";
import { nextCursor, page, pageAtMost } from "../page.ts";
import { count, text } from "../text.ts";

export const actorKinds = ["client", "server", "operator", "key", "console", "system"] as const;

const state = v.exactOptional(v.record(v.string(), v.unknown()));

/** One change of a record. */
export const auditEntryShape = v.object({
  id: text,
  /** Its place in the order of all changes and the hash that chains it to the one before; absent until it is sealed. */
  position: v.exactOptional(count),
  hash: v.exactOptional(text),
  at: count,
  actor: v.object({ kind: v.picklist(actorKinds), id: v.exactOptional(text), name: v.exactOptional(text) }),
  address: v.exactOptional(text),
  reason: v.exactOptional(text),
  /** The operation, or what the server did by itself. */
  action: text,
  /** What kind of thing was changed. */
  record: text,
  recordId: v.exactOptional(text),
  applicationId: v.exactOptional(text),
  /** What differed, then and afterwards; of something new or deleted, all of it. */
  before: state,
  after: state,
  requestId: v.exactOptional(text),
});

/** What is wrong with the log: an entry is not the one that was sealed, one is not there, or its end is not. */
export const auditFaults = ["entryChanged", "entryMissing", "headChanged"] as const;

export const audit = {
  /** The newest first. */
  listAudit: operation({
    route: "GET /manage/v1/audit",
    gate: "audit:read",
    input: v.object({
      applicationId: v.exactOptional(text),
      actorKind: v.exactOptional(v.picklist(actorKinds)),
      actorId: v.exactOptional(text),
      action: v.exactOptional(text),
      record: v.exactOptional(text),
      recordId: v.exactOptional(text),
      /** Instants; `to` itself is not in it. */
      from: v.exactOptional(count),
      to: v.exactOptional(count),
      ...page,
    }),
    output: v.object({ entries: v.array(auditEntryShape), nextCursor }),
    refuses: [],
  }),

  /** Sealed entries in their order, for who keeps a copy or follows them: those after a position. */
  exportAudit: operation({
    route: "GET /manage/v1/audit/export",
    gate: "audit:read",
    input: v.object({
      applicationId: v.exactOptional(text),
      after: v.exactOptional(count),
      limit: v.exactOptional(v.pipe(count, v.minValue(1), v.maxValue(pageAtMost))),
    }),
    output: v.object({ entries: v.array(auditEntryShape) }),
    refuses: [],
  }),

  /** Whether the log still is what was sealed; where it ends can be noted elsewhere, and asked for later. */
  verifyAudit: operation({
    route: "GET /manage/v1/audit/verification",
    gate: "audit:read",
    input: v.object({ position: v.exactOptional(count), hash: v.exactOptional(text) }),
    output: v.object({
      fault: v.exactOptional(v.object({ kind: v.picklist(auditFaults), position: count })),
      /** Everything up to here was dropped when its time was over. */
      droppedPosition: count,
      position: count,
      hash: text,
      /** Entries that have no position yet. */
      unsealed: count,
    }),
    refuses: [],
  }),
};
