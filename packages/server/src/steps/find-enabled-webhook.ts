import type { Decision } from "#domain/decision.ts";
import type { Db } from "#storage/tables.ts";
import type { Webhook } from "#storage/tables-webhooks.ts";
import { lockWebhook, type NamedWebhook } from "#storage/webhooks.ts";

/** A webhook that something can be sent to, and that nobody disables until the transaction ends. */
export async function findEnabledWebhook(
  tx: Db,
  named: NamedWebhook,
): Promise<Decision<{ readonly webhook: Webhook }, "webhookNotFound" | "webhookDisabled">> {
  const webhook = await lockWebhook(tx, named);
  if (!webhook) return { refused: "webhookNotFound" };
  return webhook.disabledAt === null ? { webhook } : { refused: "webhookDisabled" };
}
