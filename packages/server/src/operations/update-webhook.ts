import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { typesText } from "#domain/webhook-event.ts";
import { webhookOutput } from "#domain/webhook-output.ts";
import { isWebhookUrl } from "#domain/webhook-target.ts";
import { readAuditHead } from "#storage/audit.ts";
import type { Db } from "#storage/tables.ts";
import type { Webhook } from "#storage/tables-webhooks.ts";
import { transact } from "#storage/transaction.ts";
import { changeWebhook, lockWebhook } from "#storage/webhooks.ts";
import { isStale } from "#steps/is-stale.ts";
import { recordWebhook } from "#steps/record-webhook.ts";

export async function updateWebhook(
  context: Context,
  _: CallerOf<"updateWebhook">,
  { url, eventTypes, description, state, ...named }: InputOf<"updateWebhook">,
): Promise<Answer<"updateWebhook">> {
  const { db, now, config, webhookSender } = context;
  if (url !== undefined && !isWebhookUrl(url, config.webhookAllowedNetworks)) return refuse("webhookUrlInvalid");
  const changed = await transact(db, async (tx) => {
    const before = await lockWebhook(tx, named);
    if (!before) return { refused: "webhookNotFound" } as const;
    if (isStale(context, { webhook: webhookOutput(before, now) })) return { refused: "changedMeanwhile" } as const;
    const webhook = await changeWebhook(tx, before.id, {
      ...(url !== undefined && { url }),
      ...(eventTypes !== undefined && { eventTypes: typesText(eventTypes) }),
      ...(description !== undefined && { description: description === "" ? null : description }),
      ...(state === "enabled" && before.disabledAt !== null && (await enabled(tx))),
      ...(state === "disabled" && before.disabledAt === null && disabled(now)),
    });
    await recordWebhook(tx, context, before, webhook);
    return { webhook };
  });
  if (changed.refused) return refuse(changed.refused);
  webhookSender.wake();
  return done({ webhook: webhookOutput(changed.webhook, now) });
}

/** What happened while it was disabled it is not told. */
async function enabled(tx: Db): Promise<Partial<Webhook>> {
  const { position: afterPosition } = await readAuditHead(tx);
  return { disabledAt: null, disabledBecause: null, firstFailedAt: null, afterPosition };
}

function disabled(now: number): Partial<Webhook> {
  return { disabledAt: now, disabledBecause: "operator" };
}
