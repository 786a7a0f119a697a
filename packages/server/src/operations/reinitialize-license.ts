import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { changeLicense } from "#steps/change-license.ts";
import { reinitializing } from "#steps/license-changes.ts";

export function reinitializeLicense(
  context: Context,
  _: CallerOf<"reinitializeLicense">,
  named: InputOf<"reinitializeLicense">,
): Promise<Answer<"reinitializeLicense">> {
  return changeLicense(context, named, reinitializing());
}
