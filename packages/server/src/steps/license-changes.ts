import { moveExpiryByLicense } from "#storage/authorizations.ts";
import {
  extendLicenseTerm,
  forgetClient,
  makeAvailable,
  removeLicense,
  setLicenseBlacklisted,
  setLicensePaused,
} from "#storage/licenses.ts";
import type { LicenseChange } from "./change-license.ts";

// What operators do to licenses, one at a time or many.

export function pausing(now: number): LicenseChange {
  return { event: "licensePaused", isUsable: false, write: (tx, { id }) => setLicensePaused(tx, id, now) };
}

export function unpausing(): LicenseChange {
  return { event: "licenseUnpaused", isUsable: true, write: (tx, { id }) => setLicensePaused(tx, id, null) };
}

export function blacklisting(now: number): LicenseChange {
  return { event: "licenseBlacklisted", isUsable: false, write: (tx, { id }) => setLicenseBlacklisted(tx, id, now) };
}

export function unblacklisting(): LicenseChange {
  return { event: "licenseUnblacklisted", isUsable: true, write: (tx, { id }) => setLicenseBlacklisted(tx, id, null) };
}

export function extending(durationMs: number, now: number): LicenseChange {
  return {
    event: "licenseExtended",
    isUsable: true,
    content: ({ expiresAt }) => (expiresAt === null ? {} : { expiresAt: `${Math.floor(expiresAt / 1000)}` }),
    async write(tx, { id: licenseId }) {
      const extended = await extendLicenseTerm(tx, licenseId, durationMs, now);
      if (extended) await moveExpiryByLicense(tx, { licenseId, expiresAt: extended.expiresAt, now });
      return extended;
    },
  };
}

export function reinitializing(): LicenseChange {
  return { event: "licenseReinitialized", isUsable: false, write: (tx, { id }) => makeAvailable(tx, id) };
}

export function deleting(): LicenseChange {
  return { event: "licenseDeleted", isUsable: false, write: (tx, { id }) => removeLicense(tx, id) };
}

export function resettingClient(): LicenseChange {
  return { event: "licenseClientIdReset", isUsable: true, write: (tx, { id }) => forgetClient(tx, id) };
}
