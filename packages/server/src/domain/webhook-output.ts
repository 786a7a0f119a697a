import type { OutputOf } from "@latchkey/protocol";
import type { Webhook } from "#storage/tables-webhooks.ts";
import { typesIn } from "./webhook-event.ts";

/** A webhook as its operator sees it. */
export function webhookOutput(webhook: Webhook, now: number): OutputOf<"showWebhook">["webhook"] {
  const { description, disabledAt, disabledBecause, firstFailedAt, previousSecretUntil } = webhook;
  return {
    id: webhook.id,
    applicationId: webhook.applicationId,
    url: webhook.url,
    eventTypes: typesIn(webhook.eventTypes),
    ...(description !== null && { description }),
    state: disabledAt === null ? "enabled" : "disabled",
    ...(disabledBecause !== null && { disabledBecause }),
    ...(disabledAt !== null && { disabledAt }),
    ...(firstFailedAt !== null && { firstFailedAt }),
    createdAt: webhook.createdAt,
    ...(previousSecretUntil !== null && previousSecretUntil > now && { previousSecretUntil }),
  };
}
