import { Stack, Text, Textarea, TextInput } from "@mantine/core";
import { texts } from "#texts/texts.ts";
import type { MailWords } from "./mail-words.ts";

const words = texts.mails.fields;
const saidAtMost = 2_000;
const plain = { required: true, withAsterisk: false } as const;

interface Props {
  readonly draft: MailWords;
  readonly onChange: (draft: MailWords) => void;
}

/** What a mail says around its link. */
export function MailFields({ draft, onChange }: Props) {
  const long = (name: "text" | "validity" | "otherwise", minRows: number) => (
    <Textarea
      {...plain}
      label={words[name]}
      autosize
      minRows={minRows}
      maxRows={12}
      maxLength={saidAtMost}
      value={draft[name]}
      onChange={(event) => onChange({ ...draft, [name]: event.currentTarget.value })}
    />
  );
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {words.about}
      </Text>
      <TextInput
        {...plain}
        label={words.subject}
        maxLength={200}
        value={draft.subject}
        onChange={(event) => onChange({ ...draft, subject: event.currentTarget.value })}
      />
      {long("text", 3)}
      <TextInput
        {...plain}
        label={words.action}
        description={words.actionHint}
        maxLength={100}
        value={draft.action}
        onChange={(event) => onChange({ ...draft, action: event.currentTarget.value })}
      />
      {long("validity", 2)}
      {long("otherwise", 2)}
    </Stack>
  );
}
