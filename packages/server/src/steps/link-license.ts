import type { Decision } from "#domain/decision.ts";
import { expiryFrom, refusedLink } from "#domain/license-terms.ts";
import { findLicenseByKey, linkAvailableLicense } from "#storage/licenses.ts";
import type { AccountId, ApplicationId, Db, License } from "#storage/tables.ts";
import type { Recording } from "./record-audit.ts";
import { recordLicense } from "./record-license.ts";

export type LinkRefusal = "licenseNotFound" | NonNullable<ReturnType<typeof refusedLink>>;
export type Linked = Decision<{ readonly license: License }, LinkRefusal>;

/** Links a license to an account and activates it; the statement decides, and who lost a race is told why. */
export async function linkLicense(
  context: Recording,
  tx: Db,
  { applicationId, accountId, key }: { applicationId: ApplicationId; accountId: AccountId; key: string },
): Promise<Linked> {
  const { now } = context;
  const license = await findLicenseByKey(tx, { applicationId, key });
  if (!license) return { refused: "licenseNotFound" };
  const refused = refusedLink(license);
  if (refused) return { refused };
  const linked = await linkAvailableLicense(tx, {
    id: license.id,
    accountId,
    now,
    expiresAt: expiryFrom(license, now),
  });
  if (linked) {
    await recordLicense(tx, context, license, linked);
    return { license: linked };
  }
  const changed = await findLicenseByKey(tx, { applicationId, key });
  return { refused: (changed && refusedLink(changed)) ?? "licenseNotFound" };
}
