import { useDebouncedValue } from "@mantine/hooks";
import type { InputOf } from "@latchkey/protocol";
import { useAnswer } from "#api/use-answer.ts";
import { ProblemLine } from "#parts/problem-line.tsx";
import { Section } from "#parts/section.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { texts } from "#texts/texts.ts";
import { isComplete, type MailWords, wordsOf } from "./mail-words.ts";

const words = texts.mails.preview;
const typingMs = 300;

interface Props extends Pick<InputOf<"previewMailTemplate">, "applicationId" | "kind" | "language"> {
  readonly draft: MailWords;
}

/**
 * The mail as the server would write it. Its other form, as a page, has styles of its own, which the content security
 * policy of the dashboard rightly keeps out of a frame as well: it would be shown as nobody gets it.
 */
export function MailPreview({ applicationId, kind, language, draft }: Props) {
  const [settled] = useDebouncedValue(draft, typingMs);
  const { data, error } = useAnswer(
    "previewMailTemplate",
    { applicationId, kind, language, ...wordsOf(settled) },
    { keepsPrevious: true, enabled: isComplete(settled) },
  );
  return (
    <Section title={words.title} about={words.about} flush>
      {data ? (
        <article aria-label={words.title} lang={language}>
          <div className="lk-letter-subject">{data.output.subject}</div>
          <pre className="lk-letter">{data.output.text}</pre>
        </article>
      ) : (
        error === null && <SkeletonRows />
      )}
      {error !== null && (
        <div className="lk-card-body">
          <ProblemLine error={error} />
        </div>
      )}
    </Section>
  );
}
