import type { PacketName, RefusalOf } from "../operations.ts";
import type { closeInsteadOf } from "./close-reasons.ts";
import { lengthStatusOf } from "./length-status-of.ts";
import { Status } from "./statuses.ts";

export type AnsweredRefusal = Exclude<RefusalOf<PacketName>, keyof typeof closeInsteadOf>;

/** How the live door says each refusal that it answers. */
export const statusOf = {
  ...lengthStatusOf,
  sessionNotFound: Status.SessionNotFound,
  applicationKeyMalformed: Status.InvalidApiKey,
  notAuthorized: Status.NotAuthorized,
  alreadyInitialized: Status.AlreadyInitialized,
  tooManyRequests: Status.TooManyRequests,
  accountLocked: Status.TooManyRequests,
  alreadyAuthorized: Status.AlreadyAuthorized,
  licenseNotFound: Status.LicenseNotFound,
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
