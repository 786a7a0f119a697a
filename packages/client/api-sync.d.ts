// Written by `npm run generate`.
import { Calls, ApiServer, NewAccount, Credentials, AuthorizedBy, DownloadOptions, EndedBy } from './src/calls.ts';
import { Account } from './src/results/account.ts';
import { AccountSessions } from './src/results/account-sessions.ts';
import { Application } from './src/results/application.ts';
import { EndedSessions } from './src/results/ended-sessions.ts';
import { FileDownload } from './src/results/file-download.ts';
import { FileMetadata } from './src/results/file-metadata.ts';
import { License } from './src/results/license.ts';
import { OnlineUsersCount } from './src/results/online-users-count.ts';
import { AnswerStatus } from './src/results/result.ts';
import { RetryableStatus } from './src/results/retryable-status.ts';
import { SessionValue } from './src/results/session-value.ts';
import { Variable } from './src/results/variable.ts';
import { SessionOptions } from './src/session.ts';
import { UserCalls, NewUser, User, OAuthLogin, OAuthTerms, UserQuery, RoleQuery, UserProperty } from './src/user-calls.ts';
import { UserServiceOptions } from './src/user-line.ts';

/** The options of a `Session` that can cross to another thread. */
type SyncSessionOptions = Omit<SessionOptions, "WebSocket">;
/**
 * A `Session` whose calls block until they are over: they return the result or throw a `TransportError`.
 * For scripts and tools: while a call runs, nothing else in this thread does. Node only. Lost connections are resumed as
 * those of a `Session` are; there are no hooks, since between its calls nobody is there to be told.
 */
declare class SyncSession implements Calls<"sync">, Disposable {
    #private;
    /** Opens nothing yet. Throws a TypeError for an address and a RangeError for a time limit that cannot be. */
    constructor(options: SyncSessionOptions);
    /** Whether there is an open connection now: false also while a lost one is being resumed, see `Session`. */
    get isConnected(): boolean;
    /** Milliseconds from sending the last answered request to its answer; 0 before the first and after `shutdown()`. */
    get lastOperationTook(): number;
    /** This same session; calls made through what is returned wait this long. No other call is affected. */
    withTimeout(timeoutMs: number): SyncSession;
    connect(): ApiServer;
    initialize(websocketApiKey: string, clientId: string): Application;
    createAccount(account: NewAccount): RetryableStatus;
    authorize<C extends string | Credentials>(by: C): AuthorizedBy<C>;
    linkLicense(license: string): AnswerStatus<"linkLicenseToAccount">;
    logout(): AnswerStatus<"logout">;
    attach(userToken: string): Account;
    getCurrentLicense(): License;
    getCurrentAccount(): Account;
    blacklist(comment?: string): AnswerStatus<"blacklist">;
    getVariable(name: string): Variable;
    setSessionValue(key: string, value: string, ttl?: number): AnswerStatus<"setSessionValue">;
    getSessionValue(key: string): SessionValue;
    deleteSessionValue(key: string): AnswerStatus<"deleteSessionValue">;
    getOnlineUsersCount(): OnlineUsersCount;
    getFileMetadata(filename: string): FileMetadata;
    /** Collects the file; its progress cannot be told, nor can it be written elsewhere, while this thread waits. */
    downloadFile(filename: string, { resumeAt }?: Pick<DownloadOptions, "resumeAt">): FileDownload;
    enablePanelEvents(enabled?: boolean): AnswerStatus<"setPanelEventsSubscription">;
    listSessions(): AccountSessions;
    endSessions(which: EndedBy): EndedSessions;
    ping(): AnswerStatus<"ping">;
    shutdown(): undefined;
    /** The same as `shutdown()`: a session declared with `using` ends with its block. */
    [Symbol.dispose](): void;
}

/** The options of a `UserService` that can cross to another thread. */
type SyncUserServiceOptions = Omit<UserServiceOptions, "tokenStorage">;
/**
 * A `UserService` whose calls block until they are over: they return the result or throw a `UserServiceFault`.
 * For scripts and tools: while a call runs, nothing else in this thread does. Node only. A login ends with the program.
 */
declare class SyncUserService implements UserCalls<"sync">, Disposable {
    #private;
    /** Sends nothing yet. Throws a TypeError for an address and a RangeError for a time limit that cannot be. */
    constructor(options: SyncUserServiceOptions);
    /** This same service; calls made through what is returned wait this long. No other call is affected. */
    withTimeout(timeoutMs: number): SyncUserService;
    register(user: NewUser): User;
    login(identity: string, password: string): User;
    loginAsGuest(): User;
    loginWithObjectId(objectId: string): User;
    loginWithOAuth2(provider: string, accessToken: string, login?: OAuthLogin): User;
    loginWithToken(objectId: string, userToken: string): User;
    getAuthorizationUrlLink(provider: string, terms?: OAuthTerms): string;
    logout(): undefined;
    isValidLogin(): boolean;
    getCurrentUser(): User | null;
    reloadCurrentUser(): User | null;
    getUserToken(): string | null;
    update(user: User): User;
    deleteUser(objectId: string): undefined;
    findById(objectId: string): User;
    findUsers(query?: UserQuery): User[];
    findByRole(role: string, query?: RoleQuery): User[];
    getUserRoles(): string[];
    getRolesOf(objectId: string): string[];
    assignRole(user: string, role: string): undefined;
    unassignRole(user: string, role: string): undefined;
    enableUser(objectId: string): undefined;
    disableUser(objectId: string): undefined;
    verifyPassword(password: string): boolean;
    describeUserClass(): UserProperty[];
    restorePassword(identity: string): undefined;
    resendEmailConfirmation(identity: string): undefined;
    createEmailConfirmationURL(identity: string): string;
    /** Ends the thread that makes the calls, and with it what is known of the login. The server is not told. */
    [Symbol.dispose](): void;
}

export { SyncSession, SyncUserService };
export type { SyncSessionOptions, SyncUserServiceOptions };
