import type { OutputOf } from "@latchkey/protocol";
import type { AuditEntry } from "#storage/tables-audit.ts";

/** An entry of the audit log as operators see it. */
export function auditOutput(entry: AuditEntry): OutputOf<"listAudit">["entries"][number] {
  const { position, hash, actorId, actorName, address, reason, recordId, applicationId, requestId } = entry;
  return {
    id: String(entry.serial),
    ...(position !== null && { position }),
    ...(hash !== null && { hash }),
    at: entry.at,
    actor: {
      kind: entry.actorKind,
      ...(actorId !== null && { id: actorId }),
      ...(actorName !== null && { name: actorName }),
    },
    ...(address !== null && { address }),
    ...(reason !== null && { reason }),
    action: entry.action,
    record: entry.recordKind,
    ...(recordId !== null && { recordId }),
    ...(applicationId !== null && { applicationId }),
    ...(entry.before !== null && { before: stateIn(entry.before) }),
    ...(entry.after !== null && { after: stateIn(entry.after) }),
    ...(requestId !== null && { requestId }),
  };
}

function stateIn(json: string): Record<string, unknown> {
  const state: unknown = JSON.parse(json);
  return typeof state === "object" && state !== null ? { ...state } : {};
}
