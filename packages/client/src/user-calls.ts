import type { Returns } from "./calls.ts";
import type { UserServiceFault } from "./user-service-fault.ts";

/** A user as the service shows it: system columns and every property of the program's own. Never a password. */
export interface User {
  readonly objectId: string;
  readonly [property: string]: unknown;
}

/** What a user is registered with: `password`, the application's identity property, and any others. */
export type NewUser = Readonly<Record<string, unknown>>;

/** A column of the application's users: its `type`, whether it is `required`, whether users log in by it (`identity`). */
export interface UserProperty {
  readonly name: string;
  readonly [detail: string]: unknown;
}

/** Which users are looked for, and what of them is wanted. */
export interface UserQuery {
  /** Such as `plan = 'pro' and age = 7`: equality is the only comparison. */
  readonly where?: string;
  /** Such as `name, created desc`. */
  readonly sortBy?: string;
  /** From 1 to 100; 10 unless given. */
  readonly pageSize?: number;
  readonly offset?: number;
  readonly props?: readonly string[];
  readonly excludeProps?: readonly string[];
}

export interface RoleQuery extends UserQuery {
  /** Whether each user comes with its `roles`. */
  readonly loadRoles?: boolean;
}

/** How a person's data at a provider become a user's properties, and who was a guest until now. */
export interface OAuthLogin {
  /** Names of properties by the names of the provider. */
  readonly fieldsMapping?: Readonly<Record<string, string>>;
  /** The guest whose account is to be this person's. */
  readonly guestUser?: User;
}

/** How a browser is sent to a provider, and where it comes back to. */
export interface OAuthTerms {
  readonly fieldsMapping?: Readonly<Record<string, string>>;
  readonly permissions?: readonly string[];
  readonly redirect?: boolean;
  readonly redirectAfterLoginUrl?: string;
  readonly callbackUrlDomain?: string;
}

/** A trailing callback of the user service: exactly one of the two is called, once, never before the call has returned. */
export interface AsyncCallback<R> {
  handleResponse(response: R): void;
  handleFault(fault: UserServiceFault): void;
}

/**
 * Every call of the user service, in the form `F`. A call has its result or fails with a `UserServiceFault`.
 * A fault which says that the session of the login has ended (see `endsLocalLogin`) logs out here as well.
 */
export interface UserCalls<F extends "promise" | "sync" = "promise"> {
  /**
   * Creates a user. Does not log in. With the `objectId` of the guest who is logged in, makes this guest a user: the same
   * account, still logged in.
   */
  register(user: NewUser): Returns<F, User>;
  /** Logs a user in; the calls that follow are made as this user. The user logged in before is not logged out. */
  login(identity: string, password: string): Returns<F, User>;
  /** Makes a user without identity and password, and logs it in. `register` can make it a full one later. */
  loginAsGuest(): Returns<F, User>;
  /** Logs a user in without a password: with a server key only. */
  loginWithObjectId(objectId: string): Returns<F, User>;
  /** Logs in with an access token that a provider has given to the program. */
  loginWithOAuth2(provider: string, accessToken: string, login?: OAuthLogin): Returns<F, User>;
  /**
   * Goes on with a session that was opened elsewhere, such as by a login at a provider, which hands over both. Fails when
   * the token names none.
   */
  loginWithToken(objectId: string, userToken: string): Returns<F, User>;
  /** Where to send a browser so that its user logs in at a provider; `loginWithToken` takes what it comes back with. */
  getAuthorizationUrlLink(provider: string, terms?: OAuthTerms): Returns<F, string>;
  /**
   * Ends the session of the user who is logged in. Once it has succeeded the user token is worth nothing any more.
   * A fault that says there is no such session (see `endsLocalLogin`) logs out here as well; after any other the user
   * is still logged in. Succeeds when nobody is logged in. A login that succeeds meanwhile stays.
   */
  logout(): Returns<F, undefined>;
  /** Whether somebody is logged in and the server still knows the session. Asks nothing when nobody is logged in. */
  isValidLogin(): Returns<F, boolean>;
  /**
   * The user who is logged in, or null. Asks the server only for a login that was kept from before: there it is loaded by
   * its token, and null when the session has ended.
   */
  getCurrentUser(): Returns<F, User | null>;
  /** The same, as the server has it now. */
  reloadCurrentUser(): Returns<F, User | null>;
  /** The token of the user who is logged in, or null: for `Session.attach`. As secret as a password. */
  getUserToken(): Returns<F, string | null>;
  /** Changes the properties that are given, of the user with this `objectId`; the others stay. */
  update(user: User): Returns<F, User>;
  /** Removes a user, with its roles and sessions. The user who is logged in is logged out by it. */
  deleteUser(objectId: string): Returns<F, undefined>;
  findById(objectId: string): Returns<F, User>;
  /** The users whom the caller may see. */
  findUsers(query?: UserQuery): Returns<F, User[]>;
  /** The users who hold a role of the application's own. */
  findByRole(role: string, query?: RoleQuery): Returns<F, User[]>;
  /** The roles of this very call: those of the user, of the key, of being logged in. */
  getUserRoles(): Returns<F, string[]>;
  /** The application's own roles that a user holds. */
  getRolesOf(objectId: string): Returns<F, string[]>;
  /** Gives a role to a user, by identity or `objectId`: with a server key only. */
  assignRole(user: string, role: string): Returns<F, undefined>;
  /** Takes a role away: with a server key only. */
  unassignRole(user: string, role: string): Returns<F, undefined>;
  /** Lets a user log in again: with a server key only. */
  enableUser(objectId: string): Returns<F, undefined>;
  /** Ends every session of a user, who cannot log in until enabled: with a server key only. */
  disableUser(objectId: string): Returns<F, undefined>;
  /** Whether this is the password of the user who is logged in: with a server key only. */
  verifyPassword(password: string): Returns<F, boolean>;
  /** The columns of the application's users. */
  describeUserClass(): Returns<F, UserProperty[]>;
  /** Has a mail sent by which the password can be replaced. Does not say whether there is such a user. */
  restorePassword(identity: string): Returns<F, undefined>;
  /** Has another mail sent by which the address is confirmed. Does not say whether there is such a user. */
  resendEmailConfirmation(identity: string): Returns<F, undefined>;
  /** A link by which the address is confirmed, without a mail: with a server key only. */
  createEmailConfirmationURL(identity: string): Returns<F, string>;
}

export type UserCallName = keyof UserCalls;

/** Every call, once; `user-service.ts` has no other. */
export const userCallNames = [
  "register",
  "login",
  "loginAsGuest",
  "loginWithObjectId",
  "loginWithOAuth2",
  "loginWithToken",
  "getAuthorizationUrlLink",
  "logout",
  "isValidLogin",
  "getCurrentUser",
  "reloadCurrentUser",
  "getUserToken",
  "update",
  "deleteUser",
  "findById",
  "findUsers",
  "findByRole",
  "getUserRoles",
  "getRolesOf",
  "assignRole",
  "unassignRole",
  "enableUser",
  "disableUser",
  "verifyPassword",
  "describeUserClass",
  "restorePassword",
  "resendEmailConfirmation",
  "createEmailConfirmationURL",
] as const satisfies readonly UserCallName[];
