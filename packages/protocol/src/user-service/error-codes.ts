import { endedLogin } from "./ended-login.ts";

/** One error of the user service: its code, its HTTP status (400 unless given) and a wire text or our own. */
export interface Fault {
  readonly code: number;
  readonly message: string;
  readonly status?: number;
  readonly errorData?: Readonly<Record<string, unknown>>;
}

/** Every error this door sends (user service §10). Texts marked by US-ERR-8 are wire constants. */
export const faults = {
  appOrKeyUnknown: { code: 2002, message: "Unknown application, or the key is not one of its keys" },
  malformedRequest: { code: 2004, message: "The request cannot be understood" },
  objectIdLoginNeedsServerKey: { code: 2014, message: "Login by object id is allowed only for Code Runner API key" },
  alreadyLoggedInElsewhere: { code: 3002, message: "The account is logged in elsewhere" },
  invalidCredentials: { code: 3003, message: "Invalid login or password" },
  emptyCredentials: { code: 3006, message: "Login and password must be given" },
  applicationIdInvalid: { code: 3007, message: "Invalid application id" },
  registrationDisabled: {
    code: 3009,
    message: "User registration is denied for this version of application",
    status: 403,
  },
  passwordRequired: { code: 3011, message: "A password is required" },
  identityMissing: { code: 3013, message: "The identity property is required" },
  propertyNameReserved: { code: 3016, message: "A property has a name that is not allowed" },
  registerFailed: { code: 3021, message: "Registration failed", status: 500 },
  loginFailed: { code: 3022, message: "Login failed", status: 500 },
  logoutFailed: endedLogin.logoutFailed,
  userExists: { code: 3033, message: "The identity is already in use" },
  loginsDisabled: { code: 3034, message: "Logins are switched off for this application" },
  accountLocked: { code: 3036, message: "The account is locked after too many failed logins" },
  objectIdNotAllowedOnRegister: { code: 3039, message: "An object id cannot be given on registration" },
  malformedEmail: { code: 3040, message: "The email property is not an e-mail address" },
  requiredPropertyEmpty: { code: 3041, message: "A required property is empty" },
  concurrentLoginLimit: { code: 3044, message: "The account has reached its number of concurrent logins" },
  passwordNotString: { code: 3050, message: "The password must be a string" },
  userNotFound: { code: 3057, message: "User not found" },
  identityTooLong: { code: 3063, message: "The identity is longer than 200 characters" },
  sessionUnknown: endedLogin.sessionUnknown,
  rolesReadFailed: { code: 3081, message: "The roles could not be read", status: 500 },
  emailNotConfirmed: { code: 3087, message: "The e-mail address is not confirmed yet" },
  accountDisabled: endedLogin.accountDisabled,
  passwordRefused: { code: 40001, message: "The password is too short or too long" },
  routeUnknown: { code: 40400, message: "There is no such resource", status: 404 },
  requestTooLarge: { code: 41300, message: "The request is too large" },
  rateLimited: { code: 42900, message: "Too many requests", status: 429 },
  internalError: { code: 50000, message: "Internal error", status: 500 },
} as const satisfies Record<string, Fault>;
