import { useEffect, useRef } from "react";
import { Button, Progress } from "@mantine/core";
import type { OutputOf } from "@latchkey/protocol";
import { useChange } from "#api/use-change.ts";
import { useFollowed } from "#api/use-followed.ts";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { countText } from "./count-text.ts";

export type BulkJob = OutputOf<"showBulkJob">["job"];

const words = texts.bulk;

interface Props {
  /** As it was begun. */
  readonly job: BulkJob;
  readonly onOver: (job: BulkJob) => void;
}

/** How far a job has come. */
export function BulkProgress({ job, onOver }: Props) {
  const { applicationId, id: jobId } = job;
  const { query: followed } = useFollowed("showBulkJob", { applicationId, jobId });
  const cancel = useChange("cancelBulkJob");
  const now = followed.data?.output.job ?? job;
  const treated = now.done + now.unchanged + now.failed;
  const wasTold = useRef(false);
  useEffect(() => {
    if (now.state === "running" || wasTold.current) return;
    wasTold.current = true;
    onOver(now);
  }, [now, onOver]);
  return (
    <div className="lk-list-chosen" role="status">
      <span className="lk-numbers">{words.running(treated.toLocaleString("en"), countText(now.records, 0))}</span>
      <Progress
        flex={1}
        miw="8rem"
        value={(100 * treated) / Math.max(1, now.records.count)}
        aria-label={words.progress}
      />
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        loading={cancel.isPending}
        onClick={() => cancel.mutate({ input: { applicationId, jobId } }, { onError: (error) => toast.failed(error) })}
      >
        {words.cancel}
      </Button>
    </div>
  );
}
