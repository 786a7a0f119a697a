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
  deletionForbidden: faults.deleteOfOthersForbidden,
  emailInvalid: faults.malformedEmail,
  emailUnconfirmed: faults.emailNotConfirmed,
  guestUnconverted: faults.operationNotAllowed,
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
  propertyEmpty: faults.requiredPropertyEmpty,
  propertyMissing: faults.requiredPropertyMissing,
  propertyNameReserved: faults.propertyNameReserved,
  propertyTaken: faults.userExists,
  propertyTypeMismatch: faults.propertyTypeMismatch,
  queryMalformed: { ...faults.malformedRequest, message: "The query cannot be understood: <part>" },
  registrationClosed: faults.registrationDisabled,
  roleNotFound: faults.roleNotFound,
  roleOfSystem: faults.roleKindUnsupported,
  serverKeyRequired: faults.objectIdLoginNeedsServerKey,
  tokenUnknown: faults.sessionUnknown,
  tooManyColumns: faults.newPropertyRefused,
  tooManyRequests: faults.rateLimited,
  userRequired: faults.noUserInRequest,
  updateNeedsLogin: faults.updateNeedsLogin,
  updateOfOthersForbidden: faults.updateOfOthersForbidden,
  updateTargetMissing: faults.updateTargetMissing,
} as const satisfies Record<CallRefusal, Fault>;
