import { Stack, TextInput } from "@mantine/core";
import { texts } from "#texts/texts.ts";
import { type EventTypes, EventTypesField } from "./event-types-field.tsx";

const words = texts.webhooks;
const example = "https://example.com/hooks/latchkey";

export interface WebhookDraft {
  readonly url: string;
  readonly description: string;
  readonly eventTypes: EventTypes;
}

interface Props {
  readonly draft: WebhookDraft;
  readonly onChange: (draft: WebhookDraft) => void;
}

export function isComplete({ url, eventTypes }: WebhookDraft): boolean {
  return url.trim() !== "" && eventTypes.length > 0;
}

/** Where it is sent, and what. */
export function WebhookFields({ draft, onChange }: Props) {
  return (
    <Stack>
      <TextInput
        type="url"
        label={words.url}
        description={words.urlHint}
        placeholder={example}
        autoComplete="off"
        required
        withAsterisk={false}
        data-autofocus
        value={draft.url}
        onChange={(event) => onChange({ ...draft, url: event.currentTarget.value })}
      />
      <TextInput
        label={words.description}
        placeholder={texts.general.optional}
        description={words.descriptionHint}
        maxLength={500}
        value={draft.description}
        onChange={(event) => onChange({ ...draft, description: event.currentTarget.value })}
      />
      <EventTypesField value={draft.eventTypes} onChange={(eventTypes) => onChange({ ...draft, eventTypes })} />
    </Stack>
  );
}
