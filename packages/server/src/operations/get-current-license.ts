import type { Answer } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { licenseAuthorizationOutput } from "#domain/license-output.ts";
import { findExpiredLicense, findLicense } from "#storage/licenses.ts";

/** The license that the session is authorized by, or was until it expired (LP-CUR-1). */
export async function getCurrentLicense(
  { db, now }: Context,
  { session, authorization, address }: CallerOf<"getCurrentLicense">,
): Promise<Answer<"getCurrentLicense">> {
  if (authorization?.accountId) return refuse("notAuthorized");
  if (authorization?.licenseId) {
    const license = await findLicense(db, { id: authorization.licenseId });
    return license ? done(licenseAuthorizationOutput(license, address, now)) : refuse("notAuthorized");
  }
  const expired = await findExpiredLicense(db, session.id, now);
  if (!expired) return refuse("notAuthorized");
  return refuse("licenseExpired", licenseAuthorizationOutput(expired, address, now));
}
