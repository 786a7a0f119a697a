import type { RefusalOf } from "../operations.ts";
import type { calls } from "./calls.ts";
import type { Fault } from "./error-codes.ts";
import { faults } from "./error-codes.ts";

type CallRefusal = RefusalOf<(typeof calls)[keyof typeof calls]["operation"] | PageOperation> | "tokenUnknown";
/** What people ask for who follow a link, outside every call. */
type PageOperation = "showAccountLink" | "confirmEmail" | "recoverPassword";

/** How the user service says each refusal that can reach it. */
export const faultOf = {
  accountDisabled: faults.accountDisabled,
  accountLocked: faults.accountLocked,
  accountNotFound: faults.userNotFound,
  accountQuotaReached: { ...faults.registrationDisabled, errorData: { reason: "accountQuota" } },
  alreadyConfirmed: faults.alreadyConfirmed,
  concurrentLoginLimit: faults.concurrentLoginLimit,
  confirmationIdentityUnknown: faults.confirmationIdentityUnknown,
  confirmationNotEnabled: faults.confirmationNotEnabled,
  credentialsEmpty: faults.emptyCredentials,
  credentialsWrong: faults.invalidCredentials,
  emailInvalid: faults.malformedEmail,
  emailUnconfirmed: faults.emailNotConfirmed,
  identityEmpty: faults.requiredPropertyEmpty,
  identityMissing: faults.identityMissing,
  identityTooLong: faults.identityTooLong,
  licenseRequired: { ...faults.registrationDisabled, errorData: { reason: "licenseRequired" } },
  linkInvalid: faults.confirmationFailed,
  loggedInElsewhere: faults.alreadyLoggedInElsewhere,
  loginNotText: faults.malformedRequest,
  loginTaken: faults.userExists,
  loginsDisabled: faults.loginsDisabled,
  /** A logout that found nothing to end had a token that no longer names a session. */
  notAuthorized: faults.sessionUnknown,
  objectIdNotAllowed: faults.objectIdNotAllowedOnRegister,
  passwordNotText: faults.passwordNotString,
  passwordRefused: faults.passwordRefused,
  passwordRequired: faults.passwordRequired,
  propertiesMalformed: faults.malformedRequest,
  propertyMissing: faults.requiredPropertyMissing,
  propertyNameReserved: faults.propertyNameReserved,
  recoveryDisabled: faults.recoveryDisabled,
  recoveryIdentityUnknown: faults.recoveryIdentityUnknown,
  recoveryOfSocialAccount: faults.recoveryRefusedForSocialAccount,
  registrationClosed: faults.registrationDisabled,
  serverKeyRequired: faults.objectIdLoginNeedsServerKey,
  tokenUnknown: faults.sessionUnknown,
  tooManyRequests: faults.rateLimited,
} as const satisfies Record<CallRefusal, Fault>;
