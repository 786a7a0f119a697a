import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { transact } from "#storage/transaction.ts";
import { replay } from "#storage/webhook-deliveries.ts";
import { findEnabledWebhook } from "#steps/find-enabled-webhook.ts";

export async function replayFailedDeliveries(
  context: Context,
  _: CallerOf<"replayFailedDeliveries">,
  { since, ...named }: InputOf<"replayFailedDeliveries">,
): Promise<Answer<"replayFailedDeliveries">> {
  const { db, now, webhookSender } = context;
  const outcome = await transact(db, async (tx) => {
    const found = await findEnabledWebhook(context, tx, named);
    if (found.refused) return { refused: found.refused };
    return { replayed: await replay(tx, { webhookId: found.webhook.id, since }, now) };
  });
  if (outcome.refused) return refuse(outcome.refused);
  webhookSender.wake();
  return done({ replayed: outcome.replayed });
}
