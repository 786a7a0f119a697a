import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { attemptOutput, deliveryOutput } from "#domain/webhook-delivery.ts";
import { attemptsOf, findDelivery } from "#storage/webhook-deliveries.ts";
import { findWebhook } from "#storage/webhooks.ts";

export async function showWebhookDelivery(
  { db }: Context,
  _: CallerOf<"showWebhookDelivery">,
  named: InputOf<"showWebhookDelivery">,
): Promise<Answer<"showWebhookDelivery">> {
  const webhook = await findWebhook(db, named);
  const delivery = webhook && (await findDelivery(db, named));
  if (!delivery) return refuse("webhookDeliveryNotFound");
  const attempts = await attemptsOf(db, delivery.id);
  return done({ delivery: deliveryOutput(delivery), body: delivery.body, attempts: attempts.map(attemptOutput) });
}
