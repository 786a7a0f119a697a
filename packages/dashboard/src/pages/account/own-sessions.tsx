import { Button } from "@mantine/core";
import { useAnswer } from "#api/use-answer.ts";
import { useChange } from "#api/use-change.ts";
import { confirm } from "#parts/confirm.tsx";
import { Instant } from "#parts/instant.tsx";
import { Mark } from "#parts/mark.tsx";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { Section } from "#parts/section.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { toast } from "#parts/toast.tsx";
import { texts } from "#texts/texts.ts";
import { browserOf } from "./browser-of.ts";

const words = texts.account.sessions;
const refreshes = ["listOwnSessions"] as const;

export function OwnSessions() {
  const { data, error, refetch } = useAnswer("listOwnSessions", {});
  const end = useChange("endOwnSession", { refreshes, onDone: () => toast.done(words.ended) });
  const endOthers = useChange("endOwnOtherSessions", {
    refreshes,
    onDone: ({ ended }) => toast.done(words.endedOthers(ended)),
  });
  const sessions = data?.output.sessions ?? [];
  const ask = () =>
    confirm({
      title: words.endOthersTitle,
      consequences: words.endOthersConsequences,
      action: words.endOthers,
      onConfirm: () => endOthers.mutateAsync({ input: {} }),
    });
  const others = sessions.length > 1 && (
    <Button variant="default" onClick={ask}>
      {words.endOthers}
    </Button>
  );
  return (
    <Section title={words.title} about={words.about} actions={others} flush>
      {error ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={2} />
      ) : (
        <ul className="lk-rows">
          {sessions.map(({ id, address, userAgent, lastSeenAt, isCurrent }) => {
            const program = browserOf(userAgent) ?? words.unknown;
            return (
              <li key={id}>
                <div className="lk-what">
                  <strong title={userAgent}>{program}</strong> {words.from(address)}
                  <p>
                    {words.lastSeen} <Instant at={lastSeenAt} />
                  </p>
                </div>
                {isCurrent ? (
                  <Mark tone="good" text={words.current} />
                ) : (
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={words.endLabel(program)}
                    onClick={() =>
                      end.mutate({ input: { sessionId: id } }, { onError: (problem) => toast.failed(problem) })
                    }
                  >
                    {words.end}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
