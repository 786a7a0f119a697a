import type { InputOf, PacketName } from "@latchkey/protocol";
import { refusedClientId, refusedCredentials, refusedLicense } from "@latchkey/protocol";
import type {
  ApiServer,
  AuthorizedBy,
  Calls,
  Credentials,
  Done,
  DownloadOptions,
  EndedBy,
  NewAccount,
} from "./calls.ts";
import { checkedTimeout, defaultTimeoutMs, systemClock } from "./clock.ts";
import { download } from "./download.ts";
import { endpointAt } from "./endpoint.ts";
import type { CallbackCalls } from "./forms.ts";
import { deliver, tryForm } from "./forms.ts";
import type { SessionHooks } from "./hooks.ts";
import { credentialsInput, newAccountInput } from "./inputs.ts";
import type { Answer, Ask } from "./line.ts";
import { Line } from "./line.ts";
import type { Terms } from "./pending-calls.ts";
import { Account } from "./results/account.ts";
import { AccountSessions } from "./results/account-sessions.ts";
import { Application } from "./results/application.ts";
import { EndedSessions } from "./results/ended-sessions.ts";
import type { Fields } from "./results/fields.ts";
import type { FileDownload } from "./results/file-download.ts";
import { FileMetadata } from "./results/file-metadata.ts";
import { License } from "./results/license.ts";
import { OnlineUsersCount } from "./results/online-users-count.ts";
import type { AnswerStatus } from "./results/result.ts";
import { RetryableStatus } from "./results/retryable-status.ts";
import { SessionValue } from "./results/session-value.ts";
import { Variable } from "./results/variable.ts";

/** Where a session connects to, and how long its calls wait. */
export interface SessionOptions {
  /** The server's address, with http, https, ws or wss. */
  readonly url: string;
  /** How long a call waits for its answer; ten seconds unless given. */
  readonly timeoutMs?: number;
  /** Whether a lost connection is resumed by itself; true unless given. Without it, a lost connection is an ended one. */
  readonly resume?: boolean;
  /** Stands in for the platform's WebSocket, in tests. */
  readonly WebSocket?: typeof WebSocket;
}

type ResultClass<R> = new (status: number, output: Fields) => R;
type How<N extends PacketName> = [input: InputOf<N> & object, refusedAs?: Ask["refusedAs"]];

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
  #terms: Terms;
  #line: Line;

  /** Opens nothing yet. Throws a TypeError for an address and a RangeError for a time limit that cannot be. */
  constructor(options: SessionOptions) {
    this.#options = options;
    this.#terms = { timeoutMs: checkedTimeout(options.timeoutMs ?? defaultTimeoutMs) };
    this.#line = new Line({
      endpoint: endpointAt(options.url),
      WebSocket: options.WebSocket ?? WebSocket,
      clock: systemClock,
      resume: options.resume ?? true,
    });
  }

  /**
   * Whether there is an open connection now: false before `connect()` and from `shutdown()` on, and also while a lost
   * connection is being resumed, when calls can be made all the same and wait.
   */
  get isConnected(): boolean {
    return this.#line.isConnected;
  }

  /** Milliseconds from sending the last answered request to its answer; 0 before the first. */
  get lastOperationTook(): number {
    return this.#line.lastOperationTook;
  }

  /** This same session; calls made through what is returned wait this long. No other call is affected. */
  withTimeout(timeoutMs: number): Session {
    return this.#view({ ...this.#terms, timeoutMs: checkedTimeout(timeoutMs) });
  }

  /**
   * This same session; calls made through what is returned end with `aborted` when the signal says so, and fail at once
   * when it has. A `connect()` that is ended so leaves no connection; `shutdown()` is not affected, nor any other call.
   */
  withSignal(signal: AbortSignal): Session {
    return this.#view({ ...this.#terms, signal });
  }

  /** Adds a listener (see `SessionHooks`) and returns the function that removes it. */
  on<H extends keyof SessionHooks>(hook: H, listener: (told: SessionHooks[H]) => void): () => void {
    return this.#line.hooks.on(hook, listener);
  }

  connect(): Promise<ApiServer>;
  connect(done: Done<ApiServer>): undefined;
  connect(done?: Done<ApiServer>) {
    return deliver(this.#line.connect(this.#terms), done);
  }

  initialize(websocketApiKey: string, clientId: string): Promise<Application>;
  initialize(websocketApiKey: string, clientId: string, done: Done<Application>): undefined;
  initialize(websocketApiKey: string, clientId: string, done?: Done<Application>) {
    return deliver(
      this.#result(Application, "initialize", { websocketApiKey, clientId }, () => refusedClientId(clientId)),
      done,
    );
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
    return deliver(
      this.#status("linkLicenseToAccount", { license }, () => refusedLicense(license)),
      done,
    );
  }

  logout(): Promise<AnswerStatus<"logout">>;
  logout(done: Done<AnswerStatus<"logout">>): undefined;
  logout(done?: Done<AnswerStatus<"logout">>) {
    return deliver(this.#status("logout", {}), done);
  }

  attach(userToken: string): Promise<Account>;
  attach(userToken: string, done: Done<Account>): undefined;
  attach(userToken: string, done?: Done<Account>) {
    return deliver(this.#result(Account, "attach", { userToken }), done);
  }

  getCurrentLicense(): Promise<License>;
  getCurrentLicense(done: Done<License>): undefined;
  getCurrentLicense(done?: Done<License>) {
    return deliver(this.#result(License, "getCurrentLicense", {}), done);
  }

  getCurrentAccount(): Promise<Account>;
  getCurrentAccount(done: Done<Account>): undefined;
  getCurrentAccount(done?: Done<Account>) {
    return deliver(this.#result(Account, "getCurrentAccount", {}), done);
  }

  blacklist(comment?: string): Promise<AnswerStatus<"blacklist">>;
  blacklist(comment: string | undefined, done: Done<AnswerStatus<"blacklist">>): undefined;
  blacklist(comment?: string, done?: Done<AnswerStatus<"blacklist">>) {
    return deliver(this.#status("blacklist", { ...(comment && { comment }) }), done);
  }

  getVariable(name: string): Promise<Variable>;
  getVariable(name: string, done: Done<Variable>): undefined;
  getVariable(name: string, done?: Done<Variable>) {
    return deliver(this.#result(Variable, "getVariable", { name }), done);
  }

  setSessionValue(key: string, value: string, ttl?: number): Promise<AnswerStatus<"setSessionValue">>;
  setSessionValue(
    key: string,
    value: string,
    ttl: number | undefined,
    done: Done<AnswerStatus<"setSessionValue">>,
  ): undefined;
  setSessionValue(key: string, value: string, ttl?: number, done?: Done<AnswerStatus<"setSessionValue">>) {
    return deliver(this.#status("setSessionValue", { key, value, ...(ttl !== undefined && { ttl }) }), done);
  }

  getSessionValue(key: string): Promise<SessionValue>;
  getSessionValue(key: string, done: Done<SessionValue>): undefined;
  getSessionValue(key: string, done?: Done<SessionValue>) {
    return deliver(this.#result(SessionValue, "getSessionValue", { key }), done);
  }

  deleteSessionValue(key: string): Promise<AnswerStatus<"deleteSessionValue">>;
  deleteSessionValue(key: string, done: Done<AnswerStatus<"deleteSessionValue">>): undefined;
  deleteSessionValue(key: string, done?: Done<AnswerStatus<"deleteSessionValue">>) {
    return deliver(this.#status("deleteSessionValue", { key }), done);
  }

  getOnlineUsersCount(): Promise<OnlineUsersCount>;
  getOnlineUsersCount(done: Done<OnlineUsersCount>): undefined;
  getOnlineUsersCount(done?: Done<OnlineUsersCount>) {
    return deliver(this.#result(OnlineUsersCount, "getOnlineUsersCount", {}), done);
  }

  getFileMetadata(filename: string): Promise<FileMetadata>;
  getFileMetadata(filename: string, done: Done<FileMetadata>): undefined;
  getFileMetadata(filename: string, done?: Done<FileMetadata>) {
    return deliver(this.#result(FileMetadata, "getFileMetadata", { filename }), done);
  }

  downloadFile(filename: string, options?: DownloadOptions): Promise<FileDownload>;
  downloadFile(filename: string, options: DownloadOptions | undefined, done: Done<FileDownload>): undefined;
  downloadFile(filename: string, options: DownloadOptions = {}, done?: Done<FileDownload>) {
    const link = (resumeAt: number) => this.#ask("createFileDownloadUrl", { filename, resumeAt });
    return deliver(download({ link, clock: systemClock, terms: this.#terms }, options), done);
  }

  enablePanelEvents(enabled?: boolean): Promise<AnswerStatus<"setPanelEventsSubscription">>;
  enablePanelEvents(enabled: boolean | undefined, done: Done<AnswerStatus<"setPanelEventsSubscription">>): undefined;
  enablePanelEvents(enabled = true, done?: Done<AnswerStatus<"setPanelEventsSubscription">>) {
    return deliver(this.#status("setPanelEventsSubscription", { subscribed: enabled }), done);
  }

  listSessions(): Promise<AccountSessions>;
  listSessions(done: Done<AccountSessions>): undefined;
  listSessions(done?: Done<AccountSessions>) {
    return deliver(this.#result(AccountSessions, "listSessions", {}), done);
  }

  endSessions(which: EndedBy): Promise<EndedSessions>;
  endSessions(which: EndedBy, done: Done<EndedSessions>): undefined;
  endSessions(which: EndedBy, done?: Done<EndedSessions>) {
    return deliver(this.#result(EndedSessions, "endSessions", which), done);
  }

  ping(): Promise<AnswerStatus<"ping">>;
  ping(done: Done<AnswerStatus<"ping">>): undefined;
  ping(done?: Done<AnswerStatus<"ping">>) {
    return deliver(this.#status("ping", {}), done);
  }

  shutdown(): Promise<undefined>;
  shutdown(done: Done<undefined>): undefined;
  shutdown(done?: Done<undefined>) {
    return deliver(this.#line.shutdown(this.#terms.timeoutMs), done);
  }

  /** The same as `shutdown()`: a session declared with `await using` ends with its block. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  async #createAccount(account: NewAccount): Promise<RetryableStatus> {
    const input = newAccountInput(account);
    return this.#result(RetryableStatus, "createAccount", input, () => refusedCredentials(input));
  }

  async #authorize(by: string | Credentials): Promise<License | Account> {
    if (typeof by === "string")
      return this.#result(License, "authorizeByLicense", { license: by }, () => refusedLicense(by));
    const input = credentialsInput(by);
    return this.#result(Account, "authorizeByCredentials", input, () => refusedCredentials(input));
  }

  #view(terms: Terms): Session {
    const view = new Session(this.#options);
    view.#terms = terms;
    view.#line = this.#line;
    return view;
  }

  /** A call that results in the status alone. */
  async #status<N extends PacketName>(packet: N, ...how: How<N>): Promise<number> {
    const { status } = await this.#ask(packet, ...how);
    return status;
  }

  /** A call whose result has fields. */
  async #result<N extends PacketName, R>(Result: ResultClass<R>, packet: N, ...how: How<N>): Promise<R> {
    const { status, output } = await this.#ask(packet, ...how);
    return new Result(status, output);
  }

  #ask<N extends PacketName>(packet: N, ...[input, refusedAs]: How<N>): Promise<Answer> {
    return this.#line.ask({ packet, input, refusedAs, terms: this.#terms });
  }
}
