import { useAnswer } from "#api/use-answer.ts";
import { countText } from "#bulk/count-text.ts";
import { texts } from "#texts/texts.ts";
import type { SessionFilter } from "./session-filters.ts";

const words = texts.sessions.counts;
/** A stream for each would take connections that other tabs need. */
const lookAgainMs = 3_000;
const counted = { connected: { connected: true }, authorized: { authorized: true }, all: {} } as const;
const names = ["connected", "authorized", "all"] as const;

/** How many sessions there are, whatever the list is filtered by. */
export function SessionCounts({ applicationId }: { readonly applicationId: string }) {
  return (
    <div className="lk-counts">
      {names.map((name) => (
        <Count key={name} applicationId={applicationId} filter={counted[name]} text={words[name]} />
      ))}
    </div>
  );
}

interface Props {
  readonly applicationId: string;
  readonly filter: SessionFilter;
  readonly text: string;
}

function Count({ applicationId, filter, text }: Props) {
  const { data } = useAnswer(
    "findSessions",
    { applicationId, ...filter, limit: 1, count: true },
    { refetchInterval: lookAgainMs },
  );
  const total = data?.output.total;
  return (
    <span>
      <strong className="lk-numbers">{total ? countText(total, 0) : "–"}</strong> {text}
    </span>
  );
}
