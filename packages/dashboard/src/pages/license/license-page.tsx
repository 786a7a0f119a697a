import { useParams } from "wouter";
import { useAnswer } from "#api/use-answer.ts";
import { History } from "#parts/history.tsx";
import { LicenseState } from "#parts/license-state.tsx";
import { Page } from "#parts/page.tsx";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { CopyButton } from "#parts/copy-button.tsx";
import { texts } from "#texts/texts.ts";
import { LicenseActions } from "./license-actions.tsx";
import { LicenseFacts } from "./license-facts.tsx";

/** One license: what it is, what can be done with it, what has happened to it. */
export function LicensePage() {
  const { applicationId, license: id } = useParams<{ applicationId: string; license: string }>();
  const { data, error, refetch } = useAnswer("showLicense", { applicationId, license: id });
  const list = { to: `/applications/${encodeURIComponent(applicationId)}/licenses`, label: texts.licenses.title };
  if (!data) {
    return (
      <Page title={texts.licenses.one.facts} back={list}>
        <div className="lk-card">
          {error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <SkeletonRows />}
        </div>
      </Page>
    );
  }
  const { license } = data.output;
  const mark = (
    <>
      <CopyButton text={license.license} what={license.license} />
      <LicenseState state={license.state} />
    </>
  );
  return (
    <Page title={license.license} isKey mark={mark} back={list}>
      <div className="lk-columns">
        <div>
          <LicenseFacts license={license} />
          <History of={{ applicationId, record: "license", recordId: license.id }} />
        </div>
        <div>
          <LicenseActions license={license} etag={data.etag} />
        </div>
      </div>
    </Page>
  );
}
