import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { setLicensePaused } from "#storage/licenses.ts";
import { changeLicense } from "#steps/change-license.ts";

export function pauseLicense(
  context: Context,
  _: CallerOf<"pauseLicense">,
  named: InputOf<"pauseLicense">,
): Promise<Answer<"pauseLicense">> {
  return changeLicense(context, named, {
    event: "licensePaused",
    isUsable: false,
    write: (tx, { id }) => setLicensePaused(tx, id, context.now),
  });
}
