import type { OperationName } from "../operations.ts";
import type { Fault } from "./error-codes.ts";
import { faults } from "./error-codes.ts";

/**
 * What a call does with the `user-token` header (user service §4):
 * `optional` checks and refreshes it, `ignored` does neither, `logout` ends what it names.
 */
export type TokenMode = "optional" | "ignored" | "logout";

/** One call of the user service: where it is found, which operation answers it, and what failing inside is called. */
export interface Call {
  readonly methods: readonly ("GET" | "POST" | "PUT" | "DELETE")[];
  /** Relative to the base address; `{name}` is one percent-encoded segment. */
  readonly path: string;
  readonly operation: OperationName;
  readonly token: TokenMode;
  /** The name the operation gives to the request's JSON body, or `fields` when the body's members are the input. */
  readonly body?: "fields" | "properties";
  readonly failure: Fault;
}

export const calls = {
  info: {
    methods: ["GET"],
    path: "/info",
    operation: "describeApplication",
    token: "optional",
    failure: faults.internalError,
  },
  register: {
    methods: ["POST"],
    path: "/users/register",
    operation: "register",
    token: "ignored",
    body: "properties",
    failure: faults.registerFailed,
  },
  login: {
    methods: ["POST"],
    path: "/users/login",
    operation: "login",
    token: "ignored",
    body: "fields",
    failure: faults.loginFailed,
  },
  logout: {
    methods: ["GET", "POST"],
    path: "/users/logout",
    operation: "logout",
    token: "logout",
    failure: faults.logoutFailed,
  },
  isValidUserToken: {
    methods: ["GET"],
    path: "/users/isvalidusertoken/{token}",
    operation: "isValidUserToken",
    token: "ignored",
    failure: faults.internalError,
  },
  getUserRoles: {
    methods: ["GET"],
    path: "/users/userroles",
    operation: "getUserRoles",
    token: "optional",
    failure: faults.rolesReadFailed,
  },
  getUser: {
    methods: ["GET"],
    path: "/users/{accountId}",
    operation: "getAccount",
    token: "optional",
    failure: faults.internalError,
  },
  findById: {
    methods: ["GET"],
    path: "/data/Users/{accountId}",
    operation: "getAccount",
    token: "optional",
    failure: faults.internalError,
  },
} as const satisfies Record<string, Call>;

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

export type CallName = keyof typeof calls;
