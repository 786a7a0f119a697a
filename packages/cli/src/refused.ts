import { limits, type RefusalOf } from "@latchkey/protocol";
import type { Outcome } from "@latchkey/server";
import { type Failure, failed, wrongUsage } from "./failure.ts";

/** The operations behind the commands. */
export type CommandOperation =
  | "createApplication"
  | "listApplications"
  | "showApplication"
  | "createLicenses"
  | "listLicenses"
  | "showLicense"
  | "listAccounts"
  | "showAccount"
  | "addFile"
  | "listFiles"
  | "deleteFile";

const { min, max } = limits.applicationName;

const sentences = {
  applicationNameInvalid: `an application's name has ${min} to ${max} characters`,
  applicationNotFound: "there is no such application",
  licenseNotFound: "there is no such license; a license's key needs --app with the id of its application",
  accountNotFound: "there is no such account",
  fileNotFound: "there is no such file",
  fileNameInvalid: `a file's name has ${limits.fileName.min} to ${limits.fileName.max} characters, and no slashes or control characters`,
  fileTooLarge: `a file has at most ${limits.fileSize.max / 2 ** 30} GiB`,
  fileContentMismatch: "the file was changed while it was read: nothing of it was kept",
  fileStorageFull: "there is no room for the file where files are kept (the disk is full): nothing of it was kept",
} as const satisfies Record<RefusalOf<CommandOperation>, string>;

/** How a command ends whose operation did not do what it was asked. */
export function refused(outcome: Outcome<CommandOperation> & { readonly ok: false }): Failure {
  if ("refusal" in outcome) return failed(sentences[outcome.refusal]);
  if (outcome.fault === "internal") return failed(`it failed: the log above says why, under ${outcome.requestId}`);
  return wrongUsage("a value is too long, or has characters that cannot be stored");
}
