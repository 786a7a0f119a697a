import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { deliveryOutput } from "#domain/webhook-delivery.ts";
import { listDeliveries } from "#storage/webhook-deliveries.ts";
import { findWebhook } from "#storage/webhooks.ts";
import { cutPage, pageFrom } from "#steps/pages.ts";

export async function listWebhookDeliveries(
  { db }: Context,
  _: CallerOf<"listWebhookDeliveries">,
  { applicationId, webhookId, limit, cursor, ...filter }: InputOf<"listWebhookDeliveries">,
): Promise<Answer<"listWebhookDeliveries">> {
  const webhook = await findWebhook(db, { applicationId, webhookId });
  if (!webhook) return refuse("webhookNotFound");
  const page = pageFrom({ limit, cursor });
  const { records, ...next } = cutPage(await listDeliveries(db, webhook.id, filter, page), page);
  return done({ deliveries: records.map(deliveryOutput), ...next });
}
