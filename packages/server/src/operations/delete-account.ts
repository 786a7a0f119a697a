import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { changeAccount, deletingAccount } from "#steps/change-account.ts";

export function deleteAccount(
  context: Context,
  _: CallerOf<"deleteAccount">,
  named: InputOf<"deleteAccount">,
): Promise<Answer<"deleteAccount">> {
  return changeAccount(context, named, deletingAccount);
}
