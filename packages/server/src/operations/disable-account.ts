import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { changeAccount, disabling } from "#steps/change-account.ts";

export function disableAccount(
  context: Context,
  _: CallerOf<"disableAccount">,
  named: InputOf<"disableAccount">,
): Promise<Answer<"disableAccount">> {
  return changeAccount(context, named, disabling);
}
