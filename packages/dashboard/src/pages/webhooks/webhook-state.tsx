import type { OutputOf } from "@latchkey/protocol";
import { Mark } from "#parts/mark.tsx";
import { texts } from "#texts/texts.ts";

const words = texts.webhooks.states;
export type Webhook = OutputOf<"showWebhook">["webhook"];

export function WebhookState({ webhook: { state, firstFailedAt } }: { readonly webhook: Webhook }) {
  if (state === "disabled") return <Mark tone="quiet" text={words.disabled} />;
  if (firstFailedAt !== undefined) return <Mark tone="warning" text={words.failing} />;
  return <Mark tone="good" text={words.enabled} />;
}
