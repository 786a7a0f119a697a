import type { RefusalOf } from "../operations.ts";
import type { calls } from "./calls.ts";
import type { Fault } from "./error-codes.ts";
import { faults } from "./error-codes.ts";

type CallRefusal = RefusalOf<(typeof calls)[keyof typeof calls]["operation"] | "completeSocialLogin"> | "tokenUnknown";

/** How the user service says each refusal that can reach it. */
export const faultOf = {
  accountDisabled: faults.accountDisabled,
  accountLocked: faults.accountLocked,
  accountNotFound: faults.userNotFound,
  accountQuotaReached: { ...faults.registrationDisabled, errorData: { reason: "accountQuota" } },
  concurrentLoginLimit: faults.concurrentLoginLimit,
  credentialsEmpty: faults.emptyCredentials,
  credentialsWrong: faults.invalidCredentials,
  emailInvalid: faults.malformedEmail,
  emailUnconfirmed: faults.emailNotConfirmed,
  guestNotConvertible: faults.guestNotConvertible,
  handOverNotAllowed: { ...faults.malformedRequest, errorData: { reason: "handOverNotAllowed" } },
  identityEmpty: faults.requiredPropertyEmpty,
  identityMissing: faults.identityMissing,
  identityTooLong: faults.identityTooLong,
  licenseRequired: { ...faults.registrationDisabled, errorData: { reason: "licenseRequired" } },
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
  propertyNameReserved: faults.propertyNameReserved,
  providerFailed: faults.externalSignInFailed,
  providerNotConfigured: faults.loginProviderNotConfigured,
  providerRefused: faults.externalSignInRefused,
  registrationClosed: faults.registrationDisabled,
  serverKeyRequired: faults.objectIdLoginNeedsServerKey,
  signInMalformed: faults.malformedRequest,
  signInUnknown: faults.externalSignInRefused,
  socialEmailTaken: faults.socialEmailTaken,
  socialIdentityWrong: faults.wrongSocialIdentity,
  tokenUnknown: faults.sessionUnknown,
  tooManyRequests: faults.rateLimited,
} as const satisfies Record<CallRefusal, Fault>;
