import type { ApiServer, AuthorizedBy, Calls, Credentials, DownloadOptions, EndedBy, NewAccount } from "../calls.ts";
import { checkedTimeout, defaultTimeoutMs } from "../clock.ts";
import { endpointAt } from "../endpoint.ts";
import { transportErrorFrom } from "../errors.ts";
import { syncForm } from "../forms.ts";
import type { Account } from "../results/account.ts";
import type { AccountSessions } from "../results/account-sessions.ts";
import type { Application } from "../results/application.ts";
import type { EndedSessions } from "../results/ended-sessions.ts";
import type { FileDownload } from "../results/file-download.ts";
import type { FileMetadata } from "../results/file-metadata.ts";
import type { License } from "../results/license.ts";
import type { OnlineUsersCount } from "../results/online-users-count.ts";
import type { AnswerStatus } from "../results/result.ts";
import type { RetryableStatus } from "../results/retryable-status.ts";
import type { SessionValue } from "../results/session-value.ts";
import type { Variable } from "../results/variable.ts";
import type { SessionOptions } from "../session.ts";
import { Bridge } from "./bridge.ts";

/** The options of a `Session` that can cross to another thread. */
export type SyncSessionOptions = Omit<SessionOptions, "WebSocket">;

/**
 * A `Session` whose calls block until they are over: they return the result or throw a `TransportError`.
 * For scripts and tools: while a call runs, nothing else in this thread does. Node only. Lost connections are resumed as
 * those of a `Session` are; there are no hooks, since between its calls nobody is there to be told.
 */
export class SyncSession implements Calls<"sync">, Disposable {
  readonly #options: SyncSessionOptions;
  readonly #timeoutMs: number;
  readonly #calls: Calls<"sync"> = syncForm((name, args) => this.#run(name, args));
  #bridge: Bridge;

  /** Opens nothing yet. Throws a TypeError for an address and a RangeError for a time limit that cannot be. */
  constructor(options: SyncSessionOptions) {
    endpointAt(options.url);
    this.#options = options;
    this.#timeoutMs = checkedTimeout(options.timeoutMs ?? defaultTimeoutMs);
    this.#bridge = new Bridge({ kind: "session", options }, transportErrorFrom);
  }

  /** Whether there is an open connection now: false also while a lost one is being resumed, see `Session`. */
  get isConnected(): boolean {
    return this.#run("isConnected") === true;
  }

  /** Milliseconds from sending the last answered request to its answer; 0 before the first and after `shutdown()`. */
  get lastOperationTook(): number {
    return Number(this.#run("lastOperationTook"));
  }

  /** This same session; calls made through what is returned wait this long. No other call is affected. */
  withTimeout(timeoutMs: number): SyncSession {
    const view = new SyncSession({ ...this.#options, timeoutMs });
    view.#bridge = this.#bridge;
    return view;
  }

  connect(): ApiServer {
    return this.#calls.connect();
  }

  initialize(websocketApiKey: string, clientId: string): Application {
    return this.#calls.initialize(websocketApiKey, clientId);
  }

  createAccount(account: NewAccount): RetryableStatus {
    return this.#calls.createAccount(account);
  }

  authorize<C extends string | Credentials>(by: C): AuthorizedBy<C> {
    return this.#calls.authorize(by);
  }

  linkLicense(license: string): AnswerStatus<"linkLicenseToAccount"> {
    return this.#calls.linkLicense(license);
  }

  logout(): AnswerStatus<"logout"> {
    return this.#calls.logout();
  }

  attach(userToken: string): Account {
    return this.#calls.attach(userToken);
  }

  getCurrentLicense(): License {
    return this.#calls.getCurrentLicense();
  }

  getCurrentAccount(): Account {
    return this.#calls.getCurrentAccount();
  }

  blacklist(comment?: string): AnswerStatus<"blacklist"> {
    return this.#calls.blacklist(comment);
  }

  getVariable(name: string): Variable {
    return this.#calls.getVariable(name);
  }

  setSessionValue(key: string, value: string, ttl?: number): AnswerStatus<"setSessionValue"> {
    return this.#calls.setSessionValue(key, value, ttl);
  }

  getSessionValue(key: string): SessionValue {
    return this.#calls.getSessionValue(key);
  }

  deleteSessionValue(key: string): AnswerStatus<"deleteSessionValue"> {
    return this.#calls.deleteSessionValue(key);
  }

  getOnlineUsersCount(): OnlineUsersCount {
    return this.#calls.getOnlineUsersCount();
  }

  getFileMetadata(filename: string): FileMetadata {
    return this.#calls.getFileMetadata(filename);
  }

  /** Collects the file; its progress cannot be told, nor can it be written elsewhere, while this thread waits. */
  downloadFile(filename: string, { resumeAt }: Pick<DownloadOptions, "resumeAt"> = {}): FileDownload {
    return this.#calls.downloadFile(filename, resumeAt === undefined ? {} : { resumeAt });
  }

  enablePanelEvents(enabled = true): AnswerStatus<"setPanelEventsSubscription"> {
    return this.#calls.enablePanelEvents(enabled);
  }

  listSessions(): AccountSessions {
    return this.#calls.listSessions();
  }

  endSessions(which: EndedBy): EndedSessions {
    return this.#calls.endSessions(which);
  }

  ping(): AnswerStatus<"ping"> {
    return this.#calls.ping();
  }

  shutdown(): undefined {
    this.#calls.shutdown();
    this.#bridge.stop();
  }

  /** The same as `shutdown()`: a session declared with `using` ends with its block. */
  [Symbol.dispose](): void {
    this.shutdown();
  }

  #run(name: string, args: readonly unknown[] = []): unknown {
    return this.#bridge.call({ name, args, timeoutMs: this.#timeoutMs });
  }
}
