import { useState } from "react";
import { Button } from "@mantine/core";
import { type BulkPlan, bulkIdsAtMost, bulkJobScopes } from "@latchkey/protocol";
import { call } from "#api/call.ts";
import { newKey } from "#api/new-key.ts";
import type { Selection } from "#list/use-selection.ts";
import { confirm } from "#parts/confirm.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import type { BulkDeed } from "./bulk-deed.ts";
import { BulkProgress, type BulkJob } from "./bulk-progress.tsx";
import { countText, type Total } from "./count-text.ts";

const words = texts.bulk;

interface Props {
  readonly applicationId: string;
  readonly selection: Selection;
  readonly deeds: readonly BulkDeed[];
  /** What the filters leave, as a job is told: where everything is chosen, that is what is meant. */
  readonly everything: Pick<BulkPlan, "licenses" | "accounts" | "sessions">;
  readonly shown: number;
  readonly total: Total | undefined;
  readonly onChanged: () => Promise<unknown>;
}

/** What can be done with the chosen rows. It is done by the server, which goes on if this page is closed. */
export function BulkBar(props: Props) {
  const { applicationId, selection, deeds, everything, shown, total, onChanged } = props;
  const [job, setJob] = useState<BulkJob>();
  const may = useMay();
  const isMany = total !== undefined && (total.isMore || total.count > shown);
  const count = selection.isEverything ? countText(total, selection.ids.size) : selection.ids.size.toLocaleString("en");
  const which = (): Partial<BulkPlan> => (selection.isEverything ? everything : { ids: [...selection.ids] });
  const start = async (plan: BulkPlan, reason?: string) => {
    const { output } = await call("startBulkJob", { applicationId, ...plan }, { idempotencyKey: newKey(), reason });
    selection.clear();
    setJob(output.job);
  };
  const ask = async (deed: BulkDeed) => {
    const plan = { kind: deed.kind, ...which() };
    const { output } = await call("previewBulkJob", { applicationId, ...plan });
    const ending = output.sessions.count > 0 ? [words.sessionsEnd(countText(output.sessions, 0))] : [];
    confirm({
      title: deed.title(countText(output.records, 0)),
      consequences: [...deed.consequences, ...ending],
      action: deed.action,
      harmless: deed.harmless ?? false,
      asksReason: true,
      onConfirm: (reason) => start(plan, reason),
    });
  };
  const finish = async (over: BulkJob) => {
    setJob(undefined);
    const undo = deeds.find(({ kind }) => kind === over.kind)?.undo;
    const { ids } = over;
    if (over.failed > 0) toast.failed(words.someFailed(over.failed));
    else
      toast.done(
        words.finished(over.done),
        undo !== undefined && ids && over.done > 0 ? () => start({ kind: undo, ids }) : undefined,
      );
    await onChanged();
  };
  if (job) return <BulkProgress job={job} onOver={(over) => void finish(over)} />;
  if (selection.ids.size === 0) return null;
  return (
    <div className="lk-list-chosen" role="toolbar" aria-label={words.chosen(count)}>
      <strong>{words.chosen(count)}</strong>
      {!selection.isEverything && isMany && selection.ids.size >= shown && (
        <Button size="compact-sm" variant="subtle" onClick={selection.setEverything}>
          {words.everything(countText(total, 0))}
        </Button>
      )}
      {deeds
        .filter(({ kind }) => may(bulkJobScopes[kind]))
        .map((deed) => (
          <Button
            key={deed.kind}
            size="compact-sm"
            variant="default"
            disabled={!selection.isEverything && selection.ids.size > bulkIdsAtMost}
            onClick={() => void ask(deed).catch((error: unknown) => toast.failed(error))}
          >
            {deed.action}
          </Button>
        ))}
      <Button size="compact-sm" variant="subtle" color="gray" onClick={selection.clear}>
        {texts.general.list.clearChosen}
      </Button>
    </div>
  );
}
