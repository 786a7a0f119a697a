import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { setAccountBlacklisted } from "#storage/accounts.ts";
import { changeAccount } from "#steps/change-account.ts";

export function unblacklistAccount(
  context: Context,
  _: CallerOf<"unblacklistAccount">,
  named: InputOf<"unblacklistAccount">,
): Promise<Answer<"unblacklistAccount">> {
  return changeAccount(context, named, { write: (tx, { id }) => setAccountBlacklisted(tx, id, null) });
}
