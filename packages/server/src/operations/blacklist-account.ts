import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { setAccountBlacklisted } from "#storage/accounts.ts";
import { changeAccount } from "#steps/change-account.ts";

export function blacklistAccount(
  context: Context,
  _: CallerOf<"blacklistAccount">,
  named: InputOf<"blacklistAccount">,
): Promise<Answer<"blacklistAccount">> {
  return changeAccount(context, named, {
    ends: { event: "accountBlacklisted" },
    write: (tx, { id }) => setAccountBlacklisted(tx, id, context.now),
  });
}
