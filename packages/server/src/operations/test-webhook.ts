import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { newRowId } from "#crypto/tokens.ts";
import { deliveryOutput, newDelivery } from "#domain/webhook-delivery.ts";
import { messageOf } from "#domain/webhook-event.ts";
import { transact } from "#storage/transaction.ts";
import { insertDeliveries } from "#storage/webhook-deliveries.ts";
import { findEnabledWebhook } from "#steps/find-enabled-webhook.ts";

export async function testWebhook(
  context: Context,
  _: CallerOf<"testWebhook">,
  named: InputOf<"testWebhook">,
): Promise<Answer<"testWebhook">> {
  const { db, now, webhookSender } = context;
  const type = "webhook.test";
  const queued = await transact(db, async (tx) => {
    const found = await findEnabledWebhook(context, tx, named);
    if (found.refused) return { refused: found.refused };
    const { id: webhookId, applicationId } = found.webhook;
    const body = messageOf(type, now, { applicationId, id: webhookId });
    const delivery = newDelivery({ id: newRowId<string>(), webhookId, position: null, type, body }, now);
    await insertDeliveries(tx, [delivery]);
    return { delivery };
  });
  if (queued.refused) return refuse(queued.refused);
  webhookSender.wake();
  return done({ delivery: deliveryOutput(queued.delivery) });
}
