import type { PacketName } from "@latchkey/protocol";
import type { TransportError } from "./errors.ts";
import type { Account } from "./results/account.ts";
import type { AccountSessions } from "./results/account-sessions.ts";
import type { Application } from "./results/application.ts";
import type { EndedSessions } from "./results/ended-sessions.ts";
import type { FileDownload } from "./results/file-download.ts";
import type { FileMetadata } from "./results/file-metadata.ts";
import type { License } from "./results/license.ts";
import type { OnlineUsersCount } from "./results/online-users-count.ts";
import type { AnswerStatus } from "./results/result.ts";
import type { RetryableStatus } from "./results/retryable-status.ts";
import type { SessionValue } from "./results/session-value.ts";
import type { Variable } from "./results/variable.ts";

/** The ways to wait for a call: a promise, a promise of a tuple that never rejects, or not going on until it is over. */
export type Form = "promise" | "try" | "sync";

/** What a call that results in `R` returns in each form. */
export type Returns<F extends Form, R> = { promise: Promise<R>; try: Promise<Settled<R>>; sync: R }[F];

/** Either an error or a result, in the order of a callback's arguments; a call without a result has the error alone. */
export type Settled<R> = [R] extends [undefined]
  ? [error: TransportError | null, result?: undefined]
  : [error: null, result: R] | [error: TransportError, result: undefined];

/** A trailing callback. Called exactly once, never before the call has returned. */
export type Done<R> = (...settled: Settled<R>) => void;

/** Where the server is. */
export interface ApiServer {
  readonly location: string;
}

/** What an account signs in with. */
export interface Credentials {
  /** 4 to 320 characters; an e-mail address where `type` is `CredentialsType.EmailPassword`. */
  readonly login: string;
  /** 4 to 64 characters. */
  readonly password: string;
  /** A `CredentialsType`; without one, login and password. */
  readonly type?: number;
  /** 6 to 64 characters: links and activates this license for the account. Empty is the same as absent. */
  readonly license?: string;
}

/** What an account is created with. */
export interface NewAccount extends Credentials {
  /** Kept with the account, cut after 256 characters. Empty is the same as absent. */
  readonly comment?: string;
}

/** How a file is fetched. */
export interface DownloadOptions {
  /** The byte to begin at, for what is left of a download; 0 unless given. What is whole is verified. */
  readonly resumeAt?: number;
  /** Told how many bytes of the file there are by now, those before `resumeAt` included. */
  readonly onProgress?: (received: number, size: number) => void;
  /** Takes the bytes as they come, which is for large files; without it they are collected. */
  readonly to?: WritableStream<Uint8Array>;
}

/** Which sessions of an account are to end: one, by its id in the list, or all but the one that asks. */
export type EndedBy = { readonly sessionId: string } | { readonly others: true };

/** What a session is authorized as, by what it was authorized with. */
export type AuthorizedBy<C extends string | Credentials> = C extends string ? License : Account;

/**
 * Every call of a session, in the form `F`. Whatever the form, a call either has a result, which says by its
 * status whether the server did what it was asked, or it fails with a `TransportError` because there was no answer.
 */
export interface Calls<F extends Form = "promise"> {
  /**
   * Opens the connection. First of all calls, and again after the connection has ended; `initialize` follows.
   * Fails with `connect_failed`, or with `already_connected` while there is a connection.
   */
  connect(): Returns<F, ApiServer>;
  /**
   * Names the application and this client. Nothing else but `ping` works before: the server closes with 4200.
   * A client id of fewer than 4 or more than 64 characters is refused without asking the server.
   */
  initialize(websocketApiKey: string, clientId: string): Returns<F, Application>;
  /**
   * Creates an account of the application, with a license that is linked and activated in the same step if one is
   * given. Does not authorize the session. Lengths are checked without asking the server.
   */
  createAccount(account: NewAccount): Returns<F, RetryableStatus>;
  /**
   * Authorizes the session: by license when given a string, by account when given credentials.
   * One authorization at a time: the second answers `already_authorized`. Lengths are checked without asking the server.
   */
  authorize<C extends string | Credentials>(by: C): Returns<F, AuthorizedBy<C>>;
  /** Links a license to the account this session is authorized as. Its length is checked without asking the server. */
  linkLicense(license: string): Returns<F, AnswerStatus<"linkLicenseToAccount">>;
  /**
   * Clears the authorization, by license or by account; the connection stays open and initialized.
   * Without an authorization the status is `not_authorized`. Once it is `ok`, nothing can bring the authorization back.
   */
  logout(): Returns<F, AnswerStatus<"logout">>;
  /**
   * Gives the session the account of a user-service session, by that session's token: a logout at either door then ends
   * the authorization for both.
   */
  attach(userToken: string): Returns<F, Account>;
  /** The license this session is authorized by, as it is now; after an expiry its terms come with that status. */
  getCurrentLicense(): Returns<F, License>;
  /** The account this session is authorized by, as it is now. */
  getCurrentAccount(): Returns<F, Account>;
  /**
   * Blacklists this very client: its client id, and the license or account it is authorized by. Once it is `ok`, the
   * server ends the connection with close code 4203.
   */
  blacklist(comment?: string): Returns<F, AnswerStatus<"blacklist">>;
  /** Reads a variable of the application; a protected one needs an authorization. */
  getVariable(name: string): Returns<F, Variable>;
  /**
   * Keeps a text with the session, for `ttl` seconds: without one, or with zero, for 72 hours. It is this session's
   * alone, and outlives a logout and a lost connection, but not the session.
   */
  setSessionValue(key: string, value: string, ttl?: number): Returns<F, AnswerStatus<"setSessionValue">>;
  getSessionValue(key: string): Returns<F, SessionValue>;
  deleteSessionValue(key: string): Returns<F, AnswerStatus<"deleteSessionValue">>;
  /** How many sessions of the application are authorized now. */
  getOnlineUsersCount(): Returns<F, OnlineUsersCount>;
  /** What the server holds under this name. */
  getFileMetadata(filename: string): Returns<F, FileMetadata>;
  /**
   * Fetches a file, which needs an authorization, and verifies it when it is whole. The session's time limit is that of
   * each step: the download ends only when nothing comes for so long, several times in a row.
   */
  downloadFile(filename: string, options?: DownloadOptions): Returns<F, FileDownload>;
  /** Has the server tell of its events, see `on("panelEvent")`, or no longer. A new session is told nothing. */
  enablePanelEvents(enabled?: boolean): Returns<F, AnswerStatus<"setPanelEventsSubscription">>;
  /** The sessions of the account this session is authorized as, at both doors. */
  listSessions(): Returns<F, AccountSessions>;
  /** Ends other sessions of the account this session is authorized as. */
  endSessions(which: EndedBy): Returns<F, EndedSessions>;
  /** Asks the server for a sign of life, before `initialize` too; `lastOperationTook` then holds the round trip. */
  ping(): Returns<F, AnswerStatus<"ping">>;
  /**
   * Ends the connection, and every call that still waits with `shutdown`. The server frees the session's seat at once.
   * Over when the connection is; when the server does not confirm in time, over without it. Never fails.
   */
  shutdown(): Returns<F, undefined>;
}

/** The names of all calls. */
export type CallName = keyof Calls;

/**
 * Which call sends which packet: a packet that no call sends does not compile. `resume` has none: that a connection was
 * lost and is back is nothing a program asks for.
 */
const methodOf = {
  initialize: "initialize",
  createAccount: "createAccount",
  authorizeByLicense: "authorize",
  authorizeByCredentials: "authorize",
  linkLicenseToAccount: "linkLicense",
  logout: "logout",
  attach: "attach",
  getCurrentLicense: "getCurrentLicense",
  getCurrentAccount: "getCurrentAccount",
  blacklist: "blacklist",
  getVariable: "getVariable",
  setSessionValue: "setSessionValue",
  getSessionValue: "getSessionValue",
  deleteSessionValue: "deleteSessionValue",
  getOnlineUsersCount: "getOnlineUsersCount",
  createFileDownloadUrl: "downloadFile",
  getFileMetadata: "getFileMetadata",
  setPanelEventsSubscription: "enablePanelEvents",
  listSessions: "listSessions",
  endSessions: "endSessions",
  ping: "ping",
} as const satisfies Record<Exclude<PacketName, "resume">, CallName>;

/** Every call, once. */
export const callNames = ["connect", ...new Set(Object.values(methodOf)), "shutdown"] as const;
