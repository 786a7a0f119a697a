import type { KeyKind } from "@latchkey/protocol";
import type { Generated, Insertable, Kysely, Selectable } from "kysely";

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type ApplicationId = Branded<"application">;
export type AccountId = Branded<"account">;
export type LicenseId = Branded<"license">;
export type SessionId = Branded<"session">;
export type AuthorizationId = Branded<"authorization">;
export type NodeId = Branded<"node">;

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
  blacklistedAt: number | null;
}

/** Logins and e-mail addresses of an application in one namespace (LP-ACC-10). */
interface IdentityTable {
  applicationId: ApplicationId;
  key: string;
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
}

/**
 * One connected or signed-in client. It is authorized while it has an authorization id; by an account when it names
 * one, else by its license. A live session is held by its node while connected and by `leaseUntil` afterwards.
 */
interface SessionTable {
  id: SessionId;
  applicationId: ApplicationId;
  door: "live" | "user-service";
  /** Of the resume id or the user token. */
  secretHash: string;
  clientId: string | null;
  address: string;
  nodeId: NodeId | null;
  leaseUntil: number | null;
  authorizationId: AuthorizationId | null;
  accountId: AccountId | null;
  licenseId: LicenseId | null;
  expiresAt: number | null;
  createdAt: number;
  lastSeenAt: number;
  /** The mark that a disabled account leaves on its sessions (US-LOGOUT-8). */
  disabledAt: number | null;
}

interface BlacklistEntryTable {
  applicationId: ApplicationId;
  kind: "client" | "address";
  value: string;
  createdAt: number;
}

interface SignInFailureTable {
  applicationId: ApplicationId;
  identityKey: string;
  count: number;
  lastFailedAt: number;
}

/** One server process; its lease holds all sessions that are connected to it. */
interface NodeTable {
  id: NodeId;
  leaseUntil: number;
}

export interface Tables {
  application: ApplicationTable;
  apiKey: ApiKeyTable;
  host: HostTable;
  account: AccountTable;
  identity: IdentityTable;
  license: LicenseTable;
  session: SessionTable;
  blacklistEntry: BlacklistEntryTable;
  signInFailure: SignInFailureTable;
  node: NodeTable;
}

/** The database or a transaction on it: every function of this room takes either. */
export type Db = Kysely<Tables>;

export type Application = Selectable<ApplicationTable>;
export type Account = Selectable<AccountTable>;
export type NewAccount = Insertable<AccountTable>;
export type License = Selectable<LicenseTable>;
export type NewLicense = Insertable<LicenseTable>;
export type Session = Selectable<SessionTable>;
