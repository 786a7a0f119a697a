import * as v from "valibot";
import { operation } from "../operation.ts";
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

export const license = {
  authorizeByLicense: operation({
    type: 2,
    gate: "session",
    exclusive: true,
    input: v.object({ license: text }),
    output: v.object({
      license: text,
      levels: v.array(text),
      comment: v.exactOptional(text),
      ipAddress: text,
      timeLeft: v.exactOptional(count),
      expiresAt: v.exactOptional(count),
    }),
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

  createLicenses: operation({
    gate: "licenses:create",
    input: v.object({
      applicationId: text,
      count: v.pipe(count, v.minValue(1), v.maxValue(100_000)),
      durationMs: v.exactOptional(v.pipe(count, v.minValue(1))),
      levels: v.exactOptional(v.array(v.pipe(text, v.minLength(1), v.maxLength(64)))),
      seats: v.exactOptional(v.pipe(count, v.minValue(1))),
      comment: v.exactOptional(text),
      bindsClient: v.exactOptional(v.boolean()),
    }),
    output: v.object({ licenses: v.array(v.object({ id: text, license: text })) }),
    refuses: ["applicationNotFound"],
  }),

  listLicenses: operation({
    gate: "licenses:read",
    input: v.object({ applicationId: text }),
    output: v.object({ licenses: v.array(licenseShape) }),
    refuses: ["applicationNotFound"],
  }),

  /** `license` is an id, or a key together with the application's id. */
  showLicense: operation({
    gate: "licenses:read",
    input: v.object({ license: text, applicationId: v.exactOptional(text) }),
    output: v.object({ license: licenseShape }),
    refuses: ["licenseNotFound"],
  }),
};
