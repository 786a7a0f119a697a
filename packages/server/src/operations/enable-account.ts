import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { changeAccount, enabling } from "#steps/change-account.ts";

export function enableAccount(
  context: Context,
  _: CallerOf<"enableAccount">,
  named: InputOf<"enableAccount">,
): Promise<Answer<"enableAccount">> {
  return changeAccount(context, named, enabling);
}
