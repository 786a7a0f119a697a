import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { changeLicense } from "#steps/change-license.ts";
import { extending } from "#steps/license-changes.ts";

export function extendLicense(
  context: Context,
  _: CallerOf<"extendLicense">,
  { durationMs, ...named }: InputOf<"extendLicense">,
): Promise<Answer<"extendLicense">> {
  return changeLicense(context, named, extending(durationMs, context.now));
}
