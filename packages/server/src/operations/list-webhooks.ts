import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { webhookOutput } from "#domain/webhook-output.ts";
import { findApplication } from "#storage/applications.ts";
import { listWebhooks as list } from "#storage/webhooks.ts";

export async function listWebhooks(
  { db, now }: Context,
  _: CallerOf<"listWebhooks">,
  { applicationId }: InputOf<"listWebhooks">,
): Promise<Answer<"listWebhooks">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const webhooks = await list(db, application.id);
  return done({ webhooks: webhooks.map((webhook) => webhookOutput(webhook, now)) });
}
