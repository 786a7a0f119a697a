import { webhookEventNames, type WebhookEventName, webhookEvents } from "@latchkey/protocol";
import { texts } from "#texts/texts.ts";

const names = texts.webhooks.choice.groups;
type Record = keyof typeof names;

interface EventGroup {
  readonly record: Record;
  readonly events: readonly WebhookEventName[];
}

/** The events that can be chosen, by what they are about. A test is about nothing, and sent to who asks for one. */
export const eventGroups: readonly EventGroup[] = [...new Set(webhookEventNames.map(recordOf))]
  .filter((record) => record !== undefined)
  .map((record) => ({ record, events: webhookEventNames.filter((name) => recordOf(name) === record) }));

/** What an event tells, in words without the signs of a document. */
export function aboutEvent(name: WebhookEventName): string {
  const about = webhookEvents[name].about.replaceAll("`", "");
  return about.slice(0, 1).toUpperCase() + about.slice(1);
}

function recordOf(name: WebhookEventName): Record | undefined {
  const { of } = webhookEvents[name];
  return isRecord(of) ? of : undefined;
}

function isRecord(of: string | undefined): of is Record {
  return of !== undefined && Object.hasOwn(names, of);
}
