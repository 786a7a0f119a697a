import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { changeLicense } from "#steps/change-license.ts";
import { unpausing } from "#steps/license-changes.ts";

export function unpauseLicense(
  context: Context,
  _: CallerOf<"unpauseLicense">,
  named: InputOf<"unpauseLicense">,
): Promise<Answer<"unpauseLicense">> {
  return changeLicense(context, named, unpausing());
}
