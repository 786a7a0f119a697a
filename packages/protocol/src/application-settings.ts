import * as v from "valibot";
import { count } from "./text.ts";

const quota = v.nullable(count);

function between(min: number, max: number) {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max));
}

/**
 * The settings of one application and their defaults. A quota or limit of `null` is no limit.
 * The user-service settings keep the names their contract gives them (user service §7.5).
 */
export const applicationSettings = v.object({
  /** An account needs a valid license to be created over the live door and to be authorized there. */
  licenseRequired: v.optional(v.boolean(), false),
  /** Authorized sessions at once. */
  sessionQuota: v.optional(quota, null),
  accountQuota: v.optional(quota, null),
  /** Blacklist entries made by clients. */
  blacklistQuota: v.optional(quota, 10_000),
  /** Accounts created without a license per client address in 24 h on the live door (LP-ACC-4). */
  accountsPerAddressPerDay: v.optional(quota, 3),
  /** Registrations with client keys per client address in 24 h on the user service (US-REG-11). */
  registrationsPerAddressPerDay: v.optional(quota, 100),
  userRegistrationEnabled: v.optional(v.boolean(), true),
  enableLogin: v.optional(v.boolean(), true),
  enableMultipleLogins: v.optional(v.boolean(), false),
  logoutLastUser: v.optional(v.boolean(), false),
  maxConcurrentLogins: v.optional(between(0, 1000), 1),
  failedLoginsLock: v.optional(count, 0),
  failedLoginsUnlockSeconds: v.optional(between(1, 31_536_000), 900),
  sessionTimeoutSeconds: v.optional(between(60, 2_592_000), 3600),
  identityColumn: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/)), "email"),
  userAccess: v.optional(v.picklist(["self", "open"]), "self"),
  passwordMinLength: v.optional(between(1, 64), 4),
});

export type ApplicationSettings = v.InferOutput<typeof applicationSettings>;

/** A memo, and no state: the same text always means the same settings. */
const read = new Map<string, ApplicationSettings>();
const readAtMost = 1_000;

/** The settings of an application from its stored JSON, defaults filled in. */
export function settingsOf({ settings }: { readonly settings: string }): ApplicationSettings {
  let known = read.get(settings);
  if (!known) {
    if (read.size >= readAtMost) read.clear();
    known = Object.freeze(v.parse(applicationSettings, JSON.parse(settings)));
    read.set(settings, known);
  }
  return known;
}
