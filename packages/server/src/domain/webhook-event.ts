import { isWebhookEventName, webhookEventOf, type WebhookEventName } from "@latchkey/protocol";
import type { SealedEntry } from "#storage/tables-audit.ts";
import type { Webhook } from "#storage/tables-webhooks.ts";

/** What an entry of the audit log is told as, and the message that tells it; `undefined`: it is told to nobody. */
export function webhookEvent(entry: SealedEntry): { type: WebhookEventName; body: string } | undefined {
  const { recordKind: record, recordId, action, actorKind, actorId, actorName, applicationId, position } = entry;
  const before = fieldsIn(entry.before);
  const after = fieldsIn(entry.after);
  const type = webhookEventOf({ record, action, before, after });
  if (!type) return undefined;
  const data = {
    applicationId,
    position,
    ...(recordId !== null && { id: recordId }),
    // Where somebody was, and why they say they did it, is for the operators alone.
    by: { kind: actorKind, ...(actorId !== null && { id: actorId }), ...(actorName !== null && { name: actorName }) },
    ...(entry.before !== null && { before }),
    ...(entry.after !== null && { after }),
  };
  return { type, body: messageOf(type, entry.at, data) };
}

/** The body of a message, as Standard Webhooks propose it. */
export function messageOf(type: WebhookEventName, at: number, data: object): string {
  return JSON.stringify({ type, timestamp: new Date(at).toISOString(), data });
}

export function wants({ eventTypes }: Pick<Webhook, "eventTypes">, type: WebhookEventName): boolean {
  const wanted = typesIn(eventTypes);
  return wanted === "all" || wanted.includes(type);
}

/** The types that a webhook is told; ones that this release does not know are left out. */
export function typesIn(json: string | null): "all" | WebhookEventName[] {
  if (json === null) return "all";
  const names: unknown = JSON.parse(json);
  return Array.isArray(names) ? names.filter(isWebhookEventName) : [];
}

export function typesText(types: "all" | readonly WebhookEventName[]): string | null {
  return types === "all" ? null : JSON.stringify(types);
}

function fieldsIn(json: string | null): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(json ?? "{}");
  return typeof value === "object" && value !== null ? { ...value } : {};
}
