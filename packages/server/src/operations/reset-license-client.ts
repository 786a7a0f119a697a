import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { changeLicense } from "#steps/change-license.ts";
import { resettingClient } from "#steps/license-changes.ts";

export function resetLicenseClient(
  context: Context,
  _: CallerOf<"resetLicenseClient">,
  named: InputOf<"resetLicenseClient">,
): Promise<Answer<"resetLicenseClient">> {
  return changeLicense(context, named, resettingClient());
}
