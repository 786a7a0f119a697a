import type { OutputOf } from "@latchkey/protocol";
import { texts } from "#texts/texts.ts";
import { Mark, type Tone } from "./mark.tsx";

type Status = OutputOf<"showAccount">["account"]["status"];

const tones: Readonly<Record<Status, Tone>> = {
  enabled: "good",
  unconfirmed: "warning",
  disabled: "bad",
  guest: "quiet",
};

export function AccountStatus({ status }: { readonly status: Status }) {
  return <Mark tone={tones[status]} text={texts.accounts.statuses[status]} />;
}
