import type { Decision } from "#domain/decision.ts";
import type { Db } from "#storage/tables.ts";
import type { Webhook } from "#storage/tables-webhooks.ts";
import { lockWebhook, type NamedWebhook } from "#storage/webhooks.ts";
import type { Recording } from "./record-audit.ts";
import { recordWebhook } from "./record-webhook.ts";

/**
 * A webhook that is to be sent something by request, which the audit log has; nobody disables it until the transaction
 * ends.
 */
export async function findEnabledWebhook(
  context: Recording,
  tx: Db,
  named: NamedWebhook,
): Promise<Decision<{ readonly webhook: Webhook }, "webhookNotFound" | "webhookDisabled">> {
  const webhook = await lockWebhook(tx, named);
  if (!webhook) return { refused: "webhookNotFound" };
  if (webhook.disabledAt !== null) return { refused: "webhookDisabled" };
  await recordWebhook(tx, context, webhook, webhook);
  return { webhook };
}
