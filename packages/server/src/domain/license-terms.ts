import type { License } from "#storage/tables.ts";

/** The state that an operator sees; a pause or blacklisting hides what is below it. */
export function licenseState(license: License, now: number) {
  if (license.blacklistedAt !== null) return "blacklisted";
  if (license.pausedAt !== null) return "paused";
  if (license.activatedAt === null) return "available";
  return isOver(license, now) ? "expired" : "activated";
}

/** Whether it gives its account anything at this moment. */
export function isValid(license: License, now: number): boolean {
  return licenseState(license, now) === "activated";
}

/** The first refusal that authorizing with a license earns, in the order of LP-LIC-5. */
export function refusedAuthorization(license: License, clientId: string, now: number) {
  const state = licenseState(license, now);
  if (state === "blacklisted") return "licenseBlacklisted";
  if (state === "paused") return "licensePaused";
  if (state === "expired") return "licenseExpired";
  if (!admitsClient(license, clientId)) return "clientIdMismatch";
  return undefined;
}

/** The first refusal that linking a license to an account earns, in the order of LP-ACC-9. An expired one was activated. */
export function refusedLink(license: License) {
  if (license.blacklistedAt !== null) return "licenseBlacklisted";
  if (license.pausedAt !== null) return "licensePaused";
  if (license.accountId !== null) return "licenseAlreadyLinked";
  if (license.activatedAt !== null) return "licenseAlreadyActivated";
  return undefined;
}

export function admitsClient(license: License, clientId: string): boolean {
  return license.clientPolicy === "any" || license.clientId === null || license.clientId === clientId;
}

/** When a license that is activated now will expire; `null`: never. */
export function expiryFrom(license: Pick<License, "durationMs">, now: number): number | null {
  return license.durationMs === null ? null : now + license.durationMs;
}

/** The remaining seconds and the unix second of an expiry, as answers carry them (LP-LIC-3); nothing when it never comes. */
export function timeFields(expiresAt: number | null, now: number) {
  if (expiresAt === null) return {};
  return { timeLeft: Math.max(0, Math.ceil((expiresAt - now) / 1000)), expiresAt: Math.floor(expiresAt / 1000) };
}

export function levelsOf(record: { readonly levels: string }): string[] {
  // Written by us from a checked list.
  const levels: unknown = JSON.parse(record.levels);
  return Array.isArray(levels) ? levels.filter((level) => typeof level === "string") : [];
}

function isOver({ expiresAt }: License, now: number): boolean {
  return expiresAt !== null && expiresAt <= now;
}

/** Orders licenses by their use to an account: the one that ends last first, one that never ends before all others. */
export function byEnd(a: License, b: License): number {
  return (b.expiresAt ?? Infinity) - (a.expiresAt ?? Infinity) || 0;
}
