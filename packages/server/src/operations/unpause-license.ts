import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { setLicensePaused } from "#storage/licenses.ts";
import { changeLicense } from "#steps/change-license.ts";

export function unpauseLicense(
  context: Context,
  _: CallerOf<"unpauseLicense">,
  named: InputOf<"unpauseLicense">,
): Promise<Answer<"unpauseLicense">> {
  return changeLicense(context, named, {
    event: "licenseUnpaused",
    isUsable: true,
    write: (tx, { id }) => setLicensePaused(tx, id, null),
  });
}
