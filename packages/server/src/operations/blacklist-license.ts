import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { setLicenseBlacklisted } from "#storage/licenses.ts";
import { changeLicense } from "#steps/change-license.ts";

export function blacklistLicense(
  context: Context,
  _: CallerOf<"blacklistLicense">,
  named: InputOf<"blacklistLicense">,
): Promise<Answer<"blacklistLicense">> {
  return changeLicense(context, named, {
    event: "licenseBlacklisted",
    isUsable: false,
    write: (tx, { id }) => setLicenseBlacklisted(tx, id, context.now),
  });
}
