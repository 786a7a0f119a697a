import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { transact } from "#storage/transaction.ts";
import { findWebhook } from "#storage/webhooks.ts";
import { recordWebhook } from "#steps/record-webhook.ts";

/** Changes nothing, and the audit log has all the same who has seen it. */
export async function revealWebhookSecret(
  context: Context,
  _: CallerOf<"revealWebhookSecret">,
  named: InputOf<"revealWebhookSecret">,
): Promise<Answer<"revealWebhookSecret">> {
  const { db, webhookSecrets } = context;
  const found = await transact(db, async (tx) => {
    const webhook = await findWebhook(tx, named);
    if (!webhook) return { refused: "webhookNotFound" } as const;
    await recordWebhook(tx, context, webhook, webhook);
    return { sealedSecret: webhook.sealedSecret };
  });
  if (found.refused) return refuse(found.refused);
  const secret = webhookSecrets.open(found.sealedSecret);
  if (secret === undefined) throw new Error("the secret was sealed with another signing key: rotate it");
  return done({ secret });
}
