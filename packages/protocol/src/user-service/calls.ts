import type { OperationName } from "../operations.ts";
import type { Refusal } from "../refusals.ts";
import { type CallName, type CallRoute, callRoutes } from "./call-routes.ts";
import type { Fault } from "./error-codes.ts";
import { faults } from "./error-codes.ts";

/**
 * What a call does with the `user-token` header (user service §4):
 * `optional` checks and refreshes it, `ignored` does neither, `logout` ends what it names; `ifLive` takes a live one for
 * what it is and a dead one for none, and refreshes neither.
 */
export type TokenMode = "optional" | "ignored" | "ifLive" | "logout";

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

/** What is said otherwise when an account is updated than when it is registered. */
const update = {
  operation: "updateAccount",
  token: "optional",
  body: "properties",
  failure: faults.updateFailed,
  says: {
    loginTaken: faults.identityTakenOnUpdate,
    propertyTaken: faults.identityTakenOnUpdate,
    propertyEmpty: faults.requiredPropertyEmptied,
    tooManyColumns: faults.newPropertyRefusedOnUpdate,
  },
} as const;

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
    token: "ifLive",
    body: "properties",
    failure: faults.registerFailed,
  },
  loginAsGuest: {
    ...callRoutes.loginAsGuest,
    operation: "loginAsGuest",
    token: "ignored",
    failure: faults.loginFailed,
    says: { accountQuotaReached: { ...faults.loginsDisabled, errorData: { reason: "accountQuota" } } },
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
  getAccountRoles: {
    ...callRoutes.getAccountRoles,
    operation: "getAccountRoles",
    token: "optional",
    failure: faults.rolesReadFailed,
  },
  findByRole: {
    ...callRoutes.findByRole,
    operation: "findByRole",
    token: "optional",
    query: true,
    failure: faults.internalError,
  },
  assignRole: {
    ...callRoutes.assignRole,
    operation: "assignRole",
    token: "optional",
    body: "fields",
    failure: faults.roleAssignFailed,
    says: { serverKeyRequired: faults.roleChangeNeedsServerKey, roleOfSystem: faults.systemRoleNotAssignable },
  },
  unassignRole: {
    ...callRoutes.unassignRole,
    operation: "unassignRole",
    token: "optional",
    body: "fields",
    failure: faults.roleUnassignFailed,
    says: { serverKeyRequired: faults.roleChangeNeedsServerKey, roleOfSystem: faults.systemRoleNotRemovable },
  },
  setUserStatus: {
    ...callRoutes.setUserStatus,
    operation: "setAccountStatus",
    token: "optional",
    body: "fields",
    failure: faults.internalError,
    says: { serverKeyRequired: faults.statusChangeNeedsServerKey },
  },
  verifyPassowrd: {
    ...callRoutes.verifyPassowrd,
    operation: "verifyPassword",
    token: "optional",
    body: "fields",
    failure: faults.internalError,
    says: { serverKeyRequired: faults.passwordCheckNeedsServerKey },
  },
  verifyPassword: {
    ...callRoutes.verifyPassword,
    operation: "verifyPassword",
    token: "optional",
    body: "fields",
    failure: faults.internalError,
    says: { serverKeyRequired: faults.passwordCheckNeedsServerKey },
  },
  describeUserClass: {
    ...callRoutes.describeUserClass,
    operation: "describeColumns",
    token: "optional",
    failure: faults.columnsReadFailed,
  },
  requestSignInUrl: {
    ...callRoutes.requestSignInUrl,
    operation: "beginSocialLogin",
    token: "ignored",
    body: "fields",
    failure: faults.loginFailed,
  },
  requestSocialUrl: {
    ...callRoutes.requestSocialUrl,
    operation: "beginSocialLogin",
    token: "ignored",
    body: "fields",
    failure: faults.loginFailed,
  },
  socialLogin: {
    ...callRoutes.socialLogin,
    operation: "socialLogin",
    token: "ifLive",
    body: "fields",
    failure: faults.loginFailed,
  },
  socialSdkLogin: {
    ...callRoutes.socialSdkLogin,
    operation: "socialLogin",
    token: "ifLive",
    body: "fields",
    failure: faults.loginFailed,
  },
  getUser: {
    ...callRoutes.getUser,
    operation: "getAccount",
    token: "optional",
    failure: faults.internalError,
  },
  update: { ...callRoutes.update, ...update },
  findById: {
    ...callRoutes.findById,
    operation: "getAccount",
    token: "optional",
    failure: faults.internalError,
  },
  updateById: { ...callRoutes.updateById, ...update },
  remove: {
    ...callRoutes.remove,
    operation: "removeAccount",
    token: "optional",
    failure: faults.internalError,
  },
  /** A registration; with an id in its body it is `updateById` (US-TABLE-6). */
  save: {
    ...callRoutes.save,
    operation: "register",
    token: "optional",
    body: "properties",
    failure: faults.registerFailed,
  },
  find: {
    ...callRoutes.find,
    operation: "findAccounts",
    token: "optional",
    body: "query",
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
