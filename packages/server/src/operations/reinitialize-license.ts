import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { makeAvailable } from "#storage/licenses.ts";
import { changeLicense } from "#steps/change-license.ts";

export function reinitializeLicense(
  context: Context,
  _: CallerOf<"reinitializeLicense">,
  named: InputOf<"reinitializeLicense">,
): Promise<Answer<"reinitializeLicense">> {
  return changeLicense(context, named, {
    event: "licenseReinitialized",
    isUsable: false,
    write: (tx, { id }) => makeAvailable(tx, id),
  });
}
