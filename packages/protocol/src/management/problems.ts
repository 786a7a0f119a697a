import type { RefusalOf, RoutedName } from "../operations.ts";

/** What every refusal and mistake at the management door has in common (RFC 9457); its code never changes. */
export interface Problem {
  readonly status: number;
  readonly title: string;
}

/** Mistakes of requests, and failures of the server: what is not for an operation to say. */
export const requestProblems = {
  routeUnknown: { status: 404, title: "There is nothing at this address" },
  methodNotAllowed: { status: 405, title: "This address does not take that method" },
  requestMalformed: { status: 400, title: "The request cannot be understood" },
  requestTooLarge: { status: 413, title: "The request is too large" },
  hostUnknown: { status: 421, title: "This server is not known by that host name" },
  originForeign: { status: 403, title: "The request comes from another site" },
  unauthenticated: { status: 401, title: "Sign in, or send a management key" },
  forbidden: { status: 403, title: "This is not allowed to you" },
  changedMeanwhile: { status: 412, title: "It was changed by someone else in the meantime" },
  conditionUnsupported: { status: 400, title: "This call takes no If-Match" },
  idempotencyKeyReused: { status: 422, title: "That Idempotency-Key was used for another request" },
  idempotencyKeyInvalid: { status: 400, title: "An Idempotency-Key has 1 to 200 printable characters" },
  answerLost: { status: 409, title: "This was done before, but its answer was not kept" },
  tooManyStreams: { status: 429, title: "Too many streams are open" },
  internal: { status: 500, title: "The server failed; its log has the request id" },
} as const satisfies Record<string, Problem>;

export type ManagementRefusal = RefusalOf<RoutedName>;

/** How the management door says each refusal that can reach it; the code of a problem is the refusal's name. */
export const problemOf = {
  accountNotFound: { status: 404, title: "There is no such account" },
  accountQuotaReached: { status: 409, title: "The application has as many accounts as it may have" },
  apiKeyNotFound: { status: 404, title: "The application has no key of that kind" },
  applicationNameInvalid: { status: 422, title: "The name of an application has 6 to 32 characters" },
  applicationNotFound: { status: 404, title: "There is no such application" },
  blacklistEntryNotFound: { status: 404, title: "That is not on the blacklist" },
  columnDefaultInvalid: { status: 422, title: "The default does not suit the type of the column" },
  columnNameInvalid: { status: 422, title: "A column cannot be called that" },
  columnNotFound: { status: 404, title: "There is no such column" },
  columnValuesUnsuited: { status: 409, title: "Accounts have values that do not suit the column" },
  emailInvalid: { status: 422, title: "That is no e-mail address" },
  fileContentMismatch: { status: 422, title: "The content is not what its checksum or size says" },
  fileNameInvalid: { status: 422, title: "A file cannot be called that" },
  fileNotFound: { status: 404, title: "There is no such file" },
  fileStorageFull: { status: 507, title: "There is no room left for the file" },
  fileTooLarge: { status: 413, title: "The file is too large" },
  hostInvalid: { status: 422, title: "That is no host name" },
  hostNotFound: { status: 404, title: "The host is not bound to the application" },
  hostTaken: { status: 409, title: "The host is bound to an application already" },
  licenseAlreadyActivated: { status: 409, title: "The license is in use already" },
  licenseAlreadyLinked: { status: 409, title: "The license is linked to an account already" },
  licenseBlacklisted: { status: 409, title: "The license is blacklisted" },
  licenseNotFound: { status: 404, title: "There is no such license" },
  licensePaused: { status: 409, title: "The license is paused" },
  loginTaken: { status: 409, title: "Somebody signs in by that already" },
  loginTooLong: { status: 422, title: "The login is too long" },
  loginTooShort: { status: 422, title: "The login is too short" },
  passwordRefused: { status: 422, title: "The password is too short, too long or not allowed" },
  passwordTooLong: { status: 422, title: "The password is too long" },
  passwordTooShort: { status: 422, title: "The password is too short" },
  providerNameInvalid: { status: 422, title: "A provider cannot be called that" },
  providerNotFound: { status: 404, title: "There is no such provider" },
  providerSettingsInvalid: { status: 422, title: "The settings of the provider do not go together" },
  roleExists: { status: 409, title: "There is a role of that name" },
  roleNameInvalid: { status: 422, title: "A role cannot be called that" },
  roleNotFound: { status: 404, title: "There is no such role" },
  roleOfSystem: { status: 409, title: "The role belongs to the system" },
  sessionNotFound: { status: 404, title: "There is no such session" },
  tooManyColumns: { status: 409, title: "The application has as many columns as it may have" },
  tooManyRequests: { status: 429, title: "Too many requests; try again later" },
  variableNameInvalid: { status: 422, title: "A variable cannot be called that" },
  variableNotFound: { status: 404, title: "There is no such variable" },
  variableTooLong: { status: 422, title: "The content of the variable is too long" },
} as const satisfies Record<ManagementRefusal, Problem>;
