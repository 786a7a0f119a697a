import * as v from "valibot";
import { webhookEventNames } from "../management/webhook-events.ts";
import { operation } from "../operation.ts";
import { nextCursor, page } from "../page.ts";
import { count, text } from "../text.ts";

/** `operator`: somebody wanted it; `gone`: its address answered 410; `failing`: for days it took nothing. */
const webhookDisablings = ["operator", "gone", "failing"] as const;
export type WebhookDisabling = (typeof webhookDisablings)[number];

export const deliveryStates = ["pending", "delivered", "failed"] as const;

/** An application has no more of them. */
export const webhooksAtMost = 20;

const eventName = v.picklist(webhookEventNames);
const eventTypes = v.union([v.literal("all"), v.pipe(v.array(eventName), v.minLength(1), v.maxLength(100))]);
const description = v.pipe(text, v.maxLength(500));

/** A webhook as its operator sees it; never with its secret. */
const webhookShape = v.object({
  id: text,
  applicationId: text,
  url: text,
  eventTypes,
  description: v.exactOptional(text),
  state: v.picklist(["enabled", "disabled"]),
  disabledBecause: v.exactOptional(v.picklist(webhookDisablings)),
  disabledAt: v.exactOptional(count),
  /** Of the failures since the last success, the first. */
  firstFailedAt: v.exactOptional(count),
  createdAt: count,
  /** Until then the secret before this one signs, too. */
  previousSecretUntil: v.exactOptional(count),
});

/** One event on its way to a webhook. */
const deliveryShape = v.object({
  /** The header `webhook-id` of every attempt. */
  id: text,
  type: eventName,
  state: v.picklist(deliveryStates),
  createdAt: count,
  /** Of a pending one: when it is tried next. */
  dueAt: v.exactOptional(count),
  attempts: count,
  /** Of the last attempt that has ended. */
  lastStatus: v.exactOptional(count),
  lastError: v.exactOptional(text),
});

/** A status, or in words what went wrong, or both. */
const attemptShape = v.object({
  number: count,
  at: count,
  durationMs: count,
  status: v.exactOptional(count),
  /** The first kilobyte. */
  answer: v.exactOptional(text),
  error: v.exactOptional(text),
});

const ofApplication = v.object({ applicationId: text });
const named = v.object({ applicationId: text, webhookId: text });
const namedDelivery = v.object({ ...named.entries, deliveryId: text });
const shown = v.object({ webhook: webhookShape });

export const webhook = {
  /** Makes a webhook, which is told what happens from now on, and shows the secret that its messages are signed with. */
  createWebhook: operation({
    route: "POST /manage/v1/applications/{applicationId}/webhooks",
    gate: "webhooks:create",
    input: v.object({
      ...ofApplication.entries,
      url: text,
      eventTypes: v.exactOptional(eventTypes),
      description: v.exactOptional(description),
    }),
    output: v.object({ webhook: webhookShape, secret: text }),
    refuses: ["applicationNotFound", "webhookUrlInvalid", "tooManyWebhooks"],
  }),

  listWebhooks: operation({
    route: "GET /manage/v1/applications/{applicationId}/webhooks",
    gate: "webhooks:read",
    input: ofApplication,
    output: v.object({ webhooks: v.array(webhookShape) }),
    refuses: ["applicationNotFound"],
  }),

  showWebhook: operation({
    route: "GET /manage/v1/applications/{applicationId}/webhooks/{webhookId}",
    gate: "webhooks:read",
    input: named,
    output: shown,
    refuses: ["webhookNotFound"],
  }),

  /** Changes what is given. One that is enabled again is told what happens from then on, and what waited for it. */
  updateWebhook: operation({
    route: "PATCH /manage/v1/applications/{applicationId}/webhooks/{webhookId}",
    gate: "webhooks:update",
    conditional: true,
    input: v.object({
      ...named.entries,
      url: v.exactOptional(text),
      eventTypes: v.exactOptional(eventTypes),
      description: v.exactOptional(description),
      state: v.exactOptional(v.picklist(["enabled", "disabled"])),
    }),
    output: shown,
    refuses: ["webhookNotFound", "webhookUrlInvalid", "changedMeanwhile"],
  }),

  deleteWebhook: operation({
    route: "DELETE /manage/v1/applications/{applicationId}/webhooks/{webhookId}",
    gate: "webhooks:delete",
    input: named,
    output: v.object({}),
    refuses: ["webhookNotFound"],
  }),

  revealWebhookSecret: operation({
    route: "POST /manage/v1/applications/{applicationId}/webhooks/{webhookId}/reveal-secret",
    gate: "webhooks:update",
    input: named,
    output: v.object({ secret: text }),
    refuses: ["webhookNotFound"],
  }),

  /** Makes a new secret. For a day messages are signed with the one before, too. */
  rotateWebhookSecret: operation({
    route: "POST /manage/v1/applications/{applicationId}/webhooks/{webhookId}/rotate-secret",
    gate: "webhooks:update",
    input: named,
    output: v.object({ webhook: webhookShape, secret: text }),
    refuses: ["webhookNotFound"],
  }),

  /** Sends an event that says nothing but that it is a test. */
  testWebhook: operation({
    route: "POST /manage/v1/applications/{applicationId}/webhooks/{webhookId}/test",
    gate: "webhooks:update",
    input: named,
    output: v.object({ delivery: deliveryShape }),
    refuses: ["webhookNotFound", "webhookDisabled"],
  }),

  /** The newest first. */
  listWebhookDeliveries: operation({
    route: "GET /manage/v1/applications/{applicationId}/webhooks/{webhookId}/deliveries",
    gate: "webhooks:read",
    input: v.object({
      ...named.entries,
      state: v.exactOptional(v.picklist(deliveryStates)),
      type: v.exactOptional(eventName),
      ...page,
    }),
    output: v.object({ deliveries: v.array(deliveryShape), nextCursor }),
    refuses: ["webhookNotFound"],
  }),

  /** With what is sent, and each attempt that has ended. */
  showWebhookDelivery: operation({
    route: "GET /manage/v1/applications/{applicationId}/webhooks/{webhookId}/deliveries/{deliveryId}",
    gate: "webhooks:read",
    input: namedDelivery,
    output: v.object({ delivery: deliveryShape, body: text, attempts: v.array(attemptShape) }),
    refuses: ["webhookDeliveryNotFound"],
  }),

  /** Sends it again at once, whatever has become of it, and as often as a new one if need be. */
  replayWebhookDelivery: operation({
    route: "POST /manage/v1/applications/{applicationId}/webhooks/{webhookId}/deliveries/{deliveryId}/replay",
    gate: "webhooks:update",
    input: namedDelivery,
    output: v.object({ delivery: deliveryShape }),
    refuses: ["webhookNotFound", "webhookDisabled", "webhookDeliveryNotFound"],
  }),

  /** The same for all that have failed of the events since an instant. */
  replayFailedDeliveries: operation({
    route: "POST /manage/v1/applications/{applicationId}/webhooks/{webhookId}/replay-failed",
    gate: "webhooks:update",
    input: v.object({ ...named.entries, since: count }),
    output: v.object({ replayed: count }),
    refuses: ["webhookNotFound", "webhookDisabled"],
  }),
};
