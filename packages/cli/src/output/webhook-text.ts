import type { OutputOf } from "@latchkey/protocol";
import { fields, table } from "./layout.ts";
import { readableInstant } from "./spans.ts";

type Webhook = OutputOf<"showWebhook">["webhook"];
type Delivery = OutputOf<"testWebhook">["delivery"];

export function webhookTable(webhooks: readonly Webhook[]): string {
  return table(
    ["ID", "STATE", "EVENTS", "URL"],
    webhooks.map((webhook) => [webhook.id, stateOf(webhook), typesOf(webhook), webhook.url]),
  );
}

export function webhookText(webhook: Webhook, secret?: string): string {
  const { previousSecretUntil } = webhook;
  return fields({
    Id: webhook.id,
    Application: webhook.applicationId,
    URL: webhook.url,
    Events: typesOf(webhook),
    Description: webhook.description,
    State: stateOf(webhook),
    Created: readableInstant(webhook.createdAt),
    "Failing since": instantOr("", webhook.firstFailedAt),
    Secret: secret,
    "The one before signs until": instantOr("", previousSecretUntil),
  });
}

export function deliveryTable(deliveries: readonly Delivery[]): string {
  return table(
    ["CREATED", "TYPE", "STATE", "ATTEMPTS", "NEXT", "LAST", "ID"],
    deliveries.map(({ createdAt, type, state, attempts, dueAt, lastError, lastStatus, id }) => [
      readableInstant(createdAt),
      type,
      state,
      String(attempts),
      instantOr("-", dueAt),
      lastError ?? (lastStatus === undefined ? "-" : String(lastStatus)),
      id,
    ]),
  );
}

function stateOf({ state, disabledBecause }: Webhook): string {
  return disabledBecause === undefined ? state : `${state} (${disabledBecause})`;
}

function typesOf({ eventTypes }: Webhook): string {
  return eventTypes === "all" ? "all" : eventTypes.join(",");
}

function instantOr(absent: string, at: number | undefined): string {
  return at === undefined ? absent : readableInstant(at);
}
