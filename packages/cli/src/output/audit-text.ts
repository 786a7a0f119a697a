import type { OutputOf } from "@latchkey/protocol";
import { table } from "./layout.ts";
import { readableInstant } from "./spans.ts";

export type AuditEntry = OutputOf<"listAudit">["entries"][number];

export function auditTable(entries: readonly AuditEntry[]): string {
  return table(
    ["AT", "WHO", "ACTION", "RECORD", "CHANGE"],
    entries.map(({ at, actor: { kind, id, name }, action, record, recordId, before, after }) => [
      readableInstant(at),
      [kind, name ?? id].filter((part) => part !== undefined).join(" "),
      action,
      [record, recordId].filter((part) => part !== undefined).join(" "),
      changeText(before, after),
    ]),
  );
}

function changeText(before: AuditEntry["before"], after: AuditEntry["after"]): string {
  if (before && after) return `${JSON.stringify(before)} → ${JSON.stringify(after)}`;
  const one = after ?? before;
  return one ? JSON.stringify(one) : "";
}

/** As `--json` prints it: the instant as ISO 8601 text. */
export function auditRecord({ at, ...entry }: AuditEntry): object {
  return { at: new Date(at).toISOString(), ...entry };
}
