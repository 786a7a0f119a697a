import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { changeLicense } from "#steps/change-license.ts";
import { unblacklisting } from "#steps/license-changes.ts";

export function unblacklistLicense(
  context: Context,
  _: CallerOf<"unblacklistLicense">,
  named: InputOf<"unblacklistLicense">,
): Promise<Answer<"unblacklistLicense">> {
  return changeLicense(context, named, unblacklisting());
}
