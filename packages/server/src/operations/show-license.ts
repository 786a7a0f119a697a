import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { licenseOutput } from "#domain/license-output.ts";
import { findLicense, findLicenseByKey } from "#storage/licenses.ts";

/** Shows a license by its id, or by its key in an application. */
export async function showLicense(
  { db, now }: Context,
  _: CallerOf<"showLicense">,
  { license: idOrKey, applicationId }: InputOf<"showLicense">,
): Promise<Answer<"showLicense">> {
  const byKey = applicationId && (await findLicenseByKey(db, { applicationId, key: idOrKey }));
  const license = byKey || (await findLicense(db, { id: idOrKey }));
  return license ? done({ license: licenseOutput(license, now) }) : refuse("licenseNotFound");
}
