export { CredentialsType, Status, endsLocalLogin, statusName } from "@latchkey/protocol";
export type {
  ApiServer,
  AuthorizedBy,
  Calls,
  Credentials,
  Done,
  DownloadOptions,
  EndedBy,
  Form,
  NewAccount,
  Returns,
  Settled,
} from "./calls.ts";
export type { Ending } from "./connection.ts";
export { StatusError, TransportError, orThrow } from "./errors.ts";
export type { TransportErrorCode } from "./errors.ts";
export type { Resumption, SessionHooks } from "./hooks.ts";
export type { PanelEvent } from "./panel-event.ts";
export { Account } from "./results/account.ts";
export { AccountSessions } from "./results/account-sessions.ts";
export type { AccountSession } from "./results/account-sessions.ts";
export { Application } from "./results/application.ts";
export { EndedSessions } from "./results/ended-sessions.ts";
export { FileDownload } from "./results/file-download.ts";
export { FileMetadata } from "./results/file-metadata.ts";
export { License } from "./results/license.ts";
export { OnlineUsersCount } from "./results/online-users-count.ts";
export type { AnswerStatus } from "./results/result.ts";
export { RetryableStatus } from "./results/retryable-status.ts";
export { SessionValue } from "./results/session-value.ts";
export { Variable } from "./results/variable.ts";
export { Session } from "./session.ts";
export type { SessionOptions } from "./session.ts";
export type { TokenStorage } from "./token-storage.ts";
export type {
  AsyncCallback,
  NewUser,
  OAuthLogin,
  OAuthTerms,
  RoleQuery,
  User,
  UserCalls,
  UserProperty,
  UserQuery,
} from "./user-calls.ts";
export { UserEvents } from "./user-events.ts";
export type { Revocation, RevocationReason, UserEventHooks, UserEventsOptions } from "./user-events.ts";
export type { UserServiceOptions } from "./user-line.ts";
export { UserService } from "./user-service.ts";
export { LocalFaultCode, UserServiceFault } from "./user-service-fault.ts";
