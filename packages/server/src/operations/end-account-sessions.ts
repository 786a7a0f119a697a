import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { lockAccount } from "#storage/accounts.ts";
import { changeAccount } from "#steps/change-account.ts";

export function endAccountSessions(
  context: Context,
  _: CallerOf<"endAccountSessions">,
  named: InputOf<"endAccountSessions">,
): Promise<Answer<"endAccountSessions">> {
  return changeAccount(context, named, {
    ends: { event: "sessionEnded", content: { by: "operator" } },
    // Whoever signs in meanwhile is either ended here or comes after it.
    write: (tx, { id }) => lockAccount(tx, id),
  });
}
