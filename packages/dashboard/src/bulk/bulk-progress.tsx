import { useEffect } from "react";
import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import type { OutputOf } from "@latchkey/protocol";
import { useQueryClient } from "@tanstack/react-query";
import { useChange } from "#api/use-change.ts";
import { useFollowed } from "#api/use-followed.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { texts } from "#texts/texts.ts";
import type { BulkQuestion } from "./bulk-question.ts";

const words = texts.bulk;
type Job = OutputOf<"showBulkJob">["job"];

interface Props {
  readonly question: BulkQuestion;
  readonly jobId: string;
  readonly onClose: () => void;
}

/** How far it is. It goes on by itself, also when this is closed. */
export function BulkProgress({ question, jobId, onClose }: Props) {
  const { input, action, done, refreshes } = question;
  const named = { applicationId: input.applicationId, jobId };
  const { query } = useFollowed("showBulkJob", named);
  const cancel = useChange("cancelBulkJob", { refreshes: ["showBulkJob"] });
  const queryClient = useQueryClient();
  const job = query.data?.output.job;
  const isOver = job !== undefined && job.state !== "running";
  useEffect(() => {
    if (isOver) for (const name of refreshes) void queryClient.invalidateQueries({ queryKey: [name] });
  }, [isOver, refreshes, queryClient]);
  if (!job) return query.error ? <ProblemLine error={query.error} /> : <SkeletonRows rows={2} />;
  return (
    <Stack>
      <Progress value={shareOf(job)} size="lg" animated={!isOver} aria-label={action} />
      <Text size="sm" role="status" className="lk-numbers">
        {job.state === "finished"
          ? done(job.done)
          : job.state === "cancelled"
            ? words.cancelled(job.done)
            : words.running(job.done + job.unchanged + job.failed, job.records.count)}
      </Text>
      {(job.unchanged > 0 || job.failed > 0) && (
        <Text size="sm" c={job.failed > 0 ? "red" : "dimmed"}>
          {words.others(job.unchanged, job.failed)}
        </Text>
      )}
      <ProblemLine error={cancel.error} />
      <Group justify="flex-end">
        {!isOver && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ input: named })}>
            {words.cancel}
          </Button>
        )}
        <Button onClick={onClose}>{isOver ? texts.general.done : words.goOn}</Button>
      </Group>
    </Stack>
  );
}

function shareOf({ state, done, unchanged, failed, records }: Job): number {
  if (state === "finished") return 100;
  return Math.min(100, (100 * (done + unchanged + failed)) / Math.max(1, records.count));
}
