import { Link } from "wouter";
import { useAnswer } from "#api/use-answer.ts";
import { licensePath } from "#location/paths.ts";
import { Instant } from "#parts/instant.tsx";
import { LicenseState } from "#parts/license-state.tsx";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { Section } from "#parts/section.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { Tags } from "#parts/tags.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";

const words = texts.accounts.one;
const shownAtMost = 20;

interface Props {
  readonly applicationId: string;
  readonly accountId: string;
}

export function AccountLicenses({ applicationId, accountId }: Props) {
  const may = useMay()("licenses:read");
  const input = { applicationId, accountId, limit: shownAtMost };
  const { data, error, refetch } = useAnswer("listLicenses", input, { enabled: may });
  if (!may) return null;
  const licenses = data?.output.licenses;
  return (
    <Section title={words.licenses} flush>
      {!licenses ? (
        error ? (
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        ) : (
          <SkeletonRows rows={2} />
        )
      ) : licenses.length === 0 ? (
        <p className="lk-card-body lk-section-about">
          {words.noLicenses} {words.allLicenses}
        </p>
      ) : (
        <ul className="lk-rows" aria-label={words.licensesCaption}>
          {licenses.map(({ id, license, state, levels, expiresAt }) => (
            <li key={id}>
              <Link className="lk-row-link lk-key" href={licensePath(applicationId, id)}>
                {license}
              </Link>
              <Tags tags={levels} atMost={3} />
              <span className="lk-quiet lk-small">
                {expiresAt === undefined ? (
                  texts.licenses.lifetime
                ) : (
                  <>
                    {texts.licenses.expires} <Instant at={expiresAt} />
                  </>
                )}
              </span>
              <LicenseState state={state} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
