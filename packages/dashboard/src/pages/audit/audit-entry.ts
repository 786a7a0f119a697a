import type { OutputOf } from "@latchkey/protocol";
import { texts } from "#texts/texts.ts";

export type AuditEntry = OutputOf<"listAudit">["entries"][number];

const recordWords = new Map<string, string>(Object.entries(texts.audit.records));

export function recordText(record: string): string {
  return recordWords.get(record) ?? record;
}

export function actorText({ actor }: AuditEntry): string {
  return actor.name ?? texts.audit.actors[actor.kind];
}
