import { limits } from "../limits.ts";
import { webhooksAtMost } from "../operations/webhook.ts";
import type { RefusalOf, RoutedName } from "../operations.ts";

/** What every refusal and mistake at the management door has in common (RFC 9457); its code never changes. */
export interface Problem {
  readonly status: number;
  /** What an operator reads, also of the command: a sentence without its full stop. */
  readonly title: string;
}

/** Mistakes of requests, and failures of the server: what is not for an operation to say. */
export const requestProblems = {
  routeUnknown: { status: 404, title: "there is nothing at this address" },
  methodNotAllowed: { status: 405, title: "this address does not take that method" },
  requestMalformed: { status: 400, title: "the request cannot be understood" },
  requestTooLarge: { status: 413, title: "the request is too large" },
  hostUnknown: { status: 421, title: "this server is not known by that host name" },
  originForeign: { status: 403, title: "the request comes from another site" },
  unauthenticated: { status: 401, title: "sign in, or send a management key" },
  forbidden: { status: 403, title: "this is not allowed to you" },
  conditionUnsupported: { status: 400, title: "this call takes no If-Match" },
  idempotencyKeyReused: { status: 422, title: "that Idempotency-Key was used for another request" },
  idempotencyKeyInvalid: {
    status: 400,
    title: "an Idempotency-Key has 1 to 200 printable ASCII characters, and goes with POST",
  },
  answerUnknown: {
    status: 409,
    title: "this is being done or was done before, and its answer is not known: look at the records",
  },
  tooManyStreams: { status: 429, title: "too many streams are open" },
  internal: { status: 500, title: "the server failed; its log has the request id" },
} as const satisfies Record<string, Problem>;

const { applicationName, fileName, fileSize, login, password, variableName, variableContent } = limits;

export type ManagementRefusal = RefusalOf<RoutedName>;

/** How the management door says each refusal that can reach it; the code of a problem is the refusal's name. */
export const problemOf = {
  accountNotFound: { status: 404, title: "there is no such account" },
  accountQuotaReached: {
    status: 409,
    title: "the application has as many accounts as it may have: set its accountQuota",
  },
  apiKeyNotFound: { status: 404, title: "the application has no key of that kind: make one first" },
  applicationNameInvalid: {
    status: 422,
    title: `an application's name has ${applicationName.min} to ${applicationName.max} characters`,
  },
  applicationNotFound: { status: 404, title: "there is no such application" },
  blacklistEntryNotFound: { status: 404, title: "that is not on the application's blacklist" },
  bulkJobNotFound: { status: 404, title: "there is no such job" },
  bulkJobOver: { status: 409, title: "the job has come to its end already" },
  bulkPlanInvalid: { status: 422, title: "a job needs the records that its kind is about, and nothing else" },
  changedMeanwhile: { status: 412, title: "it was changed by someone else in the meantime: look at it again" },
  columnDefaultInvalid: {
    status: 422,
    title: "the default does not suit the type, or would be the same for all where no two may be the same",
  },
  columnNameInvalid: {
    status: 422,
    title: "that name is taken by the server, or is not made of letters, digits and underscores",
  },
  columnNotFound: { status: 404, title: "there is no such column in this application" },
  columnValuesUnsuited: {
    status: 409,
    title: "accounts have values that do not suit the type, or that are not unique",
  },
  credentialsWrong: { status: 403, title: "the address or the password is wrong" },
  cursorInvalid: { status: 422, title: "the cursor is of another list, or of another order" },
  emailInvalid: { status: 422, title: "that is no e-mail address" },
  emailTaken: { status: 409, title: "an operator has that address already" },
  expiryInvalid: { status: 422, title: "a key expires in the future" },
  fileContentMismatch: { status: 422, title: "the file was changed while it was read: nothing of it was kept" },
  fileNameInvalid: {
    status: 422,
    title: `a file's name has ${fileName.min} to ${fileName.max} characters, and no slashes or control characters`,
  },
  fileNotFound: { status: 404, title: "there is no such file" },
  fileStorageFull: {
    status: 507,
    title: "there is no room for the file where files are kept (the disk is full): nothing of it was kept",
  },
  fileTooLarge: { status: 413, title: `a file has at most ${fileSize.max / 2 ** 30} GiB` },
  grantTooWide: { status: 403, title: "nobody gives more than they have themselves" },
  hostInvalid: { status: 422, title: "that is no host name; it has no port and no path" },
  hostNotFound: { status: 404, title: "the application has no such host name" },
  hostTaken: { status: 409, title: "another application has that host name: unbind it there first" },
  invitationNotFound: { status: 404, title: "there is no such invitation" },
  lastOwner: { status: 409, title: "this is the last owner who can sign in" },
  licenseAlreadyActivated: { status: 409, title: "the license has been used already: reinitialize it first" },
  licenseAlreadyLinked: { status: 409, title: "the license belongs to an account already: reinitialize it first" },
  licenseBlacklisted: { status: 409, title: "the license is blacklisted: take it off the blacklist first" },
  licenseNotFound: { status: 404, title: "there is no such license" },
  licensePaused: { status: 409, title: "the license is paused: unpause it first" },
  linkInvalid: { status: 410, title: "the link was used, is void or has expired" },
  loginTaken: { status: 409, title: "another account of the application signs in by that" },
  loginTooLong: { status: 422, title: `what an account signs in by has at most ${login.max} characters` },
  loginTooShort: { status: 422, title: `what an account signs in by has at least ${login.min} characters` },
  mailTemplateInvalid: {
    status: 422,
    title: "only {application} and {until} are filled in: other words in braces are none",
  },
  managementKeyNotFound: { status: 404, title: "there is no such management key, or it is revoked" },
  nameInvalid: { status: 422, title: "a name has 1 to 64 characters" },
  notAllowed: { status: 403, title: "this is not allowed to you" },
  operatorNotFound: { status: 404, title: "there is no such operator" },
  passwordRefused: {
    status: 422,
    title: "the password is shorter than the application's passwordMinLength, or too long",
  },
  passwordTooLong: { status: 422, title: `a password has at most ${password.max} characters` },
  passwordTooShort: {
    status: 422,
    title: `a password has at least ${password.min} characters, or the application's passwordMinLength`,
  },
  providerNameInvalid: {
    status: 422,
    title: "a provider's name begins with a letter and has at most 32 of a-z, 0-9, _ and -",
  },
  providerNotFound: { status: 404, title: "the application has no provider of that name" },
  providerSettingsInvalid: {
    status: 422,
    title:
      "a provider's addresses begin with https:// (or http:// on this machine), and its scopes and fields have no blanks",
  },
  roleExists: { status: 409, title: "the application has a role of that name" },
  roleNameInvalid: { status: 422, title: "a role's name has 1 to 64 characters" },
  roleNotFound: { status: 404, title: "the application has no such role" },
  roleOfSystem: { status: 409, title: "that is the name of a role that the server itself gives" },
  secondFactorNotBegun: { status: 409, title: "no second factor has been begun" },
  secondFactorOff: { status: 409, title: "there is no second factor" },
  secondFactorOn: { status: 409, title: "there is a second factor already" },
  secondFactorRequired: { status: 403, title: "a code of the second factor is needed" },
  secondFactorWrong: { status: 403, title: "the code is wrong, or was used before" },
  sessionNotFound: { status: 404, title: "there is no such session, or it has ended" },
  signedOut: { status: 401, title: "the session has ended: sign in again" },
  storageQuotaReached: { status: 409, title: "the files of the application would be larger than its storageQuota" },
  tooManyColumns: { status: 409, title: "the application has as many columns as it may have" },
  tooManyRequests: { status: 429, title: "too many requests: try again later" },
  tooManyWebhooks: { status: 409, title: `an application has at most ${webhooksAtMost} webhooks` },
  variableNameInvalid: {
    status: 422,
    title: `a variable's name has ${variableName.min} to ${variableName.max} characters`,
  },
  variableNotFound: { status: 404, title: "there is no such variable in this application" },
  variableTooLong: { status: 422, title: `a variable's value has at most ${variableContent.max} characters` },
  webhookDeliveryNotFound: { status: 404, title: "there is no such delivery, or it is too long ago" },
  webhookDisabled: { status: 409, title: "the webhook is disabled: enable it first" },
  webhookNotFound: { status: 404, title: "the application has no such webhook" },
  webhookUrlInvalid: {
    status: 422,
    title:
      "a webhook's address begins with https://, has no user name, password or fragment, and leads to the internet or to a network of the setting webhookAllowedNetworks",
  },
} as const satisfies Record<ManagementRefusal, Problem>;
