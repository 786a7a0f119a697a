import type { OutputOf } from "@latchkey/protocol";
import type { WebhookAttempt, WebhookDelivery } from "#storage/tables-webhooks.ts";

export type NewDelivery = Pick<WebhookDelivery, "id" | "webhookId" | "position" | "type" | "body">;

/** One that is due at once. */
export function newDelivery(given: NewDelivery, now: number): WebhookDelivery {
  return { ...given, createdAt: now, state: "pending", dueAt: now, attempts: 0, attemptsBefore: 0 };
}

/** A delivery as its operator sees it, with what its last attempt came to. */
export function deliveryOutput(
  delivery: WebhookDelivery & Partial<Pick<WebhookAttempt, "status" | "error">>,
): OutputOf<"testWebhook">["delivery"] {
  const { id, type, state, createdAt, dueAt, attempts, status = null, error = null } = delivery;
  return {
    ...{ id, type, state, createdAt, attempts },
    ...(dueAt !== null && { dueAt }),
    ...(status !== null && { lastStatus: status }),
    ...(error !== null && { lastError: error }),
  };
}

export function attemptOutput(attempt: WebhookAttempt): OutputOf<"showWebhookDelivery">["attempts"][number] {
  const { number, at, durationMs, status, answer, error } = attempt;
  return {
    ...{ number, at, durationMs },
    ...(status !== null && { status }),
    ...(answer !== null && { answer }),
    ...(error !== null && { error }),
  };
}
