import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { changeLicense } from "#steps/change-license.ts";
import { deleting } from "#steps/license-changes.ts";

export function deleteLicense(
  context: Context,
  _: CallerOf<"deleteLicense">,
  named: InputOf<"deleteLicense">,
): Promise<Answer<"deleteLicense">> {
  return changeLicense(context, named, deleting());
}
