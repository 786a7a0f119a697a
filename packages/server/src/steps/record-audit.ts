import type { Context } from "#context.ts";
import { insertAuditEntry } from "#storage/audit.ts";
import type { Db } from "#storage/tables.ts";

/** What was changed, as the audit log is to tell it: without secrets. */
export interface Changed {
  readonly record: string;
  readonly id?: string;
  readonly applicationId?: string;
  /** As it was and as it is now, as operators see it; of both only what differs is kept. */
  readonly before?: object | undefined;
  readonly after?: object | undefined;
}

/** Puts a change into the audit log, in the transaction that makes it: there is none without the other. */
export async function recordAudit(
  tx: Db,
  { now, actor, operation, auditSealer }: Pick<Context, "now" | "actor" | "operation" | "auditSealer">,
  { record, id, applicationId, before, after }: Changed,
): Promise<void> {
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
    before: before ? textOf(before, after) : null,
    after: after ? textOf(after, before) : null,
    requestId: null,
  });
  auditSealer.wake();
}

/** The fields that another state of the same record has otherwise. */
function textOf(state: object, other: object = {}): string {
  const others = new Map<string, unknown>(Object.entries(other));
  const differing = Object.entries(state).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(others.get(name)),
  );
  return JSON.stringify(Object.fromEntries(differing));
}
