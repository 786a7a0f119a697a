import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { webhookOutput } from "#domain/webhook-output.ts";
import { findWebhook } from "#storage/webhooks.ts";

export async function showWebhook(
  { db, now }: Context,
  _: CallerOf<"showWebhook">,
  named: InputOf<"showWebhook">,
): Promise<Answer<"showWebhook">> {
  const webhook = await findWebhook(db, named);
  return webhook ? done({ webhook: webhookOutput(webhook, now) }) : refuse("webhookNotFound");
}
