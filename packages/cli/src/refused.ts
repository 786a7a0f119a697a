import { limits, type RefusalOf } from "@latchkey/protocol";
import type { Judgment } from "@latchkey/server";
import { type Failure, failed, wrongUsage } from "./failure.ts";

/** The operations behind the commands. */
export type CommandOperation =
  | "createApplication"
  | "listApplications"
  | "showApplication"
  | "updateApplication"
  | "bindHost"
  | "unbindHost"
  | "revokeApiKey"
  | "createRole"
  | "giveRole"
  | "createLicenses"
  | "listLicenses"
  | "showLicense"
  | "linkLicense"
  | "addAccount"
  | "listAccounts"
  | "showAccount"
  | "setAccountPassword"
  | "importAccounts"
  | "exportAccounts"
  | "endSession"
  | "setColumn"
  | "deleteColumn"
  | "setVariable"
  | "showVariable"
  | "removeBlacklistEntry"
  | "addFile"
  | "listFiles"
  | "deleteFile"
  | "addProvider"
  | "listProviders"
  | "removeProvider";

const { applicationName, fileName, fileSize, login, password, variableName, variableContent } = limits;

const sentences = {
  applicationNameInvalid: `an application's name has ${applicationName.min} to ${applicationName.max} characters`,
  applicationNotFound: "there is no such application",
  hostInvalid: "that is no host name; it has no port and no path",
  hostTaken: "another application has that host name: unbind it there first",
  hostNotFound: "the application has no such host name",
  apiKeyNotFound: "the application has no key of that kind: make one with app renew-key",
  roleNotFound: "the application has no such role",
  roleOfSystem: "that is the name of a role that the server itself gives",
  roleNameInvalid: "a role's name has 1 to 64 characters",
  roleExists: "the application has a role of that name",
  licenseNotFound: "there is no such license; a license's key needs --app with the id of its application",
  licensePaused: "the license is paused: unpause it first",
  licenseBlacklisted: "the license is blacklisted: take it off the blacklist first",
  licenseAlreadyLinked: "the license belongs to an account already: reinitialize it first",
  licenseAlreadyActivated: "the license has been used already: reinitialize it first",
  accountNotFound: "there is no such account",
  accountQuotaReached: "the application has as many accounts as it may have: set its accountQuota",
  loginTaken: "another account of the application signs in by that",
  loginTooShort: `what an account signs in by has at least ${login.min} characters`,
  loginTooLong: `what an account signs in by has at most ${login.max} characters`,
  emailInvalid: "that is no e-mail address",
  passwordTooShort: `a password has at least ${password.min} characters, or the application's passwordMinLength`,
  passwordTooLong: `a password has at most ${password.max} characters`,
  passwordRefused: "the password is shorter than the application's passwordMinLength, or too long",
  tooManyRequests: "too many passwords are being hashed: try again",
  providerNotFound: "the application has no provider of that name",
  providerNameInvalid: "a provider's name begins with a letter and has at most 32 of a-z, 0-9, _ and -",
  providerSettingsInvalid:
    "a provider's addresses begin with https:// (or http:// on this machine), and its scopes and fields have no blanks",
  sessionNotFound: "there is no such session, or it has ended",
  columnNotFound: "there is no such column in this application",
  columnNameInvalid: "that name is taken by the server, or is not made of letters, digits and underscores",
  columnDefaultInvalid: "the default does not suit the type, or would be the same for all where no two may be the same",
  columnValuesUnsuited: "accounts have values that do not suit the type, or that are not unique",
  tooManyColumns: "the application has as many columns as it may have",
  variableNotFound: "there is no such variable in this application",
  variableNameInvalid: `a variable's name has ${variableName.min} to ${variableName.max} characters`,
  variableTooLong: `a variable's value has at most ${variableContent.max} characters`,
  blacklistEntryNotFound: "that is not on the application's blacklist",
  fileNotFound: "there is no such file",
  fileNameInvalid: `a file's name has ${fileName.min} to ${fileName.max} characters, and no slashes or control characters`,
  fileTooLarge: `a file has at most ${fileSize.max / 2 ** 30} GiB`,
  fileContentMismatch: "the file was changed while it was read: nothing of it was kept",
  fileStorageFull: "there is no room for the file where files are kept (the disk is full): nothing of it was kept",
} as const satisfies Record<RefusalOf<CommandOperation>, string>;

/** How a command ends whose operation did not do what it was asked. */
export function refused(outcome: Judgment<CommandOperation> & { readonly ok: false }): Failure {
  if ("refusal" in outcome) return failed(sentences[outcome.refusal]);
  return wrongUsage("a value is too long, or has characters that cannot be stored");
}
