// Written by `npm run generate`.
import { PacketName, StatusOf, Status, EventName, eventTypes, events } from '@latchkey/protocol';
export { CredentialsType, Status, endsLocalLogin, statusName } from '@latchkey/protocol';

/**
 * Why a call could not be carried out. Stable: a code is never renamed, new ones may be added.
 *
 * | code                | when                                                    | what to do                                   |
 * | ------------------- | ------------------------------------------------------- | -------------------------------------------- |
 * | `not_connected`     | before `connect()`, and after `shutdown()`              | call `connect()` first                       |
 * | `already_connected` | `connect()` while connecting or connected               | use the connection, or `shutdown()` first    |
 * | `connect_failed`    | no WebSocket could be opened at this address            | check the address, then try again later      |
 * | `timeout`           | no answer in time; the server may still have carried it out | look at the state before repeating the call |
 * | `closed`            | the connection ended and could not be resumed; `closeCode` and `reason` say why | `connect()`, `initialize()` and `authorize()` again, if the close code allows it |
 * | `aborted`           | the signal given to `withSignal` ended the call; the server may still carry it out | look at the state before repeating the call |
 * | `download_failed`   | a file's link brought nothing, several times in a row   | try again later, from the byte reached       |
 * | `shutdown`          | `shutdown()` of this program ended the call             | nothing                                      |
 * | `invalid_frame`     | the server sent what is no answer; only `on("exception")` | report it: this is no Latchkey server      |
 * | `unexpected`        | a bug of this program or of the SDK; see `cause`        | report it                                    |
 */
type TransportErrorCode = "not_connected" | "already_connected" | "connect_failed" | "timeout" | "closed" | "aborted" | "download_failed" | "shutdown" | "invalid_frame" | "unexpected";
interface TransportErrorDetails {
    readonly closeCode?: number | undefined;
    readonly reason?: string | undefined;
    readonly cause?: unknown;
    /** An error made where the call began; its stack replaces the one of the timer or socket that ended the call. */
    readonly caller?: Error | undefined;
}
/**
 * A call had no answer: the connection is missing, has ended, or stayed silent.
 * Never thrown because the server said no; that is a result with a status.
 */
declare class TransportError extends Error {
    readonly name = "TransportError";
    readonly code: TransportErrorCode;
    /** The WebSocket close code; only with `closed` and `connect_failed`, and only where the connection gave one. */
    readonly closeCode: number | undefined;
    /** The reason that came with the close code, else empty. */
    readonly reason: string;
    constructor(code: TransportErrorCode, message: string, details?: TransportErrorDetails);
}
/** What `orThrow` throws: the server answered, and the answer was not `ok`. The message is the status's name. */
declare class StatusError extends Error {
    readonly name = "StatusError";
    readonly status: number;
    constructor(status: number);
}
/**
 * Returns the answer unchanged when its status is `ok`, and throws a `StatusError` otherwise.
 * For programs that must not go on unlicensed: a refusal cannot be overlooked.
 */
declare function orThrow<const A extends number | {
    readonly status: number;
}>(answer: A): A;

/** The declared fields of an answer as they came: any may be missing, none is trusted to have its type. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * The statuses an operation can answer with. A newer server may add some: they arrive as plain numbers, so a
 * `switch` over statuses needs a `default`.
 */
type AnswerStatus<N extends PacketName> = StatusOf<N> | (number & Record<never, never>);
/** What every result has in common. */
declare abstract class Result<N extends PacketName> {
    /** What the server answered. The other fields count only as far as it allows. */
    readonly status: AnswerStatus<N>;
    constructor(status: AnswerStatus<N>);
    /** Whether the operation was carried out: its status is `ok`. */
    good(): boolean;
}

type AccountPacket = "authorizeByCredentials" | "attach" | "getCurrentAccount";
/** The account a session was authorized by. */
declare class Account extends Result<AccountPacket> {
    readonly login: string;
    /** The account's own levels together with those of its valid licenses. */
    readonly levels: readonly string[];
    readonly comment: string;
    /** The address the server sees this client at. */
    readonly ipAddress: string;
    /** Seconds until the last of the account's licenses expires; 0 when there is no such end, see `expiresAt`. */
    readonly timeLeft: number;
    /** The Unix second at which the last of the account's licenses expires; 0 when there is no such end. */
    readonly expiresAt: number;
    /** Whether the application admits only accounts with a valid license. */
    readonly licenseRequired: boolean;
    /** Seconds to wait before the next attempt; 0 unless the status is `too_many_requests`. */
    readonly retryAfter: number;
    constructor(status: AnswerStatus<AccountPacket>, output: Fields);
}

/** One of an account's sessions, as the account may see it. Instants are Unix seconds. */
interface AccountSession {
    /** What `endSessions` takes. */
    readonly sessionId: string;
    /** Empty for a session of the user service. */
    readonly clientId: string;
    readonly ipAddress: string;
    readonly createdAt: number;
    readonly lastSeenAt: number;
    /** The door it came through: `live` or `user-service`. */
    readonly transport: string;
    /** Whether it is the session that asks. */
    readonly current: boolean;
}
/** The sessions of the account that a session is authorized as. None unless `good()`. */
declare class AccountSessions extends Result<"listSessions"> {
    readonly sessions: readonly AccountSession[];
    constructor(status: AnswerStatus<"listSessions">, output: Fields);
}

/** The application a session was initialized for. Its fields are empty unless `good()`. */
declare class Application extends Result<"initialize"> {
    readonly name: string;
    readonly version: string;
    constructor(status: AnswerStatus<"initialize">, output: Fields);
}

/** What came of ending sessions. */
declare class EndedSessions extends Result<"endSessions"> {
    /** How many there were to end. */
    readonly ended: number;
    constructor(status: AnswerStatus<"endSessions">, output: Fields);
}

/**
 * A file that was fetched. Its status is `file_checksum_mismatch` where what came is not what the server holds: then it
 * must not be used. Of a download that did not begin at 0 nobody can tell.
 */
declare class FileDownload extends Result<"createFileDownloadUrl"> {
    /** What came, from the byte on that was asked for; empty where it was written elsewhere, and unless `good()`. */
    readonly bytes: Uint8Array<ArrayBuffer>;
    /** Of the whole file. */
    readonly size: number;
    /** The SHA-256 of the whole file, in hex. */
    readonly checksum: string;
    constructor(status: AnswerStatus<"createFileDownloadUrl">, output: Fields, bytes?: Uint8Array<ArrayBuffer>);
}

/** What the server knows of a file. Its fields are empty unless `good()`. */
declare class FileMetadata extends Result<"getFileMetadata"> {
    /** The SHA-256 of the whole file, in hex. */
    readonly checksum: string;
    readonly size: number;
    readonly transferCount: number;
    /** The Unix second of the last transfer; 0 when there was none. */
    readonly lastTransferredAt: number;
    constructor(status: AnswerStatus<"getFileMetadata">, output: Fields);
}

type LicensePacket = "authorizeByLicense" | "getCurrentLicense";
/** The license a session was authorized by. A refusal may carry levels, comment and times too. */
declare class License extends Result<LicensePacket> {
    readonly license: string;
    readonly levels: readonly string[];
    readonly comment: string;
    /** The address the server sees this client at. */
    readonly ipAddress: string;
    /** Seconds until the license expires; 0 when it never does, see `expiresAt`. */
    readonly timeLeft: number;
    /** The Unix second at which the license expires; 0 when it never does. */
    readonly expiresAt: number;
    constructor(status: AnswerStatus<LicensePacket>, output: Fields);
}

/** How many sessions of the application are authorized. */
declare class OnlineUsersCount extends Result<"getOnlineUsersCount"> {
    readonly onlineUsersCount: number;
    constructor(status: AnswerStatus<"getOnlineUsersCount">, output: Fields);
}

/** A status that may say when to try again. */
declare class RetryableStatus extends Result<"createAccount"> {
    /** Seconds to wait before the next attempt; 0 when the server named none. */
    readonly retryAfter: number;
    constructor(status: AnswerStatus<"createAccount">, output: Fields);
    is(status: Status): boolean;
}

/** A text that was kept with the session. Empty unless `good()`. */
declare class SessionValue extends Result<"getSessionValue"> {
    readonly value: string;
    constructor(status: AnswerStatus<"getSessionValue">, output: Fields);
}

/** A variable of the application. Empty unless `good()`. */
declare class Variable extends Result<"getVariable"> {
    readonly content: string;
    constructor(status: AnswerStatus<"getVariable">, output: Fields);
}

/** The ways to wait for a call: a promise, a promise of a tuple that never rejects, or not going on until it is over. */
type Form = "promise" | "try" | "sync";
/** What a call that results in `R` returns in each form. */
type Returns<F extends Form, R> = {
    promise: Promise<R>;
    try: Promise<Settled<R>>;
    sync: R;
}[F];
/** Either an error or a result, in the order of a callback's arguments; a call without a result has the error alone. */
type Settled<R> = [R] extends [undefined] ? [error: TransportError | null, result?: undefined] : [error: null, result: R] | [error: TransportError, result: undefined];
/** A trailing callback. Called exactly once, never before the call has returned. */
type Done<R> = (...settled: Settled<R>) => void;
/** Where the server is. */
interface ApiServer {
    readonly location: string;
}
/** What an account signs in with. */
interface Credentials {
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
interface NewAccount extends Credentials {
    /** Kept with the account, cut after 256 characters. Empty is the same as absent. */
    readonly comment?: string;
}
/** How a file is fetched. */
interface DownloadOptions {
    /** The byte to begin at, for what is left of a download; 0 unless given. What is whole is verified. */
    readonly resumeAt?: number;
    /** Told how many bytes of the file there are by now, those before `resumeAt` included. */
    readonly onProgress?: (received: number, size: number) => void;
    /** Takes the bytes as they come, which is for large files; without it they are collected. */
    readonly to?: WritableStream<Uint8Array>;
}
/** Which sessions of an account are to end: one, by its id in the list, or all but the one that asks. */
type EndedBy = {
    readonly sessionId: string;
} | {
    readonly others: true;
};
/** What a session is authorized as, by what it was authorized with. */
type AuthorizedBy<C extends string | Credentials> = C extends string ? License : Account;
/**
 * Every call of a session, in the form `F`. Whatever the form, a call either has a result, which says by its
 * status whether the server did what it was asked, or it fails with a `TransportError` because there was no answer.
 */
interface Calls<F extends Form = "promise"> {
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
type CallName = keyof Calls;

/** How a connection ended. */
interface Ending {
    readonly closeCode: number;
    readonly reason: string;
}

type ContentOf<N extends EventName> = (typeof events)[N] extends {
    readonly content: readonly (infer F extends string)[];
} ? {
    readonly [K in F]?: string;
} : {
    readonly [name: string]: never;
};
type KnownEvent<N extends EventName> = {
    readonly name: N;
    readonly type: (typeof eventTypes)[N];
    /** Texts, as they came: levels are separated by commas, instants are Unix seconds. */
    readonly content: ContentOf<N>;
};
/** An event of a newer server: all there is to know of it is its number and what came with it. */
interface UnknownEvent {
    readonly name: undefined;
    readonly type: number;
    readonly content: Readonly<Record<string, string>>;
}
/** Something that happened to the session, its license, its account or its application; told apart by `name`. */
type PanelEvent = {
    [N in EventName]: KnownEvent<N>;
}[EventName] | UnknownEvent;

/** What a session is after its connection was resumed. */
interface Resumption {
    /** Whether it is authorized still: what happened meanwhile, such as a revocation, counts. */
    readonly isAuthorized: boolean;
}
/**
 * What a session tells without being asked, and what its listeners are given.
 *
 * | hook         | when it fires                                               | how often            | what never happens                          |
 * | ------------ | ----------------------------------------------------------- | -------------------- | ------------------------------------------- |
 * | `shutdown`   | an open connection has ended for good, whoever ended it     | once per `connect()` | a call still waiting; any hook after it     |
 * | `resumed`    | a lost connection has been replaced, the session is the same | once per resume     | a call lost, or carried out twice, by it    |
 * | `panelEvent` | the server tells of an event, after `enablePanelEvents()`   | once per event       | an operation that the event took away, done after it; an event from before a loss, made up for |
 * | `exception`  | the server sent a frame that is neither answer nor event    | once per such frame  | a call ended or the connection closed by it |
 *
 * An answer that comes after its call has ended is dropped without a word. That a connection is lost is not told: it
 * shows in `isConnected`, and is over with `resumed` or `shutdown`.
 */
interface SessionHooks {
    readonly shutdown: Ending;
    readonly resumed: Resumption;
    readonly panelEvent: PanelEvent;
    readonly exception: TransportError;
}

/**
 * Codes of faults that no server has sent. Above everything a server sends.
 *
 * | code  | name                  | when                                                                      |
 * | ----- | --------------------- | ------------------------------------------------------------------------- |
 * | 90000 | `noAnswer`            | no connection, or no answer in time; the server may still have done it    |
 * | 90001 | `answerNotUnderstood` | what answered is not the user service: check the address                  |
 * | 90002 | `unexpected`          | a bug of the program or of the SDK, or token storage that fails; see `cause` |
 * | 90003 | `aborted`             | the signal given to `withSignal` ended the call; the server may still do it |
 */
declare const LocalFaultCode: {
    readonly noAnswer: 90000;
    readonly answerNotUnderstood: 90001;
    readonly unexpected: 90002;
    readonly aborted: 90003;
};
interface FaultDetails {
    readonly errorData?: Readonly<Record<string, unknown>>;
    readonly cause?: unknown;
}
/** The only way a call of the user service fails: the service refused it, or (`LocalFaultCode`) could not be asked. */
declare class UserServiceFault extends Error {
    readonly name = "UserServiceFault";
    readonly code: number;
    /** What the service says beyond the code; for most codes nothing. */
    readonly errorData: Readonly<Record<string, unknown>>;
    constructor(code: number, message: string, { errorData, cause }?: FaultDetails);
    /** Seconds to wait before the next attempt; 0 when the server named none. */
    get retryAfter(): number;
}

/** A user as the service shows it: system columns and every property of the program's own. Never a password. */
interface User {
    readonly objectId: string;
    readonly [property: string]: unknown;
}
/** What a user is registered with: `password`, the application's identity property, and any others. */
type NewUser = Readonly<Record<string, unknown>>;
/** A column of the application's users: its `type`, whether it is `required`, whether users log in by it (`identity`). */
interface UserProperty {
    readonly name: string;
    readonly [detail: string]: unknown;
}
/** Which users are looked for, and what of them is wanted. */
interface UserQuery {
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
interface RoleQuery extends UserQuery {
    /** Whether each user comes with its `roles`. */
    readonly loadRoles?: boolean;
}
/** How a person's data at a provider become a user's properties, and who was a guest until now. */
interface OAuthLogin {
    /** Names of properties by the names of the provider. */
    readonly fieldsMapping?: Readonly<Record<string, string>>;
    /** The guest whose account is to be this person's. */
    readonly guestUser?: User;
}
/** How a browser is sent to a provider, and where it comes back to. */
interface OAuthTerms {
    readonly fieldsMapping?: Readonly<Record<string, string>>;
    readonly permissions?: readonly string[];
    readonly redirect?: boolean;
    readonly redirectAfterLoginUrl?: string;
    readonly callbackUrlDomain?: string;
}
/** A trailing callback of the user service: exactly one of the two is called, once, never before the call has returned. */
interface AsyncCallback<R> {
    handleResponse(response: R): void;
    handleFault(fault: UserServiceFault): void;
}
/**
 * Every call of the user service, in the form `F`. A call has its result or fails with a `UserServiceFault`.
 * A fault which says that the session of the login has ended (see `endsLocalLogin`) logs out here as well.
 */
interface UserCalls<F extends "promise" | "sync" = "promise"> {
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
type UserCallName = keyof UserCalls;

/** The trailing-callback form of every call. `undefined`, not `void`: a promise would pass for `void`. */
type CallbackCalls = {
    readonly [M in CallName]: (...args: [...Parameters<Calls[M]>, Done<Awaited<ReturnType<Calls[M]>>>]) => undefined;
};
/** The same for the user service, whose callbacks are objects with a method for each outcome. */
type AsyncCallbackCalls = {
    readonly [M in UserCallName]: (...args: [...Parameters<UserCalls[M]>, AsyncCallback<Awaited<ReturnType<UserCalls[M]>>>]) => undefined;
};

/** Where a session connects to, and how long its calls wait. */
interface SessionOptions {
    /** The server's address, with http, https, ws or wss. */
    readonly url: string;
    /** How long a call waits for its answer; ten seconds unless given. */
    readonly timeoutMs?: number;
    /** Whether a lost connection is resumed by itself; true unless given. Without it, a lost connection is an ended one. */
    readonly resume?: boolean;
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
declare class Session implements Calls, CallbackCalls, AsyncDisposable {
    #private;
    /** The same calls, resolving with `[error, result]` and never rejecting. */
    readonly try: Calls<"try">;
    /** Opens nothing yet. Throws a TypeError for an address and a RangeError for a time limit that cannot be. */
    constructor(options: SessionOptions);
    /**
     * Whether there is an open connection now: false before `connect()` and from `shutdown()` on, and also while a lost
     * connection is being resumed, when calls can be made all the same and wait.
     */
    get isConnected(): boolean;
    /** Milliseconds from sending the last answered request to its answer; 0 before the first. */
    get lastOperationTook(): number;
    /** This same session; calls made through what is returned wait this long. No other call is affected. */
    withTimeout(timeoutMs: number): Session;
    /**
     * This same session; calls made through what is returned end with `aborted` when the signal says so, and fail at once
     * when it has. A `connect()` that is ended so leaves no connection; `shutdown()` is not affected, nor any other call.
     */
    withSignal(signal: AbortSignal): Session;
    /** Adds a listener (see `SessionHooks`) and returns the function that removes it. */
    on<H extends keyof SessionHooks>(hook: H, listener: (told: SessionHooks[H]) => void): () => void;
    connect(): Promise<ApiServer>;
    connect(done: Done<ApiServer>): undefined;
    initialize(websocketApiKey: string, clientId: string): Promise<Application>;
    initialize(websocketApiKey: string, clientId: string, done: Done<Application>): undefined;
    createAccount(account: NewAccount): Promise<RetryableStatus>;
    createAccount(account: NewAccount, done: Done<RetryableStatus>): undefined;
    authorize<C extends string | Credentials>(by: C): Promise<AuthorizedBy<C>>;
    authorize<C extends string | Credentials>(by: C, done: Done<AuthorizedBy<C>>): undefined;
    linkLicense(license: string): Promise<AnswerStatus<"linkLicenseToAccount">>;
    linkLicense(license: string, done: Done<AnswerStatus<"linkLicenseToAccount">>): undefined;
    logout(): Promise<AnswerStatus<"logout">>;
    logout(done: Done<AnswerStatus<"logout">>): undefined;
    attach(userToken: string): Promise<Account>;
    attach(userToken: string, done: Done<Account>): undefined;
    getCurrentLicense(): Promise<License>;
    getCurrentLicense(done: Done<License>): undefined;
    getCurrentAccount(): Promise<Account>;
    getCurrentAccount(done: Done<Account>): undefined;
    blacklist(comment?: string): Promise<AnswerStatus<"blacklist">>;
    blacklist(comment: string | undefined, done: Done<AnswerStatus<"blacklist">>): undefined;
    getVariable(name: string): Promise<Variable>;
    getVariable(name: string, done: Done<Variable>): undefined;
    setSessionValue(key: string, value: string, ttl?: number): Promise<AnswerStatus<"setSessionValue">>;
    setSessionValue(key: string, value: string, ttl: number | undefined, done: Done<AnswerStatus<"setSessionValue">>): undefined;
    getSessionValue(key: string): Promise<SessionValue>;
    getSessionValue(key: string, done: Done<SessionValue>): undefined;
    deleteSessionValue(key: string): Promise<AnswerStatus<"deleteSessionValue">>;
    deleteSessionValue(key: string, done: Done<AnswerStatus<"deleteSessionValue">>): undefined;
    getOnlineUsersCount(): Promise<OnlineUsersCount>;
    getOnlineUsersCount(done: Done<OnlineUsersCount>): undefined;
    getFileMetadata(filename: string): Promise<FileMetadata>;
    getFileMetadata(filename: string, done: Done<FileMetadata>): undefined;
    downloadFile(filename: string, options?: DownloadOptions): Promise<FileDownload>;
    downloadFile(filename: string, options: DownloadOptions | undefined, done: Done<FileDownload>): undefined;
    enablePanelEvents(enabled?: boolean): Promise<AnswerStatus<"setPanelEventsSubscription">>;
    enablePanelEvents(enabled: boolean | undefined, done: Done<AnswerStatus<"setPanelEventsSubscription">>): undefined;
    listSessions(): Promise<AccountSessions>;
    listSessions(done: Done<AccountSessions>): undefined;
    endSessions(which: EndedBy): Promise<EndedSessions>;
    endSessions(which: EndedBy, done: Done<EndedSessions>): undefined;
    ping(): Promise<AnswerStatus<"ping">>;
    ping(done: Done<AnswerStatus<"ping">>): undefined;
    shutdown(): Promise<undefined>;
    shutdown(done: Done<undefined>): undefined;
    /** The same as `shutdown()`: a session declared with `await using` ends with its block. */
    [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Where a login is kept so that it outlasts the program: the platform's storage, asynchronous or not. What is kept is one
 * text, which holds the user token: keep it like a password. Storage that fails makes the call fail, with `unexpected`.
 */
interface TokenStorage {
    /** The text that was set last; nothing when there is none. */
    get(): string | null | undefined | Promise<string | null | undefined>;
    set(text: string): unknown;
    clear(): unknown;
}

/** Which application's users, how long calls wait, and where a login is kept. */
interface UserServiceOptions {
    /** The server's address, with http or https, up to the application's id. */
    readonly url: string;
    readonly applicationId: string;
    readonly apiKey: string;
    /** How long a call waits for its answer; ten seconds unless given. */
    readonly timeoutMs?: number;
    /** Keeps the login for the next start of the program; unless given it ends with this one. */
    readonly tokenStorage?: "localStorage" | TokenStorage;
}

/**
 * The users of one application: registration, login, logout and all the rest, over HTTP.
 *
 * Calls return promises, which reject with a `UserServiceFault`, or tell an `AsyncCallback` given as the last argument;
 * `SyncUserService` has them blocking. `UserEvents` tells when the server ends the login.
 * A promise that nobody looks at never becomes an unhandled rejection.
 */
declare class UserService implements UserCalls, AsyncCallbackCalls {
    #private;
    /** Sends nothing yet. Throws a TypeError for an address and a RangeError for a time limit that cannot be. */
    constructor(options: UserServiceOptions);
    /** This same service; calls made through what is returned wait this long. No other call is affected. */
    withTimeout(timeoutMs: number): UserService;
    /**
     * This same service; calls made through what is returned end with `LocalFaultCode.aborted` when the signal says so, and
     * fail at once when it has. No other call is affected.
     */
    withSignal(signal: AbortSignal): UserService;
    register(user: NewUser): Promise<User>;
    register(user: NewUser, callback: AsyncCallback<User>): undefined;
    login(identity: string, password: string): Promise<User>;
    login(identity: string, password: string, callback: AsyncCallback<User>): undefined;
    loginAsGuest(): Promise<User>;
    loginAsGuest(callback: AsyncCallback<User>): undefined;
    loginWithObjectId(objectId: string): Promise<User>;
    loginWithObjectId(objectId: string, callback: AsyncCallback<User>): undefined;
    loginWithOAuth2(provider: string, accessToken: string, login?: OAuthLogin): Promise<User>;
    loginWithOAuth2(provider: string, accessToken: string, login: OAuthLogin | undefined, callback: AsyncCallback<User>): undefined;
    loginWithToken(objectId: string, userToken: string): Promise<User>;
    loginWithToken(objectId: string, userToken: string, callback: AsyncCallback<User>): undefined;
    getAuthorizationUrlLink(provider: string, terms?: OAuthTerms): Promise<string>;
    getAuthorizationUrlLink(provider: string, terms: OAuthTerms | undefined, callback: AsyncCallback<string>): undefined;
    logout(): Promise<undefined>;
    logout(callback: AsyncCallback<undefined>): undefined;
    isValidLogin(): Promise<boolean>;
    isValidLogin(callback: AsyncCallback<boolean>): undefined;
    getCurrentUser(): Promise<User | null>;
    getCurrentUser(callback: AsyncCallback<User | null>): undefined;
    reloadCurrentUser(): Promise<User | null>;
    reloadCurrentUser(callback: AsyncCallback<User | null>): undefined;
    getUserToken(): Promise<string | null>;
    getUserToken(callback: AsyncCallback<string | null>): undefined;
    update(user: User): Promise<User>;
    update(user: User, callback: AsyncCallback<User>): undefined;
    deleteUser(objectId: string): Promise<undefined>;
    deleteUser(objectId: string, callback: AsyncCallback<undefined>): undefined;
    findById(objectId: string): Promise<User>;
    findById(objectId: string, callback: AsyncCallback<User>): undefined;
    findUsers(query?: UserQuery): Promise<User[]>;
    findUsers(query: UserQuery | undefined, callback: AsyncCallback<User[]>): undefined;
    findByRole(role: string, query?: RoleQuery): Promise<User[]>;
    findByRole(role: string, query: RoleQuery | undefined, callback: AsyncCallback<User[]>): undefined;
    getUserRoles(): Promise<string[]>;
    getUserRoles(callback: AsyncCallback<string[]>): undefined;
    getRolesOf(objectId: string): Promise<string[]>;
    getRolesOf(objectId: string, callback: AsyncCallback<string[]>): undefined;
    assignRole(user: string, role: string): Promise<undefined>;
    assignRole(user: string, role: string, callback: AsyncCallback<undefined>): undefined;
    unassignRole(user: string, role: string): Promise<undefined>;
    unassignRole(user: string, role: string, callback: AsyncCallback<undefined>): undefined;
    enableUser(objectId: string): Promise<undefined>;
    enableUser(objectId: string, callback: AsyncCallback<undefined>): undefined;
    disableUser(objectId: string): Promise<undefined>;
    disableUser(objectId: string, callback: AsyncCallback<undefined>): undefined;
    verifyPassword(password: string): Promise<boolean>;
    verifyPassword(password: string, callback: AsyncCallback<boolean>): undefined;
    describeUserClass(): Promise<UserProperty[]>;
    describeUserClass(callback: AsyncCallback<UserProperty[]>): undefined;
    restorePassword(identity: string): Promise<undefined>;
    restorePassword(identity: string, callback: AsyncCallback<undefined>): undefined;
    resendEmailConfirmation(identity: string): Promise<undefined>;
    resendEmailConfirmation(identity: string, callback: AsyncCallback<undefined>): undefined;
    createEmailConfirmationURL(identity: string): Promise<string>;
    createEmailConfirmationURL(identity: string, callback: AsyncCallback<string>): undefined;
}

/** As which client the events are asked for, and where, unless it is where the users are. */
interface UserEventsOptions extends Partial<Pick<SessionOptions, "url" | "timeoutMs" | "WebSocket">> {
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
type RevocationReason = "loggedOut" | "policy" | "operator" | "disabled" | "blacklisted" | "deleted" | "passwordChanged" | "ended";
/** The end of a login that was not this program's doing. */
interface Revocation {
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
interface UserEventHooks {
    readonly attached: {
        readonly objectId: string;
    };
    readonly revoked: Revocation;
    readonly panelEvent: PanelEvent;
    readonly failed: StatusError | TransportError;
}
/**
 * Tells when the server ends the login of a `UserService`, at once and without asking again and again: over a live
 * connection of its own, which is there while somebody is logged in and follows every login and logout of the service.
 *
 * Begins when it is made and goes on, whatever becomes of the network, until `shutdown()`.
 */
declare class UserEvents implements AsyncDisposable {
    #private;
    /** Throws a TypeError for an address and a RangeError for a time limit that cannot be. */
    constructor(users: UserService, options: UserEventsOptions);
    /** Adds a listener (see `UserEventHooks`) and returns the function that removes it. */
    on<H extends keyof UserEventHooks>(hook: H, listener: (told: UserEventHooks[H]) => void): () => void;
    /** Ends the connection; nothing is told any more. Logs nobody out. Never fails. */
    shutdown(): Promise<undefined>;
    /** The same as `shutdown()`: events declared with `await using` end with their block. */
    [Symbol.asyncDispose](): Promise<void>;
}

export { Account, AccountSessions, Application, EndedSessions, FileDownload, FileMetadata, License, LocalFaultCode, OnlineUsersCount, RetryableStatus, Session, SessionValue, StatusError, TransportError, UserEvents, UserService, UserServiceFault, Variable, orThrow };
export type { AccountSession, AnswerStatus, ApiServer, AsyncCallback, AuthorizedBy, Calls, Credentials, Done, DownloadOptions, EndedBy, Ending, Form, NewAccount, NewUser, OAuthLogin, OAuthTerms, PanelEvent, Resumption, Returns, Revocation, RevocationReason, RoleQuery, SessionHooks, SessionOptions, Settled, TokenStorage, TransportErrorCode, User, UserCalls, UserEventHooks, UserEventsOptions, UserProperty, UserQuery, UserServiceOptions };
