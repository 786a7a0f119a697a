import type { WebhookDisabling, WebhookEventName } from "@latchkey/protocol";
import type { Selectable } from "kysely";

/** Where a vendor's own program is told what happens in an application. */
interface WebhookTable {
  id: string;
  applicationId: string;
  url: string;
  /** JSON of their names; `null`: all. */
  eventTypes: string | null;
  description: string | null;
  sealedSecret: string;
  /** The one before, which signs too until then. */
  previousSealedSecret: string | null;
  previousSecretUntil: number | null;
  createdAt: number;
  /** It is told what the audit log has after this place, where that ended when it was last enabled. */
  afterPosition: number;
  disabledAt: number | null;
  disabledBecause: WebhookDisabling | null;
  /** Of the failures since the last success, the first. */
  firstFailedAt: number | null;
  /** Somebody delivers to it until then; names who does. Of those that wait, the lowest has waited longest. */
  claimedUntil: number;
}

/** An event on its way to one webhook, kept for a while after its end. */
interface WebhookDeliveryTable {
  /** The receiver knows it by this, whenever and however often it is sent. */
  id: string;
  webhookId: string;
  /** Of the entry of the audit log that it tells of; `null`: it is a test. */
  position: number | null;
  type: WebhookEventName;
  /** The very text that is sent. */
  body: string;
  createdAt: number;
  state: "pending" | "delivered" | "failed";
  /** Of a pending one: when it is to be tried. */
  dueAt: number | null;
  /** Begun so far; names the latest one. */
  attempts: number;
  /** Those that had been begun when it was last replayed. */
  attemptsBefore: number;
}

/** What an attempt came to: a status, or what went wrong in words, or both. One that nobody ended has none. */
interface WebhookAttemptTable {
  deliveryId: string;
  number: number;
  at: number;
  durationMs: number;
  status: number | null;
  /** How the answer began. */
  answer: string | null;
  error: string | null;
}

/** One row: up to where the audit log has become deliveries. */
interface WebhookCursorTable {
  id: number;
  position: number;
}

export interface WebhookTables {
  webhook: WebhookTable;
  webhookDelivery: WebhookDeliveryTable;
  webhookAttempt: WebhookAttemptTable;
  webhookCursor: WebhookCursorTable;
}

export type Webhook = Selectable<WebhookTable>;
export type WebhookDelivery = Selectable<WebhookDeliveryTable>;
export type WebhookAttempt = Selectable<WebhookAttemptTable>;
