import { checkedTimeout, defaultTimeoutMs } from "../clock.ts";
import { userSyncForm } from "../forms.ts";
import type { NewUser, User, UserCalls } from "../user-calls.ts";
import { faultFrom } from "../user-service-fault.ts";
import type { UserServiceOptions } from "../user-service.ts";
import { Bridge } from "./bridge.ts";

/**
 * A `UserService` whose calls block until they are over: they return the result or throw a `UserServiceFault`.
 * For scripts and tools: while a call runs, nothing else in this thread does. Node only.
 */
export class SyncUserService implements UserCalls<"sync">, Disposable {
  readonly #calls: UserCalls<"sync">;
  readonly #bridge: Bridge;

  /** Sends nothing yet. Throws a TypeError for an address and a RangeError for a time limit that cannot be. */
  constructor(options: UserServiceOptions) {
    const timeoutMs = checkedTimeout(options.timeoutMs ?? defaultTimeoutMs);
    const bridge = new Bridge({ kind: "userService", options }, faultFrom);
    this.#bridge = bridge;
    this.#calls = userSyncForm((name, args) => bridge.call({ name, args, timeoutMs }));
  }

  register(user: NewUser): User {
    return this.#calls.register(user);
  }

  login(identity: string, password: string): User {
    return this.#calls.login(identity, password);
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

  /** Ends the thread that makes the calls, and with it what is known of the login. The server is not told. */
  [Symbol.dispose](): void {
    this.#bridge.stop();
  }
}
