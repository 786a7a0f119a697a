import { Alert, Button, Group, Stack, Title } from "@mantine/core";
import { IconGitCompare } from "@tabler/icons-react";
import { Mark } from "#parts/mark.tsx";
import { texts } from "#texts/texts.ts";
import type { VariableDraft } from "./variable-fields.tsx";

const words = texts.variables.conflict;

interface Props {
  readonly mine: VariableDraft;
  /** Absent: it was deleted. */
  readonly theirs: VariableDraft | undefined;
  readonly isRunning: boolean;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}

/** Both beside each other, and the choice. */
export function VariableConflict({ mine, theirs, isRunning, onKeepMine, onTakeTheirs }: Props) {
  return (
    <Stack>
      <Alert color="yellow" role="alert" title={words.title} icon={<IconGitCompare size={18} aria-hidden />}>
        {theirs ? words.about : words.gone}
      </Alert>
      <div className="lk-compare">
        {theirs && <Side title={words.theirs} draft={theirs} />}
        <Side title={words.mine} draft={mine} />
      </div>
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={onTakeTheirs}>
          {theirs ? words.takeTheirs : texts.general.cancel}
        </Button>
        <Button loading={isRunning} onClick={onKeepMine}>
          {theirs ? words.keepMine : words.createAgain}
        </Button>
      </Group>
    </Stack>
  );
}

function Side({ title, draft }: { readonly title: string; readonly draft: VariableDraft }) {
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb={4}>
        <Title order={3}>{title}</Title>
        <Mark
          tone={draft.public ? "new" : "quiet"}
          text={draft.public ? texts.variables.public : texts.variables.protected}
        />
      </Group>
      <pre className="lk-compared" tabIndex={0}>
        {draft.content}
      </pre>
    </section>
  );
}
