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

const names = new Map<number, string>(
  Object.entries(Status).map(([name, number]) => [number, name.replace(/(?<!^)[A-Z]/g, "_$&").toLowerCase()]),
);

/** The wire name of a status, such as `license_not_found`; a number from a newer server becomes `status_<n>`. */
export function statusName(status: number): string {
  return names.get(status) ?? `status_${status}`;
}
