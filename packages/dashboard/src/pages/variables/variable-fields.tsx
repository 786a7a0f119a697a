import { Stack, Switch, Textarea } from "@mantine/core";
import { codePoints, limits } from "@latchkey/protocol";
import { texts } from "#texts/texts.ts";
import type { Variable } from "./variable.ts";

const words = texts.variables;
export type VariableDraft = Pick<Variable, "content" | "public">;

interface Props {
  readonly draft: VariableDraft;
  readonly onChange: (draft: VariableDraft) => void;
}

export function isTooLong({ content }: VariableDraft): boolean {
  return codePoints(content) > limits.variableContent.max;
}

/** What a variable says, and to whom. */
export function VariableFields({ draft, onChange }: Props) {
  const length = words.edit.characters(codePoints(draft.content), limits.variableContent.max);
  return (
    <Stack>
      <Textarea
        label={words.content}
        description={length}
        inputWrapperOrder={["label", "input", "description", "error"]}
        error={isTooLong(draft) && length}
        autosize
        minRows={4}
        maxRows={16}
        spellCheck={false}
        data-autofocus
        classNames={{ input: "lk-key" }}
        value={draft.content}
        onChange={(event) => onChange({ ...draft, content: event.currentTarget.value })}
      />
      <Switch
        label={words.public}
        description={draft.public ? words.publicHint : words.protectedHint}
        checked={draft.public}
        onChange={(event) => onChange({ ...draft, public: event.currentTarget.checked })}
      />
    </Stack>
  );
}
