import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { removeLicense } from "#storage/licenses.ts";
import { changeLicense } from "#steps/change-license.ts";

export function deleteLicense(
  context: Context,
  _: CallerOf<"deleteLicense">,
  named: InputOf<"deleteLicense">,
): Promise<Answer<"deleteLicense">> {
  return changeLicense(context, named, {
    event: "licenseDeleted",
    isUsable: false,
    write: (tx, { id }) => removeLicense(tx, id),
  });
}
