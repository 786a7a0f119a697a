import { webhookOutput } from "#domain/webhook-output.ts";
import type { Db } from "#storage/tables.ts";
import type { Webhook } from "#storage/tables-webhooks.ts";
import { recordAudit, type Recording } from "./record-audit.ts";

/** Puts what becomes of a webhook into the audit log; `undefined`: it is not there yet, or not any more. */
export async function recordWebhook(
  tx: Db,
  context: Recording,
  before: Webhook | undefined,
  after: Webhook | undefined,
): Promise<void> {
  const webhook = after ?? before;
  if (!webhook) return;
  const { id, applicationId } = webhook;
  const shown = (state: Webhook) => webhookOutput(state, context.now);
  const isRotated = before && after && before.sealedSecret !== after.sealedSecret;
  await recordAudit(tx, context, {
    record: "webhook",
    id,
    applicationId,
    before: before && shown(before),
    after: after && { ...shown(after), ...(isRotated && { secret: "changed" }) },
  });
}
