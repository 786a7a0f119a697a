import type { ReactNode } from "react";
import type { InputOf, RoutedName } from "@latchkey/protocol";
import { Link } from "wouter";
import { useAnswer } from "#api/use-answer.ts";
import { countText, type Total } from "#bulk/count-text.ts";
import { useNow } from "#clock.ts";
import { sessionsPath, within } from "#location/paths.ts";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";

const words = texts.overview.cards;
const soonMs = 3_000;
const laterMs = 30_000;

type Counted = "findSessions" | "listLicenses" | "listAccounts";

/** How many records a list has, without the records. */
function useCount<N extends Counted & RoutedName>(name: N, input: InputOf<N>, enabled: boolean, again: number) {
  const { data } = useAnswer(
    name,
    { ...input, limit: 1, count: true },
    { enabled, refetchInterval: again, keepsPrevious: true },
  );
  return data?.output.total;
}

export function OverviewCards({ applicationId }: { readonly applicationId: string }) {
  const may = useMay();
  const [sessions, licenses, accounts] = [may("sessions:read"), may("licenses:read"), may("accounts:read")];
  const createdFrom = new Date(useNow()).setHours(0, 0, 0, 0);
  const online = useCount("findSessions", { applicationId, connected: true, authorized: true }, sessions, soonMs);
  const connected = useCount("findSessions", { applicationId, connected: true }, sessions, soonMs);
  const allLicenses = useCount("listLicenses", { applicationId }, licenses, laterMs);
  const allAccounts = useCount("listAccounts", { applicationId }, accounts, laterMs);
  const signUps = useCount("listAccounts", { applicationId, createdFrom }, accounts, laterMs);
  const base = within(applicationId);
  return (
    <div className="lk-cards">
      {sessions && (
        <Card
          title={words.online}
          count={online}
          hint={connected && words.onlineHint(countText(connected, 0))}
          to={sessionsPath(applicationId, { authorized: "true", connected: "true" })}
          isLive
        />
      )}
      {licenses && (
        <Card title={words.licenses} count={allLicenses} hint={words.licensesHint} to={`${base}/licenses`} />
      )}
      {accounts && (
        <Card title={words.accounts} count={allAccounts} hint={words.accountsHint} to={`${base}/accounts`} />
      )}
      {accounts && <Card title={words.signUps} count={signUps} hint={words.signUpsHint} to={`${base}/accounts`} />}
    </div>
  );
}

interface CardProps {
  readonly title: string;
  readonly count: Total | undefined;
  readonly hint: ReactNode;
  readonly to: string;
  readonly isLive?: boolean;
}

function Card({ title, count, hint, to, isLive = false }: CardProps) {
  return (
    <Link className="lk-card lk-number-card" href={to}>
      <span className={isLive ? "lk-live" : "lk-quiet lk-small"} {...(isLive && { "data-live": true })}>
        {title}
      </span>
      <strong className="lk-numbers">{count ? countText(count, 0) : "–"}</strong>
      <span className="lk-quiet lk-small lk-numbers">{hint}</span>
    </Link>
  );
}
