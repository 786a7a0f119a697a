import type { OutputOf } from "@latchkey/protocol";
import type { License } from "#storage/tables.ts";
import { levelsOf, licenseState } from "./license-terms.ts";

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
