import type { Returns } from "./calls.ts";
import type { UserServiceFault } from "./user-service-fault.ts";

/** A user as the service shows it: system columns and every property of the program's own. Never a password. */
export interface User {
  readonly objectId: string;
  readonly [property: string]: unknown;
}

/** What a user is registered with: `password`, the application's identity property, and any others. */
export type NewUser = Readonly<Record<string, unknown>>;

/** A trailing callback of the user service: exactly one of the two is called, once, never before the call has returned. */
export interface AsyncCallback<R> {
  handleResponse(response: R): void;
  handleFault(fault: UserServiceFault): void;
}

/** Every call of the user service, in the form `F`. A call has its result or fails with a `UserServiceFault`. */
export interface UserCalls<F extends "promise" | "sync" = "promise"> {
  /** Creates a user. Does not log in. */
  register(user: NewUser): Returns<F, User>;
  /** Logs a user in; the calls that follow are made as this user. The user logged in before is not logged out. */
  login(identity: string, password: string): Returns<F, User>;
  /**
   * Ends the session of the user who is logged in. Once it has succeeded the user token is worth nothing any more.
   * A fault that says there is no such session (see `endsLocalLogin`) logs out here as well; after any other the user
   * is still logged in. Succeeds when nobody is logged in.
   */
  logout(): Returns<F, undefined>;
  /** Whether somebody is logged in and the server still knows the session. Asks nothing when nobody is logged in. */
  isValidLogin(): Returns<F, boolean>;
  /** The user who is logged in, as `login` returned it, or null. Asks the server nothing. */
  getCurrentUser(): Returns<F, User | null>;
}

export type UserCallName = keyof UserCalls;

export const userCallNames = [
  "register",
  "login",
  "logout",
  "isValidLogin",
  "getCurrentUser",
] as const satisfies readonly UserCallName[];
