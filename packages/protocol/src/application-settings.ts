import * as v from "valibot";
import { count } from "./text.ts";

const quota = v.nullable(count);

function between(min: number, max: number) {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max));
}

/** Without a query, and without a slash at its end, so that paths can follow. */
const webAddress = v.pipe(
  v.string(),
  v.url(),
  v.regex(/^https?:\/\/[^?#\s]+$/, "must be an http:// or https:// URL without a query"),
  v.transform((text) => text.replace(/\/+$/, "")),
);

const origin = v.pipe(
  v.string(),
  v.check(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    "must be an origin such as https://example.com",
  ),
);

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
  /** Bytes of all its files together. */
  storageQuota: v.optional(quota, null),
  /** Accounts created without a license per client address in 24 h on the live door (LP-ACC-4). */
  accountsPerAddressPerDay: v.optional(quota, 3),
  /** Registrations with client keys per client address in 24 h on the user service (US-REG-11). */
  registrationsPerAddressPerDay: v.optional(quota, 100),
  userRegistrationEnabled: v.optional(v.boolean(), true),
  emailConfirmationRequired: v.optional(v.boolean(), false),
  passwordRecoveryEnabled: v.optional(v.boolean(), true),
  enableLogin: v.optional(v.boolean(), true),
  guestLoginEnabled: v.optional(v.boolean(), true),
  /** Days after which a guest without a live session is deleted (US-GUEST-3). */
  guestRetentionDays: v.optional(between(1, 3650), 30),
  enableMultipleLogins: v.optional(v.boolean(), false),
  logoutLastUser: v.optional(v.boolean(), false),
  maxConcurrentLogins: v.optional(between(0, 1000), 1),
  /** Sessions of the live door count as concurrent logins too (US-SESS-24). */
  countLiveSessions: v.optional(v.boolean(), false),
  failedLoginsLock: v.optional(count, 0),
  failedLoginsUnlockSeconds: v.optional(between(1, 31_536_000), 900),
  sessionTimeoutSeconds: v.optional(between(60, 2_592_000), 3600),
  identityColumn: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/)), "email"),
  /** Whether a property that is not known yet makes a column (US-DATA-9). */
  dynamicSchema: v.optional(v.boolean(), true),
  /** Whether recovery and confirmation tell that an identity is unknown. */
  revealUnknownIdentity: v.optional(v.boolean(), false),
  userAccess: v.optional(v.picklist(["self", "open"]), "self"),
  passwordMinLength: v.optional(between(1, 64), 4),
  /** Start of the links in its mails; empty: the server's own. */
  publicUrl: v.optional(v.union([v.literal(""), webAddress]), ""),
  /** Origins of web pages that may read answers and be given tokens; none: every origin may read, none is given a token. */
  allowedOrigins: v.optional(v.array(origin), []),
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
