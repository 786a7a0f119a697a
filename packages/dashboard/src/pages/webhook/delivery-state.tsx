import type { OutputOf } from "@latchkey/protocol";
import { Mark } from "#parts/mark.tsx";
import { texts } from "#texts/texts.ts";

const words = texts.webhooks.deliveries.states;
export type Delivery = OutputOf<"listWebhookDeliveries">["deliveries"][number];

export function DeliveryState({ delivery: { state, attempts } }: { readonly delivery: Delivery }) {
  if (state === "delivered") return <Mark tone="good" text={words.delivered} />;
  if (state === "failed") return <Mark tone="bad" text={words.failed} />;
  if (attempts > 0) return <Mark tone="warning" text={words.retried} />;
  return <Mark tone="new" text={words.pending} />;
}
