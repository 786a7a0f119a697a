import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { newWebhookSecret } from "#crypto/webhook-secret.ts";
import { webhookOutput } from "#domain/webhook-output.ts";
import { transact } from "#storage/transaction.ts";
import { changeWebhook, lockWebhook } from "#storage/webhooks.ts";
import { recordWebhook } from "#steps/record-webhook.ts";

const bothForMs = 86_400_000;

export async function rotateWebhookSecret(
  context: Context,
  _: CallerOf<"rotateWebhookSecret">,
  named: InputOf<"rotateWebhookSecret">,
): Promise<Answer<"rotateWebhookSecret">> {
  const { db, now, webhookSecrets } = context;
  const secret = newWebhookSecret();
  const rotated = await transact(db, async (tx) => {
    const before = await lockWebhook(tx, named);
    if (!before) return { refused: "webhookNotFound" } as const;
    const webhook = await changeWebhook(tx, before.id, {
      sealedSecret: webhookSecrets.close(secret),
      previousSealedSecret: before.sealedSecret,
      previousSecretUntil: now + bothForMs,
    });
    await recordWebhook(tx, context, before, webhook);
    return { webhook };
  });
  if (rotated.refused) return refuse(rotated.refused);
  return done({ webhook: webhookOutput(rotated.webhook, now), secret });
}
