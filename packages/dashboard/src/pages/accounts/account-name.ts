import type { OutputOf } from "@latchkey/protocol";
import { texts } from "#texts/texts.ts";

export type Account = OutputOf<"showAccount">["account"];

export function accountName({ login, email }: Account): string {
  return login ?? email ?? texts.accounts.unnamed;
}
