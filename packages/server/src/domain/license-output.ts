import type { OutputOf } from "@latchkey/protocol";
import type { License } from "#storage/tables.ts";
import { levelsOf, licenseState, timeFields } from "./license-terms.ts";

/** A license as the operator sees it. */
export function licenseOutput(license: License, now: number): OutputOf<"showLicense">["license"] {
  const { comment, durationMs, seats, clientId, accountId, activatedAt, expiresAt, lastUsedAt } = license;
  return {
    id: license.id,
    applicationId: license.applicationId,
    license: license.key,
    state: licenseState(license, now),
    levels: levelsOf(license),
    ...(comment !== null && { comment }),
    ...(durationMs !== null && { durationMs }),
    ...(seats !== null && { seats }),
    bindsClient: license.clientPolicy === "first",
    ...(clientId !== null && { clientId }),
    ...(accountId !== null && { accountId }),
    createdAt: license.createdAt,
    ...(activatedAt !== null && { activatedAt }),
    ...(expiresAt !== null && { expiresAt }),
    ...(lastUsedAt !== null && { lastUsedAt }),
  };
}

/** What a license's authorization is worth at this moment. */
export function licenseAuthorizationOutput(
  license: License,
  ipAddress: string,
  now: number,
): OutputOf<"getCurrentLicense"> {
  const { key, comment, expiresAt } = license;
  return {
    license: key,
    levels: levelsOf(license),
    ...(comment !== null && { comment }),
    ipAddress,
    ...timeFields(expiresAt, now),
  };
}
