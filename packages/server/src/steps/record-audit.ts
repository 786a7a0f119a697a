import type { Context } from "#context.ts";
import { differences } from "#domain/differences.ts";
import { currentRequest } from "#report/request-context.ts";
import { insertAuditEntry } from "#storage/audit.ts";
import type { Db } from "#storage/tables.ts";
import { claimRun } from "./run-once.ts";

/** Whose doing it is, and when. */
export type Recording = Pick<Context, "now" | "actor" | "operation" | "auditSealer" | "run">;

/** What was changed, as the audit log is to tell it: without secrets. */
export interface Changed {
  /** What kind of thing it is. */
  readonly record: string;
  readonly id?: string;
  readonly applicationId?: string;
  /** As it was and as it is now; of both only what differs is kept. */
  readonly before?: object | undefined;
  readonly after?: object | undefined;
}

/** Puts a change into the audit log, in the transaction that makes it: there is none without the other (MG-AUDIT-1). */
export async function recordAudit(
  tx: Db,
  context: Recording,
  { record, id, applicationId, ...states }: Changed,
): Promise<void> {
  const { now, actor, operation, auditSealer } = context;
  const { before, after } = differences(states.before, states.after);
  await claimRun(tx, context);
  await insertAuditEntry(tx, {
    at: now,
    actorKind: actor.kind,
    actorId: actor.id ?? null,
    actorName: actor.name ?? null,
    address: actor.address ?? null,
    reason: actor.reason ?? null,
    action: operation,
    recordKind: record,
    recordId: id ?? null,
    applicationId: applicationId ?? null,
    before: before ? JSON.stringify(before) : null,
    after: after ? JSON.stringify(after) : null,
    requestId: currentRequest()?.id ?? null,
  });
  auditSealer.wake();
}
