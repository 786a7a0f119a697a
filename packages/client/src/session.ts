import type { InputOf, PacketName } from "@latchkey/protocol";
import { refusedClientId, refusedCredentials, refusedLicense } from "@latchkey/protocol";
import type { ApiServer, AuthorizedBy, Calls, Credentials, Done, NewAccount } from "./calls.ts";
import { checkedTimeout, defaultTimeoutMs, systemClock } from "./clock.ts";
import { endpointAt } from "./endpoint.ts";
import type { CallbackCalls } from "./forms.ts";
import { deliver, tryForm } from "./forms.ts";
import type { SessionHooks } from "./hooks.ts";
import { credentialsInput, newAccountInput } from "./inputs.ts";
import type { Answer, Ask } from "./line.ts";
import { Line } from "./line.ts";
import { Account } from "./results/account.ts";
import { Application } from "./results/application.ts";
import { License } from "./results/license.ts";
import type { AnswerStatus } from "./results/result.ts";
import { RetryableStatus } from "./results/retryable-status.ts";

/** Where a session connects to, and how long its calls wait. */
export interface SessionOptions {
  /** The server's address, with http, https, ws or wss. */
  readonly url: string;
  /** How long a call waits for its answer; ten seconds unless given. */
  readonly timeoutMs?: number;
  /** Stands in for the platform's WebSocket, in tests. */
  readonly WebSocket?: typeof WebSocket;
}

/**
 * A client's connection to Latchkey: `connect()`, `initialize()`, then `authorize()` by license or account.
 *
 * Every call has four forms: `await session.logout()`, `await session.try.logout()`, `session.logout(callback)` and,
 * on a `SyncSession`, `session.logout()`. A refusal is a result, see its `status`; only a missing answer is an error.
 * A promise that nobody looks at never becomes an unhandled rejection.
 */
export class Session implements Calls, CallbackCalls, AsyncDisposable {
  /** The same calls, resolving with `[error, result]` and never rejecting. */
  readonly try: Calls<"try"> = tryForm(this);
  readonly #options: SessionOptions;
  readonly #timeoutMs: number;
  #line: Line;

  /** Opens nothing yet. Throws a TypeError for an address and a RangeError for a time limit that cannot be. */
  constructor(options: SessionOptions) {
    this.#options = options;
    this.#timeoutMs = checkedTimeout(options.timeoutMs ?? defaultTimeoutMs);
    this.#line = new Line(endpointAt(options.url), options.WebSocket ?? WebSocket, systemClock);
  }

  /** Whether calls can be made: false before `connect()`, from `shutdown()` on, and once the connection has ended. */
  get isConnected(): boolean {
    return this.#line.isConnected;
  }

  /** Milliseconds from sending the last answered request to its answer; 0 before the first. */
  get lastOperationTook(): number {
    return this.#line.lastOperationTook;
  }

  /** This same session; calls made through what is returned wait this long. No other call is affected. */
  withTimeout(timeoutMs: number): Session {
    const view = new Session({ ...this.#options, timeoutMs });
    view.#line = this.#line;
    return view;
  }

  /** Adds a listener (see `SessionHooks`) and returns the function that removes it. */
  on<H extends keyof SessionHooks>(hook: H, listener: SessionHooks[H]): () => void {
    return this.#line.hooks.on(hook, listener);
  }

  connect(): Promise<ApiServer>;
  connect(done: Done<ApiServer>): undefined;
  connect(done?: Done<ApiServer>) {
    return deliver(this.#line.connect(this.#timeoutMs), done);
  }

  initialize(websocketApiKey: string, clientId: string): Promise<Application>;
  initialize(websocketApiKey: string, clientId: string, done: Done<Application>): undefined;
  initialize(websocketApiKey: string, clientId: string, done?: Done<Application>) {
    return deliver(this.#initialize(websocketApiKey, clientId), done);
  }

  createAccount(account: NewAccount): Promise<RetryableStatus>;
  createAccount(account: NewAccount, done: Done<RetryableStatus>): undefined;
  createAccount(account: NewAccount, done?: Done<RetryableStatus>) {
    return deliver(this.#createAccount(account), done);
  }

  authorize<C extends string | Credentials>(by: C): Promise<AuthorizedBy<C>>;
  authorize<C extends string | Credentials>(by: C, done: Done<AuthorizedBy<C>>): undefined;
  authorize(by: string | Credentials, done?: Done<License | Account>) {
    return deliver(this.#authorize(by), done);
  }

  linkLicense(license: string): Promise<AnswerStatus<"linkLicenseToAccount">>;
  linkLicense(license: string, done: Done<AnswerStatus<"linkLicenseToAccount">>): undefined;
  linkLicense(license: string, done?: Done<AnswerStatus<"linkLicenseToAccount">>) {
    return deliver(this.#linkLicense(license), done);
  }

  logout(): Promise<AnswerStatus<"logout">>;
  logout(done: Done<AnswerStatus<"logout">>): undefined;

  logout(done?: Done<AnswerStatus<"logout">>) {
    return deliver(this.#logout(), done);
  }

  ping(): Promise<AnswerStatus<"ping">>;
  ping(done: Done<AnswerStatus<"ping">>): undefined;
  ping(done?: Done<AnswerStatus<"ping">>) {
    return deliver(this.#ping(), done);
  }

  shutdown(): Promise<undefined>;
  shutdown(done: Done<undefined>): undefined;
  shutdown(done?: Done<undefined>) {
    return deliver(this.#line.shutdown(this.#timeoutMs), done);
  }

  /** The same as `shutdown()`: a session declared with `await using` ends with its block. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  async #initialize(websocketApiKey: string, clientId: string): Promise<Application> {
    const answer = await this.#ask("initialize", { websocketApiKey, clientId }, refusedClientId(clientId));
    return new Application(answer.status, answer.output);
  }

  async #createAccount(account: NewAccount): Promise<RetryableStatus> {
    const input = newAccountInput(account);
    const answer = await this.#ask("createAccount", input, refusedCredentials(input));
    return new RetryableStatus(answer.status, answer.output);
  }

  async #authorize(by: string | Credentials): Promise<License | Account> {
    if (typeof by === "string") {
      const answer = await this.#ask("authorizeByLicense", { license: by }, refusedLicense(by));
      return new License(answer.status, answer.output);
    }
    const input = credentialsInput(by);
    const answer = await this.#ask("authorizeByCredentials", input, refusedCredentials(input));
    return new Account(answer.status, answer.output);
  }

  async #linkLicense(license: string): Promise<AnswerStatus<"linkLicenseToAccount">> {
    const answer = await this.#ask("linkLicenseToAccount", { license }, refusedLicense(license));
    return answer.status;
  }

  async #logout(): Promise<AnswerStatus<"logout">> {
    const answer = await this.#ask("logout", {});
    return answer.status;
  }

  async #ping(): Promise<AnswerStatus<"ping">> {
    const answer = await this.#ask("ping", {});
    return answer.status;
  }

  #ask<N extends PacketName>(packet: N, input: InputOf<N> & object, refusal?: Ask["refusal"]): Promise<Answer> {
    return this.#line.ask({ packet, input, refusal, timeoutMs: this.#timeoutMs });
  }
}
