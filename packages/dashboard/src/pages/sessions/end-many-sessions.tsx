import { Button } from "@mantine/core";
import type { BulkQuestion } from "#bulk/bulk-question.ts";
import { askBulk } from "#bulk/ask-bulk.ts";
import { countText } from "#parts/count-text.ts";
import { texts } from "#texts/texts.ts";
import type { SessionFilter } from "./session-filters.ts";
import { sessionAnswers } from "./use-end-session.ts";

const words = texts.sessions.endMany;

interface Props {
  readonly applicationId: string;
  /** Those that are chosen, or those that a filter finds. */
  readonly which: { readonly ids: string[] } | { readonly sessions: SessionFilter };
  readonly label: string;
  readonly onStarted?: () => void;
}

export function EndManySessions({ applicationId, which, label, onStarted }: Props) {
  const question: BulkQuestion = {
    input: { applicationId, kind: "endSessions", ...which },
    title: (records) => (records.count === 1 ? words.titleOne : words.title(countText(records))),
    consequences: (_, sessions) => words.consequences(countText(sessions), sessions.count === 1),
    action: label,
    done: words.done,
    refreshes: sessionAnswers,
    onStarted,
  };
  return (
    <Button size="compact-sm" variant="default" onClick={() => askBulk(question)}>
      {label}
    </Button>
  );
}
