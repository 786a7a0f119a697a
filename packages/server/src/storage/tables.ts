import type { EventName, KeyKind, PropertyType } from "@latchkey/protocol";
import type { BulkTables } from "./tables-bulk.ts";
import type { Generated, Insertable, Kysely, Selectable } from "kysely";
import type { Branded } from "./branded.ts";
import type { OperatorTables } from "./tables-operators.ts";
import type { AuditTables } from "./tables-audit.ts";
import type { ManagementTables } from "./tables-management.ts";
import type { WebhookTables } from "./tables-webhooks.ts";
import type { NodeTables } from "./tables-nodes.ts";
import type { MetricsTables } from "./tables-metrics.ts";

export type ApplicationId = Branded<"application">;
export type AccountId = Branded<"account">;
export type LicenseId = Branded<"license">;
export type SessionId = Branded<"session">;
export type AuthorizationId = Branded<"authorization">;
export type FileId = Branded<"file">;
export type ContentId = Branded<"content">;
export type NodeId = Branded<"node">;
export type MailId = Branded<"mail">;
export type ProviderId = Branded<"provider">;
export type BulkJobId = Branded<"bulk job">;

/** Instants are milliseconds, documents JSON text, secrets SHA-256 in hex; there are no booleans. */
interface ApplicationTable {
  id: ApplicationId;
  name: string;
  version: string;
  websocketApiKey: string;
  /** JSON of the settings that differ from their defaults. */
  settings: string;
  accountCount: Generated<number>;
  createdAt: number;
  pausedAt: number | null;
}

interface ApiKeyTable {
  keyHash: string;
  applicationId: ApplicationId;
  kind: KeyKind;
  /** In clear for client keys, which are public; absent on purpose for BL keys. */
  key: string | null;
  createdAt: number;
}

/** A host name whose domain-form requests act for an application, with the rights of a client key. */
interface HostTable {
  host: string;
  applicationId: ApplicationId;
  keyHash: string;
}

export type AccountStatus = "enabled" | "unconfirmed" | "disabled" | "guest";

interface AccountTable {
  id: AccountId;
  applicationId: ApplicationId;
  login: string | null;
  email: string | null;
  passwordHash: string | null;
  /** Of a hash that another system made: what a sign-in costs because of it. */
  foreignKind: string | null;
  status: AccountStatus;
  levels: string;
  comment: string | null;
  locale: string | null;
  properties: string;
  /** The door and client address it was created through without a license, for the limits per day. */
  signUpDoor: "live" | "user-service" | null;
  signUpAddress: string | null;
  createdAt: number;
  updatedAt: number | null;
  lastLoginAt: number | null;
  /** Of a guest: when upkeep last found a session of it. */
  lastHeldAt: number | null;
  blacklistedAt: number | null;
  /** JSON of its rows of `socialIdentity`, subjects by provider and the oldest first; `null`: it has none. */
  socialIdentities: Generated<string | null>;
}

/**
 * Who an account is at a provider. It is the issuer that a subject belongs to: a name that is given to another provider
 * leads to nobody's account.
 */
interface SocialIdentityTable {
  applicationId: ApplicationId;
  issuer: string;
  subject: string;
  accountId: AccountId;
  /** The name of the provider it came by. */
  provider: string;
  /** Key of the address that the provider vouched for when it was tied to the account. */
  provenKey: string | null;
  createdAt: number;
}

/** Logins and e-mail addresses of an application in one namespace (LP-ACC-10). */
interface IdentityTable {
  applicationId: ApplicationId;
  key: string;
  accountId: AccountId;
}

/** What an operator can give to accounts; the roles of the system are in no table. */
interface RoleTable {
  applicationId: ApplicationId;
  name: string;
}

interface AccountRoleTable {
  accountId: AccountId;
  applicationId: ApplicationId;
  name: string;
}

/** A property that every account of an application has; the values are in `account.properties`. */
interface AccountColumnTable {
  applicationId: ApplicationId;
  name: string;
  type: PropertyType;
  presence: "optional" | "required";
  /** Whether two accounts may have the same value. */
  repeats: "allowed" | "refused";
  /** JSON. */
  defaultValue: string | null;
  createdBy: "client" | "server" | "operator";
  createdAt: number;
}

/** The values of columns that refuse repeats, each with the one account that has it. */
interface UniqueValueTable {
  applicationId: ApplicationId;
  columnName: string;
  valueHash: string;
  accountId: AccountId;
}

interface LicenseTable {
  id: LicenseId;
  applicationId: ApplicationId;
  key: string;
  levels: string;
  comment: string | null;
  durationMs: number | null;
  seats: number | null;
  /** `first`: bound to the first client that authorizes with it. */
  clientPolicy: "any" | "first";
  clientId: string | null;
  accountId: AccountId | null;
  createdAt: number;
  activatedAt: number | null;
  expiresAt: number | null;
  lastUsedAt: number | null;
  pausedAt: number | null;
  blacklistedAt: number | null;
  /** The job that created it. */
  bulkJobId: Generated<BulkJobId | null>;
}

/**
 * One connected or signed-in client. It is authorized while it has an authorization id; by an account when it names
 * one, else by its license. A live session is held by its node while connected and by `leaseUntil` afterwards.
 */
interface SessionTable {
  id: SessionId;
  applicationId: ApplicationId;
  door: "live" | "user-service";
  /** Of the user token, or of the resume id that the latest connection was given: it names that connection. */
  secretHash: string;
  /** Of the resume id before that one, until the first frame shows that the new one has arrived (LP-RES-4). */
  previousHash: string | null;
  clientId: string | null;
  address: string;
  nodeId: NodeId | null;
  leaseUntil: number | null;
  authorizationId: AuthorizationId | null;
  accountId: AccountId | null;
  licenseId: LicenseId | null;
  expiresAt: number | null;
  /** The user-service session whose account a live session is authorized by (LP-ATT-1). */
  attachedTo: SessionId | null;
  /** Since when live sessions are or were attached to it; `null`: none ever was. */
  sharedAt: number | null;
  createdAt: number;
  lastSeenAt: number;
  /** The mark that a disabled account leaves on its sessions (US-LOGOUT-8). */
  disabledAt: number | null;
  /** Since when it is sent server events (LP-EVT-4). */
  subscribedAt: number | null;
  /** While it is lost: the instants of what it did just before, separated by commas (LP-RATE-1). */
  recentActions: string | null;
  /** The provider that a user-service session was opened through. */
  provider: string | null;
}

/** A place outside where people of one application may sign in. */
interface ProviderTable {
  /** Another one each time it is set up. */
  id: ProviderId;
  applicationId: ApplicationId;
  name: string;
  /** JSON of the protocol's `providerSettings`. */
  settings: string;
  sealedSecret: string | null;
  createdAt: number;
}

/** A sign-in that was begun and has to come back from its provider, to whatever node and only once. */
interface SignInAttemptTable {
  stateHash: string;
  applicationId: ApplicationId;
  provider: string;
  /** Sealed JSON of the PKCE verifier and the nonce. */
  sealedSecrets: string;
  /** JSON of property names by the provider's names. */
  fieldsMapping: string;
  /** JSON of where the token goes. */
  handOver: string;
  expiresAt: number;
}

interface BlacklistEntryTable {
  applicationId: ApplicationId;
  kind: "client" | "address";
  value: string;
  comment: string | null;
  /** Entries that clients made count against a quota. */
  madeBy: "client" | "operator";
  createdAt: number;
}

/** A named text of an application. */
interface VariableTable {
  applicationId: ApplicationId;
  name: string;
  content: string;
  /** A protected one is for authorized sessions. */
  visibility: "public" | "protected";
  updatedAt: number;
}

/** A named content of an application. Another content under the same name is another file. */
interface FileTable {
  id: FileId;
  applicationId: ApplicationId;
  name: string;
  checksum: string;
  createdAt: number;
  transferCount: number;
  lastTransferredAt: number | null;
}

/** What files consist of, once for each SHA-256 whichever applications have it; `id` is its object in the file store. */
interface ContentTable {
  checksum: string;
  id: ContentId;
  size: number;
  /** Until then it stays, referred to or not. */
  keptUntil: number;
}

/** An object of the file store that no file can refer to: not complete yet, or to be dropped. */
interface LooseObjectTable {
  id: ContentId;
  checksum: string;
  /** Of the upload that writes it; afterwards anybody drops it. */
  leaseUntil: number;
}

/** A value that a live session keeps for itself. */
interface SessionValueTable {
  sessionId: SessionId;
  key: string;
  value: string;
  /** Of the value in UTF-8. */
  bytes: number;
  expiresAt: number;
}

interface SignInFailureTable {
  applicationId: ApplicationId;
  identityKey: string;
  count: number;
  lastFailedAt: number;
}

/** What an account link is good for: to confirm the address it was sent to, or to set a new password. */
export type LinkKind = "confirm" | "recover";

/** One that can be used: a link that was used up or has become void has no row. */
interface AccountLinkTable {
  secretHash: string;
  applicationId: ApplicationId;
  accountId: AccountId;
  kind: LinkKind;
  expiresAt: number;
}

/** A mail that waits to be sent. Its link is made when it is sent, so its secret is kept nowhere. */
interface MailTable {
  id: MailId;
  applicationId: ApplicationId;
  /** Absent: it goes to nobody, and is written so that an unknown identity is as much work as a known one. */
  accountId: AccountId | null;
  kind: LinkKind;
  queuedAt: number;
  /** When somebody is to try; while somebody does, when the next one may. */
  dueAt: number;
  /** Begun so far; names the latest one. */
  attempts: number;
}

/** What the log tells: a server event, or something that no client is told: rows are to be read again. */
export type ChangeEvent = EventName | "resumedElsewhere" | "expiryMoved" | "licenseEnded";

/** One entry of the ordered log of everything that can affect a live session. */
interface ChangeTable {
  serial: Generated<number>;
  transactionNumber: Generated<number>;
  at: number;
  event: ChangeEvent;
  applicationId: ApplicationId;
  /** Whom it concerns: the narrowest of these that is there, else the whole application. */
  licenseId: LicenseId | null;
  accountId: AccountId | null;
  sessionId: SessionId | null;
  /** JSON of what the event tells. */
  content: string;
  /** Is not told, since it knows already. */
  exceptSessionId: SessionId | null;
}

/** The answer to a request that changed something, for whoever sends it again (LP-RES-2). */
interface AnswerTable {
  sessionId: SessionId;
  /** Decimals: a request id has 64 bits. */
  requestId: string;
  type: number;
  /** JSON of the operation's output. */
  output: string;
  answeredAt: number;
}

export interface Tables
  extends OperatorTables, AuditTables, ManagementTables, MetricsTables, NodeTables, BulkTables, WebhookTables {
  application: ApplicationTable;
  apiKey: ApiKeyTable;
  host: HostTable;
  account: AccountTable;
  identity: IdentityTable;
  role: RoleTable;
  accountRole: AccountRoleTable;
  accountColumn: AccountColumnTable;
  uniqueValue: UniqueValueTable;
  license: LicenseTable;
  session: SessionTable;
  blacklistEntry: BlacklistEntryTable;
  signInFailure: SignInFailureTable;
  change: ChangeTable;
  answer: AnswerTable;
  variable: VariableTable;
  sessionValue: SessionValueTable;
  file: FileTable;
  content: ContentTable;
  looseObject: LooseObjectTable;
  accountLink: AccountLinkTable;
  mail: MailTable;
  socialIdentity: SocialIdentityTable;
  provider: ProviderTable;
  signInAttempt: SignInAttemptTable;
}

/** The database or a transaction on it: every function of this room takes either. */
export type Db = Kysely<Tables>;

export type Application = Selectable<ApplicationTable>;
export type Account = Selectable<AccountTable>;
export type NewAccount = Insertable<AccountTable>;
export type Column = Selectable<AccountColumnTable>;
export type License = Selectable<LicenseTable>;
export type NewLicense = Insertable<LicenseTable>;
export type Change = Selectable<ChangeTable>;
export type Session = Selectable<SessionTable>;
export type Answered = Selectable<AnswerTable>;
export type BlacklistEntry = Selectable<BlacklistEntryTable>;
export type Variable = Selectable<VariableTable>;
export type File = Selectable<FileTable> & Pick<Selectable<ContentTable>, "size">;
export type Content = Selectable<ContentTable>;
export type LooseObject = Selectable<LooseObjectTable>;
export type Provider = Selectable<ProviderTable>;
export type SignInAttempt = Selectable<SignInAttemptTable>;
export type SocialIdentity = Selectable<SocialIdentityTable>;
export type SessionValue = Selectable<SessionValueTable>;
export type AccountLink = Selectable<AccountLinkTable>;
export type Mail = Selectable<MailTable>;
