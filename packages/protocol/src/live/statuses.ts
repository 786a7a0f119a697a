import type { PacketName, RefusalOf } from "../operations.ts";
import type { closeInsteadOf } from "./close-reasons.ts";

/** Status numbers of the live protocol (§4). Never reused, never renamed. */
export const Status = {
  None: 0,
  Ok: 1,
  InvalidApiKey: 2,
  NotAuthorized: 3,
  AlreadyInitialized: 4,
  TooManyRequests: 5,
  InternalServerError: 6,
  AlreadyAuthorized: 7,
  RateLimited: 8,
  LicenseNotFound: 100,
  LicenseTooShort: 101,
  LicenseTooLong: 102,
  LicenseExpired: 103,
  LicensePaused: 104,
  LicenseBlacklisted: 105,
  LicenseAlreadyLinked: 106,
  LicenseAlreadyActivated: 107,
  AppUserNotFound: 200,
  AppUserBlacklisted: 201,
  AppUserAlreadyExists: 202,
  AppUserHasNoValidLicenses: 203,
  AppUserRequiresLicense: 204,
  AppUserLoginTooShort: 205,
  AppUserLoginTooLong: 206,
  AppUserPasswordTooShort: 207,
  AppUserPasswordTooLong: 208,
  AppUserEmailInvalid: 209,
  AppUserCredentialsTypeInvalid: 210,
  FileNotFound: 300,
  FileInvalidName: 301,
  FileInvalidResumeOffset: 303,
  FileNotBeingTransferred: 305,
  VariableNotFound: 400,
  VariableInvalidName: 401,
  ClientIdTooShort: 500,
  ClientIdTooLong: 501,
  ClientIdMismatch: 502,
  ClientIdBlacklisted: 503,
  AppNotFound: 600,
  AppPaused: 601,
  AppSessionsQuotaExceeded: 602,
  AppAccountsQuotaExceeded: 603,
  AppBlacklistsQuotaExceeded: 604,
  StoreValueNotFound: 700,
  StoreOutOfMemory: 701,
  StoreOutOfEntries: 702,
  SessionNotFound: 800,
  LicenseNoFreeSeat: 801,
  RegistrationClosed: 802,
  AppUserEmailUnconfirmed: 803,
  FileChecksumMismatch: 850,
} as const;
export type Status = (typeof Status)[keyof typeof Status];

export type AnsweredRefusal = Exclude<RefusalOf<PacketName>, keyof typeof closeInsteadOf>;

/** How the live door says each refusal that it answers. */
export const statusOf = {
  sessionNotFound: Status.SessionNotFound,
  applicationKeyMalformed: Status.InvalidApiKey,
  notAuthorized: Status.NotAuthorized,
  alreadyInitialized: Status.AlreadyInitialized,
  tooManyRequests: Status.TooManyRequests,
  accountLocked: Status.TooManyRequests,
  alreadyAuthorized: Status.AlreadyAuthorized,
  licenseNotFound: Status.LicenseNotFound,
  licenseTooShort: Status.LicenseTooShort,
  licenseTooLong: Status.LicenseTooLong,
  licenseExpired: Status.LicenseExpired,
  licensePaused: Status.LicensePaused,
  licenseBlacklisted: Status.LicenseBlacklisted,
  licenseAlreadyLinked: Status.LicenseAlreadyLinked,
  licenseAlreadyActivated: Status.LicenseAlreadyActivated,
  credentialsWrong: Status.AppUserNotFound,
  accountDisabled: Status.AppUserBlacklisted,
  loginTaken: Status.AppUserAlreadyExists,
  noValidLicense: Status.AppUserHasNoValidLicenses,
  licenseRequired: Status.AppUserRequiresLicense,
  loginTooShort: Status.AppUserLoginTooShort,
  loginTooLong: Status.AppUserLoginTooLong,
  passwordTooShort: Status.AppUserPasswordTooShort,
  passwordTooLong: Status.AppUserPasswordTooLong,
  emailInvalid: Status.AppUserEmailInvalid,
  credentialsTypeInvalid: Status.AppUserCredentialsTypeInvalid,
  clientIdTooShort: Status.ClientIdTooShort,
  clientIdTooLong: Status.ClientIdTooLong,
  clientIdMismatch: Status.ClientIdMismatch,
  clientIdBlacklisted: Status.ClientIdBlacklisted,
  applicationNotFound: Status.AppNotFound,
  applicationPaused: Status.AppPaused,
  sessionQuotaReached: Status.AppSessionsQuotaExceeded,
  accountQuotaReached: Status.AppAccountsQuotaExceeded,
  noFreeSeat: Status.LicenseNoFreeSeat,
  registrationClosed: Status.RegistrationClosed,
  emailUnconfirmed: Status.AppUserEmailUnconfirmed,
  fileNotFound: Status.FileNotFound,
  fileNameInvalid: Status.FileInvalidName,
  fileResumeOffsetInvalid: Status.FileInvalidResumeOffset,
  variableNotFound: Status.VariableNotFound,
  variableNameInvalid: Status.VariableInvalidName,
  valueNotFound: Status.StoreValueNotFound,
  valuesTooLarge: Status.StoreOutOfMemory,
  tooManyValues: Status.StoreOutOfEntries,
  blacklistQuotaReached: Status.AppBlacklistsQuotaExceeded,
} as const satisfies Record<AnsweredRefusal, Status>;

export type StatusOf<N extends PacketName> =
  typeof Status.Ok | typeof Status.InternalServerError | (typeof statusOf)[RefusalOf<N> & keyof typeof statusOf];

const names = new Map<number, string>(
  Object.entries(Status).map(([name, number]) => [number, name.replace(/(?<!^)[A-Z]/g, "_$&").toLowerCase()]),
);

/** The wire name of a status, such as `license_not_found`; a number from a newer server becomes `status_<n>`. */
export function statusName(status: number): string {
  return names.get(status) ?? `status_${status}`;
}
