import type { EventName } from "@latchkey/protocol";
import { afterClose, afterStatus, endedLogin, endsLocalLogin } from "@latchkey/protocol";
import { defaultTimeoutMs, systemClock } from "./clock.ts";
import type { Login } from "./current-login.ts";
import { StatusError, TransportError, orThrow, transportErrorFrom } from "./errors.ts";
import { settle } from "./forms.ts";
import { Hooks } from "./hooks.ts";
import { onOnline } from "./online.ts";
import type { PanelEvent } from "./panel-event.ts";
import { spreadDelay } from "./reconnect.ts";
import type { SessionOptions } from "./session.ts";
import { Session } from "./session.ts";
import { nothing } from "./user-answers.ts";
import type { UserLine } from "./user-line.ts";
import type { UserService } from "./user-service.ts";
import { lineOf } from "./user-service.ts";
import { faultFrom } from "./user-service-fault.ts";

/** As which client the events are asked for, and where, unless it is where the users are. */
export interface UserEventsOptions extends Partial<Pick<SessionOptions, "url" | "timeoutMs" | "WebSocket">> {
  readonly websocketApiKey: string;
  /** 4 to 64 characters; the same as this client has in a `Session`. */
  readonly clientId: string;
}

/**
 * Why the server has ended a login.
 *
 * | reason            | who or what ended it                                                                |
 * | ----------------- | ----------------------------------------------------------------------------------- |
 * | `loggedOut`       | the user, elsewhere: a logout of the same token, or from the list of sessions        |
 * | `policy`          | a newer login of the same user, where the application allows one at a time           |
 * | `operator`        | the operator ended the session                                                      |
 * | `disabled`        | the user was disabled                                                               |
 * | `blacklisted`     | the user was blacklisted                                                            |
 * | `deleted`         | the user was deleted                                                                |
 * | `passwordChanged` | the password was changed, elsewhere                                                 |
 * | `ended`           | found ended after a time without a connection; such as by its time                   |
 */
export type RevocationReason =
  "loggedOut" | "policy" | "operator" | "disabled" | "blacklisted" | "deleted" | "passwordChanged" | "ended";

/** The end of a login that was not this program's doing. */
export interface Revocation {
  readonly objectId: string;
  readonly reason: RevocationReason;
}

/**
 * What the server tells of a login without being asked, and what the listeners are given.
 *
 * | hook         | when it fires                                                  | how often                     | what never happens                       |
 * | ------------ | -------------------------------------------------------------- | ----------------------------- | ---------------------------------------- |
 * | `attached`   | from now on the login is followed                              | once per connection           | an end from before, missed               |
 * | `revoked`    | the login has ended, and has been forgotten here               | once per login                | by a logout, a login or a deletion of this program |
 * | `panelEvent` | the server tells of an event                                   | once per event                | an event from before a loss, made up for |
 * | `failed`     | this login cannot be followed any more; nothing is tried again | once per login                | the login forgotten by it                |
 */
export interface UserEventHooks {
  readonly attached: { readonly objectId: string };
  readonly revoked: Revocation;
  readonly panelEvent: PanelEvent;
  readonly failed: StatusError | TransportError;
}

/** A connection that was held for so long begins the delays anew. */
const stableAfterMs = 10_000;
const longestDelayMs = 60_000;

/**
 * Tells when the server ends the login of a `UserService`, at once and without asking again and again: over a live
 * connection of its own, which is there while somebody is logged in and follows every login and logout of the service.
 *
 * Begins when it is made and goes on, whatever becomes of the network, until `shutdown()`.
 */
export class UserEvents implements AsyncDisposable {
  readonly #line: UserLine;
  readonly #options: UserEventsOptions & SessionOptions;
  readonly #hooks = new Hooks<UserEventHooks>();
  readonly #stopListening: () => void;
  #following = new AbortController();
  #ended: Promise<unknown> = Promise.resolve();
  #isOver = false;

  /** Throws a TypeError for an address and a RangeError for a time limit that cannot be. */
  constructor(users: UserService, options: UserEventsOptions) {
    this.#line = lineOf(users);
    this.#options = { url: this.#line.url, ...options };
    new Session(this.#options);
    this.#stopListening = this.#line.login.onChange(() => this.#begin());
    this.#begin();
  }

  /** Adds a listener (see `UserEventHooks`) and returns the function that removes it. */
  on<H extends keyof UserEventHooks>(hook: H, listener: (told: UserEventHooks[H]) => void): () => void {
    return this.#hooks.on(hook, listener);
  }

  /** Ends the connection; nothing is told any more. Logs nobody out. Never fails. */
  async shutdown(): Promise<undefined> {
    this.#isOver = true;
    this.#stopListening();
    this.#following.abort();
    await this.#ended;
  }

  /** The same as `shutdown()`: events declared with `await using` end with their block. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  /** The login is another, or none. */
  #begin(): void {
    this.#following.abort();
    this.#following = new AbortController();
    const { signal } = this.#following;
    const over = this.#follow(signal).catch((error: unknown) => {
      if (!signal.aborted) this.#tell({ failed: failureFrom(error) });
    });
    this.#ended = Promise.all([this.#ended, over]);
  }

  /** Ends with the login, or fails when it cannot be followed. */
  async #follow(signal: AbortSignal): Promise<void> {
    const login = await this.#line.login.get();
    let unsaid: RevocationReason = "ended";
    for (let attempt = 0; login && !signal.aborted; attempt++) {
      const begunAt = systemClock.now();
      const [failure, told] = await settle(this.#attach(login, signal), failureFrom);
      // The operator ends connections too; and of who is disabled the token knows more.
      if (told === "operator") unsaid = told;
      const reason = told && told !== "operator" ? told : await this.#endOf(login, unsaid, signal);
      if (reason) return this.#revoke(login, reason);
      if (failure && isFinal(failure)) throw failure;
      if (systemClock.now() - begunAt > stableAfterMs) attempt = 0;
      await pause(spreadDelay(attempt, longestDelayMs, systemClock.random()), signal);
    }
  }

  /**
   * Holds a connection that is attached to the login until it is so no more. Results in the reason if that was told, and
   * fails when the connection has ended or cannot be had.
   */
  async #attach(login: Login, signal: AbortSignal): Promise<RevocationReason | undefined> {
    const { websocketApiKey, clientId } = this.#options;
    const session = new Session(this.#options);
    const over = Promise.withResolvers<RevocationReason | TransportError | undefined>();
    const abort = () => over.resolve(undefined);
    signal.addEventListener("abort", abort);
    session.on("shutdown", (ending) => over.resolve(new TransportError("closed", "the server ended it", ending)));
    session.on("resumed", ({ isAuthorized }) => {
      if (!isAuthorized) over.resolve(undefined);
    });
    session.on("panelEvent", (event) => {
      this.#tell({ panelEvent: event });
      const reason = reasonIn(event);
      if (reason) over.resolve(reason);
      else if (!event.name?.startsWith("app")) void lookAt(session, abort);
    });
    try {
      const starting = session.withSignal(signal);
      await starting.connect();
      orThrow(await starting.initialize(websocketApiKey, clientId));
      // Before it is attached, so that no event falls in between.
      orThrow(await starting.enablePanelEvents());
      // Refused for a token that has ended, and for much that passes.
      if (!(await starting.attach(login.token)).good()) return undefined;
      this.#tell({ attached: { objectId: login.objectId } });
      const outcome = await over.promise;
      if (outcome instanceof TransportError) throw outcome;
      return outcome;
    } finally {
      signal.removeEventListener("abort", abort);
      await session.shutdown();
    }
  }

  /** Asks why a login has ended; nothing while it has not, or when there is no answer. */
  async #endOf({ token }: Login, unsaid: RevocationReason, signal: AbortSignal): Promise<RevocationReason | undefined> {
    const terms = { timeoutMs: defaultTimeoutMs, signal };
    const [error] = await settle(this.#line.ask({ call: "getUserRoles", token, terms }, nothing), faultFrom);
    if (!error || !endsLocalLogin(error.code)) return undefined;
    return error.code === endedLogin.accountDisabled ? "disabled" : unsaid;
  }

  async #revoke(login: Login, reason: RevocationReason): Promise<void> {
    if (await this.#line.login.revoke(login)) this.#tell({ revoked: { objectId: login.objectId, reason } });
  }

  #tell(told: Partial<UserEventHooks>): void {
    if (!this.#isOver) this.#hooks.tell(told);
  }
}

const reasons: Partial<Record<EventName, RevocationReason>> = {
  disconnect: "operator",
  accountDeleted: "deleted",
  accountBlacklisted: "blacklisted",
  accountPasswordChanged: "passwordChanged",
};

function reasonIn({ name, content }: PanelEvent): RevocationReason | undefined {
  if (name !== "sessionEnded") return name && reasons[name];
  const by = content.by;
  return by === "user" ? "loggedOut" : by === "policy" ? by : "operator";
}

/** An event may have taken the authorization without saying that it takes one: of the license, or one of a newer server. */
async function lookAt(session: Session, unauthorized: () => void): Promise<void> {
  const [, account] = await session.try.getCurrentAccount();
  if (account?.good() === false) unauthorized();
}

function failureFrom(error: unknown): StatusError | TransportError {
  return error instanceof StatusError ? error : transportErrorFrom(error);
}

/** Whether trying again would come to the same. */
function isFinal(failure: StatusError | TransportError): boolean {
  if (failure instanceof StatusError) return afterStatus(failure.status) === "never";
  const { code, closeCode } = failure;
  return closeCode === undefined ? code === "unexpected" : afterClose(closeCode) === "stop";
}

/** Ends with the delay, or earlier when the network is back or nobody waits any more. */
async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = () => resolve();
  const stopListening = onOnline(end);
  const clearDelay = systemClock.after(signal.aborted ? 0 : delayMs, end);
  signal.addEventListener("abort", end);
  await promise;
  signal.removeEventListener("abort", end);
  clearDelay();
  stopListening();
}
