import type { refusedClientId, refusedCredentials, refusedLicense } from "../sign-in-limits.ts";
import { Status } from "./statuses.ts";

/** What can be refused without asking the server. */
export type LengthRefusal = NonNullable<
  ReturnType<typeof refusedClientId> | ReturnType<typeof refusedCredentials> | ReturnType<typeof refusedLicense>
>;

/** How the live door says these refusals: a table of its own, since the SDK ships without the others. */
export const lengthStatusOf = {
  licenseTooShort: Status.LicenseTooShort,
  licenseTooLong: Status.LicenseTooLong,
  loginTooShort: Status.AppUserLoginTooShort,
  loginTooLong: Status.AppUserLoginTooLong,
  passwordTooShort: Status.AppUserPasswordTooShort,
  passwordTooLong: Status.AppUserPasswordTooLong,
  emailInvalid: Status.AppUserEmailInvalid,
  credentialsTypeInvalid: Status.AppUserCredentialsTypeInvalid,
  clientIdTooShort: Status.ClientIdTooShort,
  clientIdTooLong: Status.ClientIdTooLong,
} as const satisfies Record<LengthRefusal, Status>;
