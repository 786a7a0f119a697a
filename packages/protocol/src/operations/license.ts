import * as v from "valibot";
import { operation } from "../operation.ts";
import { pageBy, paged, search } from "../page.ts";
import { count, text } from "../text.ts";

export const licenseStates = ["available", "activated", "expired", "paused", "blacklisted"] as const;

/** A license as the operator sees it. Instants and durations in ms; an absent duration never ends. */
export const licenseShape = v.object({
  id: text,
  applicationId: text,
  license: text,
  state: v.picklist(licenseStates),
  levels: v.array(text),
  comment: v.exactOptional(text),
  durationMs: v.exactOptional(count),
  seats: v.exactOptional(count),
  bindsClient: v.boolean(),
  clientId: v.exactOptional(text),
  accountId: v.exactOptional(text),
  createdAt: count,
  activatedAt: v.exactOptional(count),
  expiresAt: v.exactOptional(count),
  lastUsedAt: v.exactOptional(count),
});

/** What a license's authorization is worth: times in seconds, absent when it never expires (LP-LIC-3). */
const authorized = v.object({
  license: text,
  levels: v.array(text),
  comment: v.exactOptional(text),
  ipAddress: text,
  timeLeft: v.exactOptional(count),
  expiresAt: v.exactOptional(count),
});

/** `license` is an id, or a key together with the application's id; with that, only one of its licenses. */
const named = v.object({ license: text, applicationId: v.exactOptional(text) });
const shown = v.object({ license: licenseShape });
const change = {
  gate: "licenses:update",
  conditional: true,
  input: named,
  output: shown,
  refuses: ["licenseNotFound", "changedMeanwhile"],
} as const;

/** What licenses are looked for; what is absent is anything. Instants in ms: `From` is in, `Before` is not. */
export const licenseFilter = {
  /** In the key, the comment or the client id; or the whole of a key or an id, which finds that license alone. */
  search,
  state: v.exactOptional(v.picklist(licenseStates)),
  accountId: v.exactOptional(text),
  level: v.exactOptional(text),
  clientId: v.exactOptional(text),
  /** Created by this job. */
  bulkJobId: v.exactOptional(text),
  createdFrom: v.exactOptional(count),
  createdBefore: v.exactOptional(count),
  expiresFrom: v.exactOptional(count),
  expiresBefore: v.exactOptional(count),
};

/** What licenses are created alike. */
export const licensePlan = {
  durationMs: v.exactOptional(v.pipe(count, v.minValue(1))),
  levels: v.exactOptional(v.array(v.pipe(text, v.minLength(1), v.maxLength(64)))),
  seats: v.exactOptional(v.pipe(count, v.minValue(1))),
  comment: v.exactOptional(text),
  bindsClient: v.exactOptional(v.boolean()),
};

export const license = {
  authorizeByLicense: operation({
    type: 2,
    gate: "session",
    exclusive: true,
    once: true,
    input: v.object({ license: text }),
    output: authorized,
    refuses: [
      "alreadyAuthorized",
      "licenseNotFound",
      "licenseTooShort",
      "licenseTooLong",
      "licenseExpired",
      "licensePaused",
      "licenseBlacklisted",
      "clientIdMismatch",
      "sessionQuotaReached",
      "noFreeSeat",
    ],
  }),

  /** After an expiry, until the next authorize, it answers that with the license's terms (LP-CUR-1). */
  getCurrentLicense: operation({
    type: 15,
    gate: "session",
    input: v.object({}),
    output: authorized,
    refuses: ["notAuthorized", "licenseExpired"],
  }),

  createLicenses: operation({
    route: "POST /manage/v1/applications/{applicationId}/licenses",
    gate: "licenses:create",
    input: v.object({
      applicationId: text,
      count: v.pipe(count, v.minValue(1), v.maxValue(100_000)),
      ...licensePlan,
    }),
    output: v.object({ licenses: v.array(v.object({ id: text, license: text })) }),
    refuses: ["applicationNotFound"],
  }),

  listLicenses: operation({
    route: "GET /manage/v1/applications/{applicationId}/licenses",
    gate: "licenses:read",
    input: v.object({
      applicationId: text,
      ...licenseFilter,
      ...pageBy(["created", "expires", "lastUsed", "key"]),
    }),
    output: v.object({ licenses: v.array(licenseShape), ...paged }),
    refuses: ["applicationNotFound", "cursorInvalid"],
  }),

  showLicense: operation({
    route: "GET /manage/v1/applications/{applicationId}/licenses/{license}",
    gate: "licenses:read",
    input: named,
    output: shown,
    refuses: ["licenseNotFound"],
  }),

  /** Ends what it authorizes until it is unpaused; its time goes on. */
  pauseLicense: operation({
    ...change,
    route: "POST /manage/v1/applications/{applicationId}/licenses/{license}/pause",
  }),
  unpauseLicense: operation({
    ...change,
    route: "POST /manage/v1/applications/{applicationId}/licenses/{license}/unpause",
  }),
  blacklistLicense: operation({
    ...change,
    route: "POST /manage/v1/applications/{applicationId}/licenses/{license}/blacklist",
  }),
  unblacklistLicense: operation({
    ...change,
    route: "POST /manage/v1/applications/{applicationId}/licenses/{license}/unblacklist",
  }),
  /** The next client that authorizes with it is the one it is bound to. */
  resetLicenseClient: operation({
    ...change,
    route: "POST /manage/v1/applications/{applicationId}/licenses/{license}/reset-client",
  }),
  /** Makes it available again, as if it had never been used: no client, no account, its full duration. */
  reinitializeLicense: operation({
    ...change,
    route: "POST /manage/v1/applications/{applicationId}/licenses/{license}/reinitialize",
  }),
  /** Adds to its time: to what is left, or from now when nothing is. A license that never ends stays so. */
  extendLicense: operation({
    ...change,
    route: "POST /manage/v1/applications/{applicationId}/licenses/{license}/extend",
    input: v.object({ ...named.entries, durationMs: v.pipe(count, v.minValue(1)) }),
  }),
  linkLicense: operation({
    ...change,
    route: "POST /manage/v1/applications/{applicationId}/licenses/{license}/link",
    input: v.object({ ...named.entries, accountId: text }),
    refuses: [
      "licenseNotFound",
      "accountNotFound",
      "licensePaused",
      "licenseBlacklisted",
      "licenseAlreadyLinked",
      "licenseAlreadyActivated",
    ],
  }),
  deleteLicense: operation({
    ...change,
    route: "DELETE /manage/v1/applications/{applicationId}/licenses/{license}",
    gate: "licenses:delete",
  }),
};
