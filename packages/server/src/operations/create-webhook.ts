import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, webhooksAtMost } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { newRowId } from "#crypto/tokens.ts";
import { newWebhookSecret } from "#crypto/webhook-secret.ts";
import { typesText } from "#domain/webhook-event.ts";
import { webhookOutput } from "#domain/webhook-output.ts";
import { isWebhookUrl } from "#domain/webhook-target.ts";
import { lockApplication } from "#storage/applications.ts";
import { readAuditHead } from "#storage/audit.ts";
import type { Webhook } from "#storage/tables-webhooks.ts";
import { transact } from "#storage/transaction.ts";
import { countWebhooks, insertWebhook } from "#storage/webhooks.ts";
import { recordWebhook } from "#steps/record-webhook.ts";

export async function createWebhook(
  context: Context,
  _: CallerOf<"createWebhook">,
  { applicationId, url, eventTypes = "all", description = "" }: InputOf<"createWebhook">,
): Promise<Answer<"createWebhook">> {
  const { db, now, config, webhookSecrets } = context;
  if (!isWebhookUrl(url, config.webhookAllowedNetworks)) return refuse("webhookUrlInvalid");
  const secret = newWebhookSecret();
  const made = await transact(db, async (tx) => {
    const application = await lockApplication(tx, applicationId);
    if (!application) return { refused: "applicationNotFound" } as const;
    if ((await countWebhooks(tx, application.id)) >= webhooksAtMost) return { refused: "tooManyWebhooks" } as const;
    const { position: afterPosition } = await readAuditHead(tx);
    const webhook: Webhook = {
      ...{ id: newRowId<string>(), applicationId: application.id, url, createdAt: now, afterPosition },
      eventTypes: typesText(eventTypes),
      description: description === "" ? null : description,
      sealedSecret: webhookSecrets.close(secret),
      ...{ previousSealedSecret: null, previousSecretUntil: null },
      ...{ disabledAt: null, disabledBecause: null, firstFailedAt: null, claimedUntil: 0 },
    };
    await insertWebhook(tx, webhook);
    await recordWebhook(tx, context, undefined, webhook);
    return { webhook };
  });
  if (made.refused) return refuse(made.refused);
  return done({ webhook: webhookOutput(made.webhook, now), secret });
}
