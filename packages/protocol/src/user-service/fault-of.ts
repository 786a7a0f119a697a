import type { RefusalOf } from "../operations.ts";
import type { calls } from "./calls.ts";
import type { Fault } from "./error-codes.ts";
import { faults } from "./error-codes.ts";

type CallRefusal = RefusalOf<(typeof calls)[keyof typeof calls]["operation"]> | "tokenUnknown";

/** How the user service says each refusal that can reach it. */
export const faultOf = {
  accountAlreadyDisabled: faults.alreadyDisabled,
  accountAlreadyEnabled: faults.alreadyEnabled,
  accountDisabled: faults.accountDisabled,
  accountLocked: faults.accountLocked,
  accountNotFound: faults.userNotFound,
  accountQuotaReached: { ...faults.registrationDisabled, errorData: { reason: "accountQuota" } },
  argumentMalformed: faults.malformedRequest,
  argumentMissing: faults.requiredArgumentNull,
  concurrentLoginLimit: faults.concurrentLoginLimit,
  credentialsEmpty: faults.emptyCredentials,
  credentialsWrong: faults.invalidCredentials,
  emailInvalid: faults.malformedEmail,
  emailUnconfirmed: faults.emailNotConfirmed,
  identityEmpty: faults.requiredPropertyEmpty,
  identityMissing: faults.identityMissing,
  identityTooLong: faults.identityTooLong,
  licenseRequired: { ...faults.registrationDisabled, errorData: { reason: "licenseRequired" } },
  loggedInElsewhere: faults.alreadyLoggedInElsewhere,
  loginNotText: faults.malformedRequest,
  loginTaken: faults.userExists,
  loginsDisabled: faults.loginsDisabled,
  notAllowed: faults.operationNotAllowed,
  /** A logout that found nothing to end had a token that no longer names a session. */
  notAuthorized: faults.sessionUnknown,
  objectIdNotAllowed: faults.objectIdNotAllowedOnRegister,
  passwordNotText: faults.passwordNotString,
  passwordRefused: faults.passwordRefused,
  passwordRequired: faults.passwordRequired,
  propertiesMalformed: faults.malformedRequest,
  propertyNameReserved: faults.propertyNameReserved,
  registrationClosed: faults.registrationDisabled,
  roleNotFound: faults.roleNotFound,
  roleOfSystem: faults.roleKindUnsupported,
  serverKeyRequired: faults.objectIdLoginNeedsServerKey,
  tokenUnknown: faults.sessionUnknown,
  tooManyRequests: faults.rateLimited,
  userRequired: faults.noUserInRequest,
} as const satisfies Record<CallRefusal, Fault>;
