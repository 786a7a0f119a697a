import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { transact } from "#storage/transaction.ts";
import { lockWebhook, removeWebhook } from "#storage/webhooks.ts";
import { recordWebhook } from "#steps/record-webhook.ts";

export async function deleteWebhook(
  context: Context,
  _: CallerOf<"deleteWebhook">,
  named: InputOf<"deleteWebhook">,
): Promise<Answer<"deleteWebhook">> {
  const { refused } = await transact(context.db, async (tx) => {
    const webhook = await lockWebhook(tx, named);
    if (!webhook) return { refused: "webhookNotFound" } as const;
    await removeWebhook(tx, webhook);
    await recordWebhook(tx, context, webhook, undefined);
    return {};
  });
  return refused ? refuse(refused) : done({});
}
