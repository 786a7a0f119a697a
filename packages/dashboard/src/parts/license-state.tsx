import { Badge } from "@mantine/core";
import type { OutputOf } from "@latchkey/protocol";
import { texts } from "#texts/texts.ts";

type State = OutputOf<"showLicense">["license"]["state"];

const colors: Readonly<Record<State, string>> = {
  available: "blue",
  activated: "green",
  expired: "gray",
  paused: "yellow",
  blacklisted: "red",
};

export function LicenseState({ state }: { readonly state: State }) {
  return <Badge color={colors[state]}>{texts.licenses.states[state]}</Badge>;
}
