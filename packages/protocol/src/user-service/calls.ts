import type { OperationName } from "../operations.ts";
import type { Refusal } from "../refusals.ts";
import { type CallName, type CallRoute, callRoutes } from "./call-routes.ts";
import type { Fault } from "./error-codes.ts";
import { faults } from "./error-codes.ts";

/**
 * What a call does with the `user-token` header (user service §4):
 * `optional` checks and refreshes it, `ignored` does neither, `logout` ends what it names.
 */
export type TokenMode = "optional" | "ignored" | "logout";

/** One call of the user service: where it is found, which operation answers it, and what failing inside is called. */
export interface Call extends CallRoute {
  readonly operation: OperationName;
  readonly token: TokenMode;
  /** The name the operation gives to the request's JSON body, or `fields` when the body's members are the input. */
  readonly body?: "fields" | "properties" | "query";
  /** The operation is given the query of the URL. */
  readonly query?: true;
  readonly failure: Fault;
  /** What this call says of a refusal that others say differently; `faultOf` has the rest. */
  readonly says?: { readonly [R in Refusal]?: Fault };
}

export const calls = {
  info: {
    ...callRoutes.info,
    operation: "describeApplication",
    token: "optional",
    failure: faults.internalError,
  },
  register: {
    ...callRoutes.register,
    operation: "register",
    token: "ignored",
    body: "properties",
    failure: faults.registerFailed,
  },
  login: {
    ...callRoutes.login,
    operation: "login",
    token: "ignored",
    body: "fields",
    failure: faults.loginFailed,
  },
  logout: {
    ...callRoutes.logout,
    operation: "logout",
    token: "logout",
    failure: faults.logoutFailed,
  },
  isValidUserToken: {
    ...callRoutes.isValidUserToken,
    operation: "isValidUserToken",
    token: "ignored",
    failure: faults.internalError,
  },
  restorePassword: {
    ...callRoutes.restorePassword,
    operation: "restorePassword",
    token: "ignored",
    failure: faults.recoveryFailed,
  },
  resendConfirmation: {
    ...callRoutes.resendConfirmation,
    operation: "resendConfirmation",
    token: "ignored",
    failure: faults.internalError,
  },
  createConfirmationUrl: {
    ...callRoutes.createConfirmationUrl,
    operation: "createConfirmationUrl",
    token: "optional",
    failure: faults.internalError,
    says: { serverKeyRequired: faults.operationNotAllowed },
  },
  getUserRoles: {
    ...callRoutes.getUserRoles,
    operation: "getUserRoles",
    token: "optional",
    failure: faults.rolesReadFailed,
  },
  getUser: {
    ...callRoutes.getUser,
    operation: "getAccount",
    token: "optional",
    failure: faults.internalError,
  },
  findById: {
    ...callRoutes.findById,
    operation: "getAccount",
    token: "optional",
    failure: faults.internalError,
  },
} as const satisfies Record<CallName, Call>;

/** Words below `/users` that the contract has given a meaning, served or not: none of them is an account's id (US-ADDR-8). */
export const userWords: ReadonlySet<string> = new Set([
  "register",
  "login",
  "logout",
  "isvalidusertoken",
  "restorepassword",
  "resendconfirmation",
  "createEmailConfirmationURL",
  "verifypassowrd",
  "verifypassword",
  "userroles",
  "role",
  "assignRole",
  "unassignRole",
  "userclassprops",
  "oauth",
  "social",
]);
