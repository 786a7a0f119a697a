import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { setLicenseBlacklisted } from "#storage/licenses.ts";
import { changeLicense } from "#steps/change-license.ts";

export function unblacklistLicense(
  context: Context,
  _: CallerOf<"unblacklistLicense">,
  named: InputOf<"unblacklistLicense">,
): Promise<Answer<"unblacklistLicense">> {
  return changeLicense(context, named, {
    event: "licenseUnblacklisted",
    isUsable: true,
    write: (tx, { id }) => setLicenseBlacklisted(tx, id, null),
  });
}
