import { licenseStates, type OutputOf } from "@latchkey/protocol";
import { Link } from "wouter";
import { useAnswer } from "#api/use-answer.ts";
import { countText } from "#bulk/count-text.ts";
import { within } from "#location/paths.ts";
import { LicenseState } from "#parts/license-state.tsx";
import { Section } from "#parts/section.tsx";
import { texts } from "#texts/texts.ts";
import { useMay } from "#shell/use-own-operator.ts";

type State = OutputOf<"showLicense">["license"]["state"];
const againMs = 30_000;

/** How many licenses there are in each state, each a way to them. */
export function LicenseStates({ applicationId }: { readonly applicationId: string }) {
  if (!useMay()("licenses:read")) return null;
  return (
    <Section title={texts.overview.licenseStates}>
      <div className="lk-states">
        {licenseStates.map((state) => (
          <OfState key={state} applicationId={applicationId} state={state} />
        ))}
      </div>
    </Section>
  );
}

function OfState({ applicationId, state }: { readonly applicationId: string; readonly state: State }) {
  const { data } = useAnswer(
    "listLicenses",
    { applicationId, state, limit: 1, count: true },
    { refetchInterval: againMs },
  );
  const total = data?.output.total;
  return (
    <Link className="lk-state" href={`${within(applicationId)}/licenses?state=${state}`}>
      <LicenseState state={state} />
      <strong className="lk-numbers">{total ? countText(total, 0) : "–"}</strong>
    </Link>
  );
}
