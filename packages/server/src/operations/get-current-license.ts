import type { Answer } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { licenseAuthorizationOutput } from "#domain/license-output.ts";
import { licenseState } from "#domain/license-terms.ts";
import { findFormerLicense, findLicense } from "#storage/licenses.ts";

/** The license that the session is authorized by, or was until it expired (LP-CUR-1). */
export async function getCurrentLicense(
  { db, now }: Context,
  { session, authorization, address }: CallerOf<"getCurrentLicense">,
): Promise<Answer<"getCurrentLicense">> {
  if (authorization?.accountId) return refuse("notAuthorized");
  const license = authorization?.licenseId
    ? await findLicense(db, { id: authorization.licenseId })
    : await findFormerLicense(db, session.id);
  if (!license) return refuse("notAuthorized");
  const output = licenseAuthorizationOutput(license, address, now);
  if (authorization) return done(output);
  return licenseState(license, now) === "expired" ? refuse("licenseExpired", output) : refuse("notAuthorized");
}
