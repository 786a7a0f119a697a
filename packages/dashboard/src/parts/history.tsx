import { Timeline } from "@mantine/core";
import type { InputOf, OutputOf } from "@latchkey/protocol";
import { useAnswer } from "#api/use-answer.ts";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { Instant } from "./instant.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { Section } from "./section.tsx";
import { SkeletonRows } from "./skeleton-rows.tsx";
import { spokenAction } from "./spoken-action.ts";

const words = texts.history;
const shownAtMost = 20;

type Entry = OutputOf<"listAudit">["entries"][number];

/** What has happened to a record, for who may read the audit log. */
export function History({ of }: { readonly of: Pick<InputOf<"listAudit">, "applicationId" | "record" | "recordId"> }) {
  const mayRead = useMay()("audit:read");
  const { data, error, refetch } = useAnswer("listAudit", { ...of, limit: shownAtMost }, { enabled: mayRead });
  if (!mayRead) return null;
  return (
    <Section title={words.title}>
      {error ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={3} />
      ) : data.output.entries.length === 0 ? (
        <p className="lk-section-about">{words.empty}</p>
      ) : (
        <Timeline bulletSize={12} lineWidth={2} active={-1}>
          {data.output.entries.map((entry) => (
            <Timeline.Item key={entry.id} title={words.actions[entry.action] ?? spokenAction(entry.action)}>
              <div className="lk-section-about">
                {words.by(whoOf(entry))} · <Instant at={entry.at} />
              </div>
              {entry.reason !== undefined && <div className="lk-section-about">{words.because(entry.reason)}</div>}
            </Timeline.Item>
          ))}
        </Timeline>
      )}
    </Section>
  );
}

function whoOf({ actor }: Entry): string {
  return actor.name ?? words.actors[actor.kind];
}
