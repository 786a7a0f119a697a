import { checkedTimeout, defaultTimeoutMs } from "../clock.ts";
import { userSyncForm } from "../forms.ts";
import type {
  NewUser,
  OAuthLogin,
  OAuthTerms,
  RoleQuery,
  User,
  UserCalls,
  UserProperty,
  UserQuery,
} from "../user-calls.ts";
import type { UserServiceOptions } from "../user-line.ts";
import { UserLine } from "../user-line.ts";
import { faultFrom } from "../user-service-fault.ts";
import { Bridge } from "./bridge.ts";

/** The options of a `UserService` that can cross to another thread. */
export type SyncUserServiceOptions = Omit<UserServiceOptions, "tokenStorage">;

/**
 * A `UserService` whose calls block until they are over: they return the result or throw a `UserServiceFault`.
 * For scripts and tools: while a call runs, nothing else in this thread does. Node only. A login ends with the program.
 */
export class SyncUserService implements UserCalls<"sync">, Disposable {
  readonly #options: SyncUserServiceOptions;
  readonly #timeoutMs: number;
  readonly #calls: UserCalls<"sync"> = userSyncForm((name, args) =>
    this.#bridge.call({ name, args, timeoutMs: this.#timeoutMs }),
  );
  #bridge: Bridge;

  /** Sends nothing yet. Throws a TypeError for an address and a RangeError for a time limit that cannot be. */
  constructor(options: SyncUserServiceOptions) {
    new UserLine(options);
    this.#options = options;
    this.#timeoutMs = checkedTimeout(options.timeoutMs ?? defaultTimeoutMs);
    this.#bridge = new Bridge({ kind: "userService", options }, faultFrom);
  }

  /** This same service; calls made through what is returned wait this long. No other call is affected. */
  withTimeout(timeoutMs: number): SyncUserService {
    const view = new SyncUserService({ ...this.#options, timeoutMs });
    view.#bridge = this.#bridge;
    return view;
  }

  register(user: NewUser): User {
    return this.#calls.register(user);
  }

  login(identity: string, password: string): User {
    return this.#calls.login(identity, password);
  }

  loginAsGuest(): User {
    return this.#calls.loginAsGuest();
  }

  loginWithObjectId(objectId: string): User {
    return this.#calls.loginWithObjectId(objectId);
  }

  loginWithOAuth2(provider: string, accessToken: string, login?: OAuthLogin): User {
    return this.#calls.loginWithOAuth2(provider, accessToken, login);
  }

  loginWithToken(objectId: string, userToken: string): User {
    return this.#calls.loginWithToken(objectId, userToken);
  }

  getAuthorizationUrlLink(provider: string, terms?: OAuthTerms): string {
    return this.#calls.getAuthorizationUrlLink(provider, terms);
  }

  logout(): undefined {
    this.#calls.logout();
  }

  isValidLogin(): boolean {
    return this.#calls.isValidLogin();
  }

  getCurrentUser(): User | null {
    return this.#calls.getCurrentUser();
  }

  reloadCurrentUser(): User | null {
    return this.#calls.reloadCurrentUser();
  }

  getUserToken(): string | null {
    return this.#calls.getUserToken();
  }

  update(user: User): User {
    return this.#calls.update(user);
  }

  deleteUser(objectId: string): undefined {
    this.#calls.deleteUser(objectId);
  }

  findById(objectId: string): User {
    return this.#calls.findById(objectId);
  }

  findUsers(query?: UserQuery): User[] {
    return this.#calls.findUsers(query);
  }

  findByRole(role: string, query?: RoleQuery): User[] {
    return this.#calls.findByRole(role, query);
  }

  getUserRoles(): string[] {
    return this.#calls.getUserRoles();
  }

  getRolesOf(objectId: string): string[] {
    return this.#calls.getRolesOf(objectId);
  }

  assignRole(user: string, role: string): undefined {
    this.#calls.assignRole(user, role);
  }

  unassignRole(user: string, role: string): undefined {
    this.#calls.unassignRole(user, role);
  }

  enableUser(objectId: string): undefined {
    this.#calls.enableUser(objectId);
  }

  disableUser(objectId: string): undefined {
    this.#calls.disableUser(objectId);
  }

  verifyPassword(password: string): boolean {
    return this.#calls.verifyPassword(password);
  }

  describeUserClass(): UserProperty[] {
    return this.#calls.describeUserClass();
  }

  restorePassword(identity: string): undefined {
    this.#calls.restorePassword(identity);
  }

  resendEmailConfirmation(identity: string): undefined {
    this.#calls.resendEmailConfirmation(identity);
  }

  createEmailConfirmationURL(identity: string): string {
    return this.#calls.createEmailConfirmationURL(identity);
  }

  /** Ends the thread that makes the calls, and with it what is known of the login. The server is not told. */
  [Symbol.dispose](): void {
    this.#bridge.stop();
  }
}
