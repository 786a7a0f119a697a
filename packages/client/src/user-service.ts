import { checkedTimeout, defaultTimeoutMs } from "./clock.ts";
import type { CurrentLogin, Login } from "./current-login.ts";
import type { AsyncCallbackCalls } from "./forms.ts";
import { respond } from "./forms.ts";
import type { Terms } from "./pending-calls.ts";
import {
  confirmationUrlIn,
  isTrue,
  loginIn,
  nothing,
  propertiesIn,
  textIn,
  textsIn,
  userIn,
  usersIn,
} from "./user-answers.ts";
import type {
  AsyncCallback,
  NewUser,
  OAuthLogin,
  OAuthTerms,
  RoleQuery,
  User,
  UserCalls,
  UserProperty,
  UserQuery,
} from "./user-calls.ts";
import type { LineRequest, Read, UserServiceOptions } from "./user-line.ts";
import { UserLine, isEnd } from "./user-line.ts";
import { queryBody, queryString } from "./user-query.ts";

type Request = Omit<LineRequest, "terms">;

const lines = new WeakMap<UserService, UserLine>();

/** For what follows the login of a service; programs do not see it. */
export function lineOf(users: UserService): UserLine {
  const line = lines.get(users);
  if (!line) throw new TypeError("not a UserService");
  return line;
}

/**
 * The users of one application: registration, login, logout and all the rest, over HTTP.
 *
 * Calls return promises, which reject with a `UserServiceFault`, or tell an `AsyncCallback` given as the last argument;
 * `SyncUserService` has them blocking. `UserEvents` tells when the server ends the login.
 * A promise that nobody looks at never becomes an unhandled rejection.
 */
export class UserService implements UserCalls, AsyncCallbackCalls {
  readonly #options: UserServiceOptions;
  #terms: Terms;
  #line: UserLine;

  /** Sends nothing yet. Throws a TypeError for an address and a RangeError for a time limit that cannot be. */
  constructor(options: UserServiceOptions) {
    this.#options = options;
    this.#terms = { timeoutMs: checkedTimeout(options.timeoutMs ?? defaultTimeoutMs) };
    this.#line = new UserLine(options);
    lines.set(this, this.#line);
  }

  /** This same service; calls made through what is returned wait this long. No other call is affected. */
  withTimeout(timeoutMs: number): UserService {
    return this.#view({ ...this.#terms, timeoutMs: checkedTimeout(timeoutMs) });
  }

  /**
   * This same service; calls made through what is returned end with `LocalFaultCode.aborted` when the signal says so, and
   * fail at once when it has. No other call is affected.
   */
  withSignal(signal: AbortSignal): UserService {
    return this.#view({ ...this.#terms, signal });
  }

  register(user: NewUser): Promise<User>;
  register(user: NewUser, callback: AsyncCallback<User>): undefined;
  register(user: NewUser, callback?: AsyncCallback<User>) {
    return respond(this.#register(user), callback);
  }

  login(identity: string, password: string): Promise<User>;
  login(identity: string, password: string, callback: AsyncCallback<User>): undefined;
  login(identity: string, password: string, callback?: AsyncCallback<User>) {
    return respond(this.#logIn({ call: "login", body: { login: identity, password } }), callback);
  }

  loginAsGuest(): Promise<User>;
  loginAsGuest(callback: AsyncCallback<User>): undefined;
  loginAsGuest(callback?: AsyncCallback<User>) {
    return respond(this.#logIn({ call: "loginAsGuest" }), callback);
  }

  loginWithObjectId(objectId: string): Promise<User>;
  loginWithObjectId(objectId: string, callback: AsyncCallback<User>): undefined;
  loginWithObjectId(objectId: string, callback?: AsyncCallback<User>) {
    return respond(this.#logIn({ call: "login", body: { objectId } }), callback);
  }

  loginWithOAuth2(provider: string, accessToken: string, login?: OAuthLogin): Promise<User>;
  loginWithOAuth2(
    provider: string,
    accessToken: string,
    login: OAuthLogin | undefined,
    callback: AsyncCallback<User>,
  ): undefined;
  loginWithOAuth2(provider: string, accessToken: string, login?: OAuthLogin, callback?: AsyncCallback<User>) {
    const request: Request = { call: "socialLogin", path: [provider], body: { accessToken, ...login } };
    return respond(this.#logIn(request), callback);
  }

  loginWithToken(objectId: string, userToken: string): Promise<User>;
  loginWithToken(objectId: string, userToken: string, callback: AsyncCallback<User>): undefined;
  loginWithToken(objectId: string, userToken: string, callback?: AsyncCallback<User>) {
    return respond(this.#goOn({ objectId, token: userToken }), callback);
  }

  getAuthorizationUrlLink(provider: string, terms?: OAuthTerms): Promise<string>;
  getAuthorizationUrlLink(provider: string, terms: OAuthTerms | undefined, callback: AsyncCallback<string>): undefined;
  getAuthorizationUrlLink(provider: string, terms: OAuthTerms = {}, callback?: AsyncCallback<string>) {
    return respond(this.#ask({ call: "requestSignInUrl", path: [provider], body: terms }, textIn), callback);
  }

  logout(): Promise<undefined>;
  logout(callback: AsyncCallback<undefined>): undefined;
  logout(callback?: AsyncCallback<undefined>) {
    return respond(this.#logOut(), callback);
  }

  isValidLogin(): Promise<boolean>;
  isValidLogin(callback: AsyncCallback<boolean>): undefined;
  isValidLogin(callback?: AsyncCallback<boolean>) {
    return respond(this.#isValidLogin(), callback);
  }

  getCurrentUser(): Promise<User | null>;
  getCurrentUser(callback: AsyncCallback<User | null>): undefined;
  getCurrentUser(callback?: AsyncCallback<User | null>) {
    return respond(this.#currentUser(), callback);
  }

  reloadCurrentUser(): Promise<User | null>;
  reloadCurrentUser(callback: AsyncCallback<User | null>): undefined;
  reloadCurrentUser(callback?: AsyncCallback<User | null>) {
    return respond(this.#currentUser(true), callback);
  }

  getUserToken(): Promise<string | null>;
  getUserToken(callback: AsyncCallback<string | null>): undefined;
  getUserToken(callback?: AsyncCallback<string | null>) {
    return respond(this.#userToken(), callback);
  }

  update(user: User): Promise<User>;
  update(user: User, callback: AsyncCallback<User>): undefined;
  update(user: User, callback?: AsyncCallback<User>) {
    return respond(this.#update(user), callback);
  }

  deleteUser(objectId: string): Promise<undefined>;
  deleteUser(objectId: string, callback: AsyncCallback<undefined>): undefined;
  deleteUser(objectId: string, callback?: AsyncCallback<undefined>) {
    return respond(this.#delete(objectId), callback);
  }

  findById(objectId: string): Promise<User>;
  findById(objectId: string, callback: AsyncCallback<User>): undefined;
  findById(objectId: string, callback?: AsyncCallback<User>) {
    return respond(this.#asUser({ call: "findById", path: [objectId] }, userIn), callback);
  }

  findUsers(query?: UserQuery): Promise<User[]>;
  findUsers(query: UserQuery | undefined, callback: AsyncCallback<User[]>): undefined;
  findUsers(query: UserQuery = {}, callback?: AsyncCallback<User[]>) {
    return respond(this.#asUser({ call: "find", body: queryBody(query) }, usersIn), callback);
  }

  findByRole(role: string, query?: RoleQuery): Promise<User[]>;
  findByRole(role: string, query: RoleQuery | undefined, callback: AsyncCallback<User[]>): undefined;
  findByRole(role: string, query: RoleQuery = {}, callback?: AsyncCallback<User[]>) {
    return respond(this.#asUser({ call: "findByRole", path: [role], query: queryString(query) }, usersIn), callback);
  }

  getUserRoles(): Promise<string[]>;
  getUserRoles(callback: AsyncCallback<string[]>): undefined;
  getUserRoles(callback?: AsyncCallback<string[]>) {
    return respond(this.#asUser({ call: "getUserRoles" }, textsIn), callback);
  }

  getRolesOf(objectId: string): Promise<string[]>;
  getRolesOf(objectId: string, callback: AsyncCallback<string[]>): undefined;
  getRolesOf(objectId: string, callback?: AsyncCallback<string[]>) {
    return respond(this.#asUser({ call: "getAccountRoles", path: [objectId] }, textsIn), callback);
  }

  assignRole(user: string, role: string): Promise<undefined>;
  assignRole(user: string, role: string, callback: AsyncCallback<undefined>): undefined;
  assignRole(user: string, role: string, callback?: AsyncCallback<undefined>) {
    return respond(this.#asUser({ call: "assignRole", body: { user, roleName: role } }, nothing), callback);
  }

  unassignRole(user: string, role: string): Promise<undefined>;
  unassignRole(user: string, role: string, callback: AsyncCallback<undefined>): undefined;
  unassignRole(user: string, role: string, callback?: AsyncCallback<undefined>) {
    return respond(this.#asUser({ call: "unassignRole", body: { user, roleName: role } }, nothing), callback);
  }

  enableUser(objectId: string): Promise<undefined>;
  enableUser(objectId: string, callback: AsyncCallback<undefined>): undefined;
  enableUser(objectId: string, callback?: AsyncCallback<undefined>) {
    return respond(this.#setStatus(objectId, "ENABLED"), callback);
  }

  disableUser(objectId: string): Promise<undefined>;
  disableUser(objectId: string, callback: AsyncCallback<undefined>): undefined;
  disableUser(objectId: string, callback?: AsyncCallback<undefined>) {
    return respond(this.#setStatus(objectId, "DISABLED"), callback);
  }

  verifyPassword(password: string): Promise<boolean>;
  verifyPassword(password: string, callback: AsyncCallback<boolean>): undefined;
  verifyPassword(password: string, callback?: AsyncCallback<boolean>) {
    return respond(this.#asUser({ call: "verifyPassword", body: { password } }, isTrue), callback);
  }

  describeUserClass(): Promise<UserProperty[]>;
  describeUserClass(callback: AsyncCallback<UserProperty[]>): undefined;
  describeUserClass(callback?: AsyncCallback<UserProperty[]>) {
    return respond(this.#asUser({ call: "describeUserClass" }, propertiesIn), callback);
  }

  restorePassword(identity: string): Promise<undefined>;
  restorePassword(identity: string, callback: AsyncCallback<undefined>): undefined;
  restorePassword(identity: string, callback?: AsyncCallback<undefined>) {
    return respond(this.#ask({ call: "restorePassword", path: [identity] }, nothing), callback);
  }

  resendEmailConfirmation(identity: string): Promise<undefined>;
  resendEmailConfirmation(identity: string, callback: AsyncCallback<undefined>): undefined;
  resendEmailConfirmation(identity: string, callback?: AsyncCallback<undefined>) {
    return respond(this.#ask({ call: "resendConfirmation", path: [identity] }, nothing), callback);
  }

  createEmailConfirmationURL(identity: string): Promise<string>;
  createEmailConfirmationURL(identity: string, callback: AsyncCallback<string>): undefined;
  createEmailConfirmationURL(identity: string, callback?: AsyncCallback<string>) {
    return respond(this.#asUser({ call: "createConfirmationUrl", path: [identity] }, confirmationUrlIn), callback);
  }

  async #register(user: NewUser): Promise<User> {
    // The token says whose guest account an `objectId` is; without one it changes nothing.
    const login = await this.#login.get();
    const registered = await this.#ask({ call: "register", body: user, token: login?.token }, userIn);
    if (login?.objectId === registered.objectId) login.user = registered;
    return registered;
  }

  #logIn(request: Request): Promise<User> {
    return this.#login.during(async () => {
      const login = await this.#ask(request, loginIn);
      await this.#login.set(login);
      return login.user;
    });
  }

  /** Goes on with a session that another has opened. */
  #goOn(login: Login): Promise<User> {
    const { objectId, token } = login;
    return this.#login.during(async () => {
      const user = await this.#ask({ call: "findById", path: [objectId], token }, userIn);
      await this.#login.set({ ...login, user });
      return user;
    });
  }

  #logOut(): Promise<undefined> {
    return this.#login.during(async (): Promise<undefined> => {
      const ending = await this.#login.get();
      await this.#asUser({ call: "logout" }, nothing, ending);
      if (ending) await this.#login.forget(ending);
    });
  }

  #delete(objectId: string): Promise<undefined> {
    return this.#login.during(async (): Promise<undefined> => {
      const login = await this.#login.get();
      await this.#asUser({ call: "remove", path: [objectId] }, nothing, login);
      if (login?.objectId === objectId) await this.#login.forget(login);
    });
  }

  async #isValidLogin(): Promise<boolean> {
    const login = await this.#login.get();
    if (!login) return false;
    const isValid = await this.#ask({ call: "isValidUserToken", path: [login.token] }, isTrue);
    if (!isValid) await this.#login.forget(login);
    return isValid;
  }

  async #currentUser(isReload = false): Promise<User | null> {
    const login = await this.#login.get();
    if (!login || (login.user && !isReload)) return login?.user ?? null;
    try {
      login.user = await this.#asUser({ call: "findById", path: [login.objectId] }, userIn, login);
      return login.user;
    } catch (error) {
      if (isEnd(error)) return null;
      throw error;
    }
  }

  async #userToken(): Promise<string | null> {
    return (await this.#login.get())?.token ?? null;
  }

  async #update(user: User): Promise<User> {
    const login = await this.#login.get();
    const updated = await this.#asUser({ call: "update", path: [user.objectId], body: user }, userIn, login);
    if (login?.objectId === updated.objectId) login.user = updated;
    return updated;
  }

  #setStatus(objectId: string, userStatus: string): Promise<undefined> {
    return this.#asUser({ call: "setUserStatus", path: [objectId], body: { userStatus } }, nothing);
  }

  async #asUser<R>(request: Request, read: Read<R>, login?: Login | null): Promise<R> {
    const by = login === undefined ? await this.#login.get() : login;
    return this.#line.askAs(by, { ...request, terms: this.#terms }, read);
  }

  #ask<R>(request: Request, read: Read<R>): Promise<R> {
    return this.#line.ask({ ...request, terms: this.#terms }, read);
  }

  get #login(): CurrentLogin {
    return this.#line.login;
  }

  #view(terms: Terms): UserService {
    const view = new UserService(this.#options);
    view.#terms = terms;
    view.#line = this.#line;
    lines.set(view, this.#line);
    return view;
  }
}
