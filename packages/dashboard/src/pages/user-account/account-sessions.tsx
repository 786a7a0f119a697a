import { Link } from "wouter";
import { useFollowed } from "#api/use-followed.ts";
import { countText } from "#bulk/count-text.ts";
import { sessionsPath } from "#location/paths.ts";
import { LiveMark } from "#parts/live-mark.tsx";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { Section } from "#parts/section.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";
import { OfAccount } from "../sessions/sessions-of-account.tsx";

const words = texts.accounts.one;
const shownAtMost = 10;

interface Props {
  readonly applicationId: string;
  readonly accountId: string;
}

/** Where it is signed in now, as it changes. */
export function AccountSessions({ applicationId, accountId }: Props) {
  const may = useMay();
  const input = { applicationId, accountId, limit: shownAtMost, count: true };
  const { query, isLive } = useFollowed("findSessions", input, { enabled: may("sessions:read") });
  if (!may("sessions:read")) return null;
  const { sessions, total } = query.data?.output ?? {};
  return (
    <Section title={words.sessions} actions={<LiveMark isLive={isLive} />} flush>
      {!sessions ? (
        query.error ? (
          <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <SkeletonRows rows={2} />
        )
      ) : sessions.length === 0 ? (
        <p className="lk-card-body lk-section-about">{words.noSessions}</p>
      ) : (
        <>
          <OfAccount applicationId={applicationId} sessions={sessions} about={accountId} />
          {total && total.count > sessions.length && (
            <p className="lk-card-body lk-section-about">
              <Link href={sessionsPath(applicationId, { account: accountId })}>{words.more(countText(total, 0))}</Link>
            </p>
          )}
        </>
      )}
    </Section>
  );
}
