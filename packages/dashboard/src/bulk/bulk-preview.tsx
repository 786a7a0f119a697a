import { useState } from "react";
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useAnswer } from "#api/use-answer.ts";
import { useChange } from "#api/use-change.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { texts } from "#texts/texts.ts";
import type { BulkQuestion } from "./bulk-question.ts";

const words = texts.bulk;
const lookAgainMs = 3_000;

interface Props {
  readonly question: BulkQuestion;
  readonly onStarted: (jobId: string) => void;
  readonly onClose: () => void;
}

/** What it would concern if it began now, looked at again while one thinks about it. */
export function BulkPreview({ question, onStarted, onClose }: Props) {
  const { input, title, consequences, action, harmless = false, isForever = false } = question;
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const preview = useAnswer("previewBulkJob", input, { refetchInterval: lookAgainMs });
  const start = useChange("startBulkJob", { onDone: ({ job }) => onStarted(job.id) });
  if (!preview.data) return preview.error ? <ProblemLine error={preview.error} /> : <SkeletonRows rows={3} />;
  const { records, sessions } = preview.data.output;
  const isSure = !isForever || typed.replace(/\D/g, "") === String(records.count);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isSure) start.mutate({ input, reason: reason.trim() || undefined });
      }}
    >
      <Stack>
        <Text fw={600}>{title(records)}</Text>
        <ul className="lk-consequences">
          {consequences(records, sessions).map((consequence) => (
            <li key={consequence}>{consequence}</li>
          ))}
        </ul>
        <TextInput
          label={texts.general.reason}
          placeholder={texts.general.reasonHint}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {isForever && records.count > 0 && (
          <TextInput
            label={words.typeCount(records.count.toLocaleString("en"))}
            autoComplete="off"
            inputMode="numeric"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <ProblemLine error={start.error ?? preview.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {texts.general.cancel}
          </Button>
          <Button
            type="submit"
            loading={start.isPending}
            disabled={!isSure || records.count === 0}
            {...(!harmless && { color: "red" })}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
