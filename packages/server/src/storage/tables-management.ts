import type { Selectable } from "kysely";

/** A request with an `Idempotency-Key` that has changed something. */
interface ManagementRequestTable {
  /** Who sent it: `key:<id>` or `operator:<id>`. */
  caller: string;
  key: string;
  /** Of what was asked. */
  fingerprint: string;
  /** Of the one run that it came to. */
  runId: string;
  claimedAt: number;
  /** Sealed JSON of the operation's output; `null`: not known yet, or never because the server was killed. */
  sealedAnswer: string | null;
}

export interface ManagementTables {
  managementRequest: ManagementRequestTable;
}

export type ManagementRequest = Selectable<ManagementRequestTable>;
