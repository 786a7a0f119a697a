import { lazy, Suspense } from "react";
import { useParams } from "wouter";
import { useAnswer } from "#api/use-answer.ts";
import { Mark } from "#parts/mark.tsx";
import { Page } from "#parts/page.tsx";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { Section } from "#parts/section.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { ConnectProgram } from "./connect-program.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { LicenseStates } from "./license-states.tsx";
import { OverviewCards } from "./overview-cards.tsx";

const words = texts.overview;
const OverviewCharts = lazy(async () => ({ default: (await import("./overview-charts.tsx")).OverviewCharts }));

/** The start page of an application: how it is now, and how it came to that. */
export function OverviewPage() {
  const { applicationId } = useParams<{ applicationId: string }>();
  const may = useMay();
  const { data, error, refetch } = useAnswer("showApplication", { applicationId });
  const isUsed = useIsUsed(applicationId);
  if (error && !data) {
    return (
      <Page title={words.title}>
        <div className="lk-card">
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        </div>
      </Page>
    );
  }
  const { name, pausedAt } = data?.output.application ?? {};
  return (
    <Page
      title={name ?? words.title}
      mark={pausedAt !== undefined && <Mark tone="warning" text={texts.applications.paused} />}
    >
      <div className="lk-overview">
        {isUsed === false && <FirstSteps applicationId={applicationId} />}
        <OverviewCards applicationId={applicationId} />
        {may("metrics:read") && isUsed !== false && (
          <Suspense fallback={<SkeletonRows />}>
            <OverviewCharts applicationId={applicationId} />
          </Suspense>
        )}
        <LicenseStates applicationId={applicationId} />
        {isUsed && (
          <Section title={words.connect.title} about={words.connect.about}>
            <ConnectProgram applicationId={applicationId} />
          </Section>
        )}
      </div>
    </Page>
  );
}

/** Whether somebody has connected or signed up yet; `undefined`: that is not known. */
function useIsUsed(applicationId: string): boolean | undefined {
  const may = useMay();
  const [accountsRead, sessionsRead, licensesRead] = [may("accounts:read"), may("sessions:read"), may("licenses:read")];
  const one = { applicationId, limit: 1 };
  const accounts = useAnswer("listAccounts", one, { enabled: accountsRead }).data?.output.accounts;
  const sessions = useAnswer("findSessions", one, { enabled: sessionsRead }).data?.output.sessions;
  const licenses = useAnswer("listLicenses", { ...one, state: "activated" }, { enabled: licensesRead }).data?.output
    .licenses;
  const known = [accounts, sessions, licenses];
  if (known.some((records) => records !== undefined && records.length > 0)) return true;
  return known.every((records) => records !== undefined) ? false : undefined;
}
