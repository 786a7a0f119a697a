import { Checkbox, Radio, Stack } from "@mantine/core";
import type { InputOf, WebhookEventName } from "@latchkey/protocol";
import { texts } from "#texts/texts.ts";
import { aboutEvent, eventGroups } from "./event-groups.ts";

const words = texts.webhooks.choice;
export type EventTypes = NonNullable<InputOf<"createWebhook">["eventTypes"]>;

interface Props {
  readonly value: EventTypes;
  readonly onChange: (value: EventTypes) => void;
}

/** Which events are told: all, or those that are chosen. */
export function EventTypesField({ value, onChange }: Props) {
  const chosen = new Set(value === "all" ? [] : value);
  const choose = (events: readonly WebhookEventName[], isChosen: boolean) => {
    const changed = new Set(events);
    onChange([...(isChosen ? chosen.union(changed) : chosen.difference(changed))]);
  };
  return (
    <Stack gap="sm">
      <Radio.Group
        label={texts.webhooks.events}
        value={value === "all" ? "all" : "some"}
        onChange={(which) => onChange(which === "all" ? "all" : [])}
      >
        <Stack gap="xs" mt={6}>
          <Radio value="all" label={words.all} description={words.allHint} />
          <Radio
            value="some"
            label={words.some}
            {...(value !== "all" && { description: words.someHint(chosen.size) })}
          />
        </Stack>
      </Radio.Group>
      {value !== "all" && (
        <div className="lk-events">
          {eventGroups.map(({ record, events }) => {
            const here = events.filter((event) => chosen.has(event)).length;
            const name = words.group(words.groups[record]);
            return (
              <fieldset key={record} className="lk-plain">
                <Checkbox
                  label={<strong>{name}</strong>}
                  checked={here === events.length}
                  indeterminate={here > 0 && here < events.length}
                  onChange={(event) => choose(events, event.currentTarget.checked)}
                />
                {events.map((event) => (
                  <Checkbox
                    key={event}
                    label={<span className="lk-key">{event}</span>}
                    description={aboutEvent(event)}
                    checked={chosen.has(event)}
                    onChange={({ currentTarget }) => choose([event], currentTarget.checked)}
                  />
                ))}
              </fieldset>
            );
          })}
        </div>
      )}
    </Stack>
  );
}
