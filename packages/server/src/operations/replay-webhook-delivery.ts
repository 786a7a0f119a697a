import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { deliveryOutput } from "#domain/webhook-delivery.ts";
import { transact } from "#storage/transaction.ts";
import { findDelivery, replay } from "#storage/webhook-deliveries.ts";
import { findEnabledWebhook } from "#steps/find-enabled-webhook.ts";

export async function replayWebhookDelivery(
  context: Context,
  _: CallerOf<"replayWebhookDelivery">,
  named: InputOf<"replayWebhookDelivery">,
): Promise<Answer<"replayWebhookDelivery">> {
  const { db, now, webhookSender } = context;
  const replayed = await transact(db, async (tx) => {
    const found = await findEnabledWebhook(context, tx, named);
    if (found.refused) return { refused: found.refused };
    await replay(tx, named, now);
    const delivery = await findDelivery(tx, named);
    return delivery ? { delivery } : ({ refused: "webhookDeliveryNotFound" } as const);
  });
  if (replayed.refused) return refuse(replayed.refused);
  webhookSender.wake();
  return done({ delivery: deliveryOutput(replayed.delivery) });
}
