import { Alert, Stack } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useAnswer } from "#api/use-answer.ts";
import { Mark } from "#parts/mark.tsx";
import { Page } from "#parts/page.tsx";
import { ProblemLine } from "#parts/problem-line.tsx";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { texts } from "#texts/texts.ts";
import { HealthFacts } from "./health-facts.tsx";

const words = texts.health;
/** Not followed: its uptime makes every answer another one. */
const lookAgainMs = 5_000;

/** Whether all is well, and what to do where it is not. */
export function HealthPage() {
  const { data, error, refetch } = useAnswer("showSystemHealth", {}, { refetchInterval: lookAgainMs });
  if (!data) {
    return (
      <Page title={words.title} about={words.about}>
        <div className="lk-card">
          {error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <SkeletonRows />}
        </div>
      </Page>
    );
  }
  const { warnings } = data.output;
  const isWell = warnings.length === 0;
  return (
    <Page
      title={words.title}
      mark={<Mark tone={isWell ? "good" : "warning"} text={isWell ? words.good : words.warned(warnings.length)} />}
      about={words.about}
    >
      <Stack gap="lg">
        {/* What is shown below is of before. */}
        <ProblemLine error={error} />
        {warnings.map((warning) => {
          const [title, about] = words.warnings[warning];
          return (
            <Alert
              key={warning}
              color="yellow"
              role="status"
              icon={<IconAlertTriangle size={20} aria-hidden />}
              title={title}
            >
              {about}
            </Alert>
          );
        })}
        <HealthFacts health={data.output} />
      </Stack>
    </Page>
  );
}
