import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { licenseOutput } from "#domain/license-output.ts";
import { findNamedLicense } from "#steps/change-license.ts";

/** Shows a license by its id, or by its key in an application. */
export async function showLicense(
  { db, now }: Context,
  _: CallerOf<"showLicense">,
  named: InputOf<"showLicense">,
): Promise<Answer<"showLicense">> {
  const license = await findNamedLicense(db, named);
  return license ? done({ license: licenseOutput(license, now) }) : refuse("licenseNotFound");
}
