import type { OperatorRole } from "@latchkey/protocol";
import type { Selectable } from "kysely";
import type { Branded } from "./branded.ts";

export type OperatorId = Branded<"operator">;
export type OperatorSessionId = Branded<"operatorSession">;
export type InvitationId = Branded<"invitation">;
export type ManagementKeyId = Branded<"managementKey">;

interface OperatorTable {
  id: OperatorId;
  email: string;
  /** The form in which addresses are compared: unique. */
  emailKey: string;
  name: string;
  role: OperatorRole;
  /** `null`: it was reset, and only its link leads to another one. */
  passwordHash: string | null;
  /** Sealed secret of the authenticator that every sign-in asks for; `null`: none does. */
  sealedFactor: string | null;
  /** The same of one whose first code has not come back yet. */
  pendingFactor: string | null;
  /** The latest time step a code was taken of: no code is taken twice. */
  lastStep: number;
  createdAt: number;
  lastSignInAt: number | null;
  disabledAt: number | null;
}

/** Where an operator is signed in; one that has ended has no row. */
interface OperatorSessionTable {
  id: OperatorSessionId;
  operatorId: OperatorId;
  secretHash: string;
  address: string;
  userAgent: string;
  createdAt: number;
  lastSeenAt: number;
}

/** One that can be used: a code that was used has no row. */
interface RecoveryCodeTable {
  operatorId: OperatorId;
  codeHash: string;
}

/** A link that can be used, to become an operator or to set a new password: one that was used up or is void has no row. */
interface InvitationTable {
  id: InvitationId;
  /** What it is for, of which there is one link at most: the first owner, an address, or an operator's password. */
  purpose: string;
  kind: "setUp" | "invitation" | "passwordReset";
  secretHash: string;
  email: string | null;
  role: OperatorRole;
  operatorId: OperatorId | null;
  invitedBy: string;
  /** The operator it goes with: who may invite nobody any more has invited nobody. */
  inviterId: OperatorId | null;
  createdAt: number;
  expiresAt: number;
}

interface ManagementKeyTable {
  /** Its public part. */
  id: ManagementKeyId;
  secretHash: string;
  lastFour: string;
  name: string;
  /** JSON. */
  scopes: string;
  /** JSON; `null`: all. */
  applicationIds: string | null;
  createdBy: string;
  /** The key that made it, and takes it along when it is revoked. */
  parentId: ManagementKeyId | null;
  createdAt: number;
  expiresAt: number | null;
  lastUsedAt: number | null;
  revokedAt: number | null;
}

export interface OperatorTables {
  operator: OperatorTable;
  operatorSession: OperatorSessionTable;
  recoveryCode: RecoveryCodeTable;
  invitation: InvitationTable;
  managementKey: ManagementKeyTable;
}

export type Operator = Selectable<OperatorTable>;
export type OperatorSession = Selectable<OperatorSessionTable>;
export type Invitation = Selectable<InvitationTable>;
export type ManagementKey = Selectable<ManagementKeyTable>;
