import type { OutputOf } from "@latchkey/protocol";
import { texts } from "#texts/texts.ts";
import { Mark, type Tone } from "./mark.tsx";

type State = OutputOf<"showLicense">["license"]["state"];

const tones: Readonly<Record<State, Tone>> = {
  available: "new",
  activated: "good",
  expired: "quiet",
  paused: "warning",
  blacklisted: "bad",
};

export function LicenseState({ state }: { readonly state: State }) {
  return <Mark tone={tones[state]} text={texts.licenses.states[state]} />;
}
