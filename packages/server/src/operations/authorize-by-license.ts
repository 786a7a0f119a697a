import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, refusedLicense } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { licenseAuthorizationOutput } from "#domain/license-output.ts";
import { levelsOf, refusedAuthorization } from "#domain/license-terms.ts";
import { findApplication } from "#storage/applications.ts";
import { findLicense, findLicenseByKey } from "#storage/licenses.ts";
import type { Application, Db, License } from "#storage/tables.ts";
import { admitSession, lockQuota } from "#steps/admit-session.ts";
import { once } from "#steps/once.ts";
import { adoptAuthorization } from "#steps/refresh-roster.ts";
import { claimLicense } from "#steps/claim-license.ts";

type ByLicense = CallerOf<"authorizeByLicense">;

/** Authorizes the session by a license, activating and binding it if this is its first use. Order: LP-LIC-5. */
export async function authorizeByLicense(
  context: Context,
  caller: ByLicense,
  { license: key }: InputOf<"authorizeByLicense">,
): Promise<Answer<"authorizeByLicense">> {
  const { db, now } = context;
  const { applicationId, session } = caller;
  const malformed = refusedLicense(key);
  if (malformed) return refuse(malformed);
  if (caller.authorization) return refuse("alreadyAuthorized");
  const license = await findLicenseByKey(db, { applicationId, key });
  const application = await findApplication(db, { id: applicationId });
  if (!license || !application) return refuse("licenseNotFound");
  const refused = refusedAuthorization(license, session.clientId, now);
  if (refused) return refuseWithTerms(refused, license);

  const admitted = await once(context, caller, (tx) => claimAndAdmit(context, tx, caller, application, license));
  if (admitted.refused === "licenseChanged") return refuseChanged(admitted.license, session.clientId, now);
  if (admitted.refused) return refuse(admitted.refused);
  await adoptAuthorization(context, session, admitted.authorization);
  return done(admitted.output);
}

async function claimAndAdmit(
  context: Context,
  tx: Db,
  { session, address }: ByLicense,
  application: Application,
  read: License,
) {
  const { now } = context;
  await lockQuota(tx, application);
  const license = await claimLicense(context, tx, read, session.clientId);
  if (!license) return { refused: "licenseChanged", license: await findLicense(tx, { id: read.id }) } as const;
  const admitted = await admitSession(context, tx, { application, session, license, expiresAt: license.expiresAt });
  return admitted.refused ? admitted : { ...admitted, output: licenseAuthorizationOutput(license, address, now) };
}

/** Since it was read it was paused, bound, deleted or the like: what it is now decides. */
function refuseChanged(license: License | undefined, clientId: string, now: number) {
  if (!license) return refuse("licenseNotFound");
  const refused = refusedAuthorization(license, clientId, now);
  if (!refused) throw new Error("a license cannot be claimed and is not refused either");
  return refuseWithTerms(refused, license);
}

/** Levels and comment travel with the states that a user may want explained (LP-LIC-4). */
function refuseWithTerms(refusal: NonNullable<ReturnType<typeof refusedAuthorization>>, license: License) {
  if (refusal === "clientIdMismatch") return refuse(refusal);
  return refuse(refusal, { levels: levelsOf(license), ...(license.comment !== null && { comment: license.comment }) });
}
