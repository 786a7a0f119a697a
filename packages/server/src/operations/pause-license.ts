import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { changeLicense } from "#steps/change-license.ts";
import { pausing } from "#steps/license-changes.ts";

export function pauseLicense(
  context: Context,
  _: CallerOf<"pauseLicense">,
  named: InputOf<"pauseLicense">,
): Promise<Answer<"pauseLicense">> {
  return changeLicense(context, named, pausing(context.now));
}
