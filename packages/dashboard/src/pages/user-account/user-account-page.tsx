import { useParams } from "wouter";
import { useAnswer } from "#api/use-answer.ts";
import { within } from "#location/paths.ts";
import { AccountStatus } from "#parts/account-status.tsx";
import { History } from "#parts/history.tsx";
import { Mark } from "#parts/mark.tsx";
import { Page } from "#parts/page.tsx";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { texts } from "#texts/texts.ts";
import { accountName } from "../accounts/account-name.ts";
import { AccountActions } from "./account-actions.tsx";
import { AccountFacts } from "./account-facts.tsx";
import { AccountLicenses } from "./account-licenses.tsx";
import { AccountProperties } from "./account-properties.tsx";
import { AccountRoles } from "./account-roles.tsx";
import { AccountSessions } from "./account-sessions.tsx";

const words = texts.accounts;

/** One account: what is known about it, where it is signed in, what can be done with it. */
export function UserAccountPage() {
  const { applicationId, accountId } = useParams<{ applicationId: string; accountId: string }>();
  const named = { applicationId, accountId };
  const { data, error, refetch } = useAnswer("showAccount", named);
  const standing = useAnswer("showAccountStanding", named).data?.output;
  const list = { to: `${within(applicationId)}/accounts`, label: words.title };
  if (!data) {
    return (
      <Page title={words.one.facts} back={list}>
        <div className="lk-card">
          {error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <SkeletonRows />}
        </div>
      </Page>
    );
  }
  const { account } = data.output;
  const mark = (
    <>
      <AccountStatus status={account.status} />
      {standing?.blacklistedAt !== undefined && <Mark tone="bad" text={words.one.markBlacklisted} />}
      {standing?.lockedUntil !== undefined && <Mark tone="warning" text={words.one.markLocked} />}
    </>
  );
  return (
    <Page title={accountName(account)} mark={mark} back={list}>
      <div className="lk-columns">
        <div>
          <AccountFacts account={account} standing={standing} />
          <AccountProperties account={account} />
          <AccountSessions {...named} />
          <AccountLicenses {...named} />
          <History of={{ applicationId, record: "account", recordId: accountId }} />
        </div>
        <div>
          <AccountActions applicationId={applicationId} account={account} standing={standing} etag={data.etag} />
          <AccountRoles {...named} given={standing?.roles ?? []} />
        </div>
      </div>
    </Page>
  );
}
