import { endsLocalLogin } from "@latchkey/protocol";
import { checkedTimeout, defaultTimeoutMs } from "./clock.ts";
import type { AsyncCallbackCalls } from "./forms.ts";
import { respond } from "./forms.ts";
import { isObject } from "./frames.ts";
import type { AsyncCallback, NewUser, User, UserCalls } from "./user-calls.ts";
import type { UserRequest } from "./user-request.ts";
import { send } from "./user-request.ts";
import { LocalFaultCode, UserServiceFault } from "./user-service-fault.ts";

/** Which application's users, and how long calls wait. */
export interface UserServiceOptions {
  /** The server's address, with http or https, up to the application's id. */
  readonly url: string;
  readonly applicationId: string;
  readonly apiKey: string;
  /** How long a call waits for its answer; ten seconds unless given. */
  readonly timeoutMs?: number;
}

interface Login {
  readonly user: User;
  readonly token: string;
}

/**
 * The users of one application: registration, login and logout over HTTP.
 *
 * Calls return promises, which reject with a `UserServiceFault`, or tell an `AsyncCallback` given as the last argument;
 * `SyncUserService` has them blocking. Who is logged in is kept in memory and nowhere else.
 * A promise that nobody looks at never becomes an unhandled rejection.
 */
export class UserService implements UserCalls, AsyncCallbackCalls {
  readonly #baseUrl: string;
  readonly #timeoutMs: number;
  #login: Login | undefined;

  /** Sends nothing yet. Throws a TypeError for an address and a RangeError for a time limit that cannot be. */
  constructor({ url, applicationId, apiKey, timeoutMs = defaultTimeoutMs }: UserServiceOptions) {
    const { origin, pathname, protocol } = new URL(url);
    if (!/^https?:$/.test(protocol)) {
      throw new TypeError(`the server's address must begin with http or https, not ${protocol}`);
    }
    this.#baseUrl = `${origin}${pathname.replace(/\/+$/, "")}/${encodeURIComponent(applicationId)}/${encodeURIComponent(apiKey)}`;
    this.#timeoutMs = checkedTimeout(timeoutMs);
  }

  register(user: NewUser): Promise<User>;
  register(user: NewUser, callback: AsyncCallback<User>): undefined;
  register(user: NewUser, callback?: AsyncCallback<User>) {
    return respond(this.#register(user), callback);
  }

  login(identity: string, password: string): Promise<User>;
  login(identity: string, password: string, callback: AsyncCallback<User>): undefined;
  login(identity: string, password: string, callback?: AsyncCallback<User>) {
    return respond(this.#logIn(identity, password), callback);
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
    return respond(Promise.resolve(this.#login?.user ?? null), callback);
  }

  async #register(user: NewUser): Promise<User> {
    return userIn(await this.#send({ call: "register", body: user }));
  }

  async #logIn(identity: string, password: string): Promise<User> {
    const { "user-token": token, ...user } = userIn(
      await this.#send({ call: "login", body: { login: identity, password } }),
    );
    if (typeof token !== "string") throw notUnderstood("a user token");
    this.#login = { user, token };
    return user;
  }

  async #logOut(): Promise<undefined> {
    const ending = this.#login;
    try {
      await this.#send({ call: "logout", token: ending?.token });
      this.#forget(ending);
    } catch (error) {
      if (error instanceof UserServiceFault && endsLocalLogin(error.code)) this.#forget(ending);
      throw error;
    }
  }

  async #isValidLogin(): Promise<boolean> {
    if (!this.#login) return false;
    return (await this.#send({ call: "isValidUserToken", path: { token: this.#login.token } })) === true;
  }

  /** A login that has succeeded in the meantime stays. */
  #forget(login: Login | undefined): void {
    if (this.#login === login) this.#login = undefined;
  }

  #send(request: Omit<UserRequest, "baseUrl" | "timeoutMs">): Promise<unknown> {
    return send({ ...request, baseUrl: this.#baseUrl, timeoutMs: this.#timeoutMs });
  }
}

function userIn(answer: unknown): User {
  if (!isObject(answer) || typeof answer["objectId"] !== "string") throw notUnderstood("a user");
  return { ...answer, objectId: answer["objectId"] };
}

function notUnderstood(missing: string): UserServiceFault {
  return new UserServiceFault(LocalFaultCode.answerNotUnderstood, `the answer is not ${missing}`);
}
