import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { changeLicense } from "#steps/change-license.ts";
import { blacklisting } from "#steps/license-changes.ts";

export function blacklistLicense(
  context: Context,
  _: CallerOf<"blacklistLicense">,
  named: InputOf<"blacklistLicense">,
): Promise<Answer<"blacklistLicense">> {
  return changeLicense(context, named, blacklisting(context.now));
}
