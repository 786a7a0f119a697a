import * as v from "valibot";
import { CredentialsType } from "../sign-in-limits.ts";
import { operation } from "../operation.ts";
import { pageBy, paged, search } from "../page.ts";
import { count, text } from "../text.ts";
import { propertyTypes } from "./column.ts";

export const accountStatuses = ["enabled", "unconfirmed", "disabled", "guest"] as const;

/** An account as its owner and the operator may see it; never with a password in any form. Instants in ms. */
export const accountShape = v.object({
  id: text,
  login: v.exactOptional(text),
  email: v.exactOptional(text),
  status: v.picklist(accountStatuses),
  levels: v.array(text),
  comment: v.exactOptional(text),
  locale: v.exactOptional(text),
  properties: v.record(v.string(), v.unknown()),
  /** Of the properties above, for doors whose values have types. */
  propertyTypes: v.exactOptional(v.record(v.string(), v.picklist(propertyTypes))),
  createdAt: count,
  updatedAt: v.exactOptional(count),
  lastLoginAt: v.exactOptional(count),
  /** Who it is at providers, by their names; the oldest first. */
  socialIdentities: v.exactOptional(v.record(v.string(), text)),
});

const retryAfter = v.exactOptional(count);

/** What an account's authorization is worth: times in seconds, absent when it does not expire (LP-LIC-3). */
export const accountAuthorization = {
  login: text,
  levels: v.array(text),
  comment: v.exactOptional(text),
  ipAddress: text,
  timeLeft: v.exactOptional(count),
  expiresAt: v.exactOptional(count),
  licenseRequired: v.boolean(),
};

/** With the application's id, only an account of that one. */
const named = { accountId: text, applicationId: v.exactOptional(text) };

const change = {
  gate: "accounts:update",
  conditional: true,
  input: v.object(named),
  output: v.object({ account: accountShape, retryAfter }),
  refuses: ["accountNotFound", "changedMeanwhile"],
} as const;

/** What accounts are looked for; what is absent is anything. Instants in ms: `From` is in, `Before` is not. */
export const accountFilter = {
  /** In the login, the e-mail address or the comment; or the whole of an identity or an id, which finds that account alone. */
  search,
  status: v.exactOptional(v.picklist(accountStatuses)),
  level: v.exactOptional(text),
  role: v.exactOptional(text),
  blacklisted: v.exactOptional(v.boolean()),
  createdFrom: v.exactOptional(count),
  createdBefore: v.exactOptional(count),
  lastLoginFrom: v.exactOptional(count),
  lastLoginBefore: v.exactOptional(count),
};

export const account = {
  /** Creates an account; with a license, that is linked and activated in the same transaction. */
  createAccount: operation({
    type: 1,
    gate: "init",
    once: true,
    input: v.object({
      login: text,
      password: text,
      credentialsType: v.exactOptional(v.number()),
      comment: v.exactOptional(text),
      license: v.exactOptional(text),
    }),
    output: v.object({ retryAfter }),
    refuses: [
      "tooManyRequests",
      "licenseNotFound",
      "licenseTooShort",
      "licenseTooLong",
      "licensePaused",
      "licenseBlacklisted",
      "licenseAlreadyLinked",
      "licenseAlreadyActivated",
      "loginTaken",
      "licenseRequired",
      "loginTooShort",
      "loginTooLong",
      "passwordTooShort",
      "passwordTooLong",
      "emailInvalid",
      "credentialsTypeInvalid",
      "accountQuotaReached",
      "registrationClosed",
    ],
  }),

  authorizeByCredentials: operation({
    type: 3,
    gate: "session",
    exclusive: true,
    once: true,
    input: v.object({
      login: text,
      password: text,
      credentialsType: v.exactOptional(v.number()),
      license: v.exactOptional(text),
    }),
    output: v.object({ ...accountAuthorization, retryAfter }),
    refuses: [
      "tooManyRequests",
      "accountLocked",
      "alreadyAuthorized",
      "licenseNotFound",
      "licenseTooShort",
      "licenseTooLong",
      "licensePaused",
      "licenseBlacklisted",
      "licenseAlreadyLinked",
      "licenseAlreadyActivated",
      "credentialsWrong",
      "accountDisabled",
      "noValidLicense",
      "loginTooShort",
      "loginTooLong",
      "passwordTooShort",
      "passwordTooLong",
      "emailInvalid",
      "credentialsTypeInvalid",
      "clientIdMismatch",
      "sessionQuotaReached",
      "noFreeSeat",
      "emailUnconfirmed",
    ],
  }),

  linkLicenseToAccount: operation({
    type: 4,
    gate: "account",
    exclusive: true,
    once: true,
    input: v.object({ license: text }),
    output: v.object({}),
    refuses: [
      "notAuthorized",
      "licenseNotFound",
      "licenseTooShort",
      "licenseTooLong",
      "licensePaused",
      "licenseBlacklisted",
      "licenseAlreadyLinked",
      "licenseAlreadyActivated",
    ],
  }),

  getCurrentAccount: operation({
    type: 16,
    gate: "account",
    input: v.object({}),
    output: v.object(accountAuthorization),
    refuses: ["notAuthorized", "noValidLicense"],
  }),

  /** Creates an account from the properties a user-service client sends; opens no session. */
  register: operation({
    gate: "init",
    input: v.object({ properties: v.unknown() }),
    output: v.object({ account: accountShape, retryAfter }),
    refuses: [
      "registrationClosed",
      "propertiesMalformed",
      "objectIdNotAllowed",
      "passwordRequired",
      "passwordNotText",
      "loginNotText",
      "identityMissing",
      "identityEmpty",
      "identityTooLong",
      "emailInvalid",
      "propertyMissing",
      "propertyEmpty",
      "propertyNameReserved",
      "propertyTypeMismatch",
      "tooManyColumns",
      "passwordRefused",
      "licenseRequired",
      "accountQuotaReached",
      "tooManyRequests",
      "loginTaken",
      "propertyTaken",
    ],
  }),

  /** Reads an account; strangers are told the same as for an unknown id. */
  getAccount: operation({
    gate: "init",
    input: v.object({ accountId: text }),
    output: v.object({ account: accountShape }),
    refuses: ["accountNotFound"],
  }),

  /** Enables or disables an account for server code, with the effect of the operator's hand. */
  setAccountStatus: operation({
    gate: "server",
    input: v.object({ accountId: text, userStatus: v.exactOptional(v.unknown()) }),
    output: v.object({}),
    refuses: [
      "serverKeyRequired",
      "argumentMissing",
      "argumentMalformed",
      "accountNotFound",
      "accountAlreadyDisabled",
      "accountAlreadyEnabled",
    ],
  }),

  /** Whether a password is that of the caller's own account; for server code, and changes nothing. */
  verifyPassword: operation({
    gate: "server",
    input: v.object({ password: v.exactOptional(v.unknown()) }),
    output: v.object({ valid: v.boolean(), retryAfter }),
    refuses: ["serverKeyRequired", "userRequired", "argumentMissing", "passwordNotText", "tooManyRequests"],
  }),

  /** Creates an account for its operator, who is bound by the quota and not by what is asked of those who sign up. */
  addAccount: operation({
    route: "POST /manage/v1/applications/{applicationId}/accounts",
    gate: "accounts:create",
    input: v.object({
      applicationId: text,
      /** A login, or an e-mail address. */
      credentialsType: v.picklist(Object.values(CredentialsType)),
      identity: text,
      password: text,
    }),
    output: v.object({ account: accountShape, retryAfter }),
    refuses: [
      "applicationNotFound",
      "loginTooShort",
      "loginTooLong",
      "passwordTooShort",
      "passwordTooLong",
      "emailInvalid",
      "accountQuotaReached",
      "loginTaken",
      "tooManyRequests",
    ],
  }),

  listAccounts: operation({
    route: "GET /manage/v1/applications/{applicationId}/accounts",
    gate: "accounts:read",
    input: v.object({
      applicationId: text,
      ...accountFilter,
      ...pageBy(["created", "lastLogin", "login"]),
    }),
    output: v.object({ accounts: v.array(accountShape), ...paged }),
    refuses: ["applicationNotFound", "cursorInvalid"],
  }),

  showAccount: operation({
    ...change,
    route: "GET /manage/v1/applications/{applicationId}/accounts/{accountId}",
    gate: "accounts:read",
  }),

  /** What it was given, and what keeps it out besides its status; instants in ms. */
  showAccountStanding: operation({
    route: "GET /manage/v1/applications/{applicationId}/accounts/{accountId}/standing",
    gate: "accounts:read",
    input: v.object(named),
    output: v.object({
      roles: v.array(text),
      blacklistedAt: v.exactOptional(count),
      /** Failed sign-ins lock one of its identities until then. */
      lockedUntil: v.exactOptional(count),
    }),
    refuses: ["accountNotFound"],
  }),

  /** Replaces the password and ends every session of the account. */
  setAccountPassword: operation({
    ...change,
    route: "PUT /manage/v1/applications/{applicationId}/accounts/{accountId}/password",
    input: v.object({ ...named, password: text }),
    refuses: ["accountNotFound", "changedMeanwhile", "passwordRefused", "tooManyRequests"],
  }),
  enableAccount: operation({
    ...change,
    route: "POST /manage/v1/applications/{applicationId}/accounts/{accountId}/enable",
  }),
  /** Ends every session of the account; it cannot sign in until it is enabled. */
  disableAccount: operation({
    ...change,
    route: "POST /manage/v1/applications/{applicationId}/accounts/{accountId}/disable",
  }),
  /** Forgets the failed sign-ins that lock it (US-LOCK-5). */
  unlockAccount: operation({
    ...change,
    route: "POST /manage/v1/applications/{applicationId}/accounts/{accountId}/unlock",
  }),
  /** Ends its sessions at both doors; it can sign in again at once. */
  endAccountSessions: operation({
    ...change,
    route: "POST /manage/v1/applications/{applicationId}/accounts/{accountId}/end-sessions",
    gate: "sessions:disconnect",
  }),
  blacklistAccount: operation({
    ...change,
    route: "POST /manage/v1/applications/{applicationId}/accounts/{accountId}/blacklist",
  }),
  unblacklistAccount: operation({
    ...change,
    route: "POST /manage/v1/applications/{applicationId}/accounts/{accountId}/unblacklist",
  }),
  deleteAccount: operation({
    ...change,
    route: "DELETE /manage/v1/applications/{applicationId}/accounts/{accountId}",
    gate: "accounts:delete",
  }),
};
