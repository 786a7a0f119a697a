import type { Generated, Selectable } from "kysely";

export type ActorKind = "client" | "server" | "operator" | "key" | "console" | "system";

/** Who changed what. It outlives both, and refers to no other table. */
interface AuditEntryTable {
  serial: Generated<number>;
  transactionNumber: Generated<number>;
  /** Its place in the order of all changes, and what chains it to the one before; both `null` until it is sealed. */
  position: number | null;
  hash: string | null;
  at: number;
  actorKind: ActorKind;
  actorId: string | null;
  actorName: string | null;
  address: string | null;
  reason: string | null;
  action: string;
  recordKind: string;
  recordId: string | null;
  applicationId: string | null;
  /** JSON: what differed, then and afterwards. */
  before: string | null;
  after: string | null;
  requestId: string | null;
}

/** One row: where the sealed log ends, and up to where its beginning was dropped. */
interface AuditHeadTable {
  id: number;
  position: number;
  hash: string;
  droppedPosition: number;
  droppedHash: string;
  /** Only who has the key of the log can make it for these four. */
  code: string;
}

export interface AuditTables {
  auditEntry: AuditEntryTable;
  auditHead: AuditHeadTable;
}

export type AuditEntry = Selectable<AuditEntryTable>;
export type AuditHead = Omit<Selectable<AuditHeadTable>, "id">;
export type SealedEntry = AuditEntry & { readonly position: number; readonly hash: string };
