import type { BulkJobKind } from "@latchkey/protocol";
import type { Generated, Selectable } from "kysely";
import type { Branded } from "./branded.ts";

type ApplicationId = Branded<"application">;
type BulkJobId = Branded<"bulk job">;

/** One action on many records, done in batches by whichever process has it. */
interface BulkJobTable {
  id: BulkJobId;
  applicationId: ApplicationId;
  kind: BulkJobKind;
  /** JSON of the protocol's `bulkPlan`. */
  plan: string;
  /** JSON of who has begun it. */
  actor: string;
  createdAt: number;
  /** JSON of how many records it concerned when it began. */
  records: string;
  /** JSON of the place of the last record that was dealt with. */
  cursor: string | null;
  /** Records changed or created; records that were so already; records that could not be changed. */
  doneCount: number;
  unchangedCount: number;
  failedCount: number;
  finishedAt: number | null;
  cancelledAt: number | null;
  /** Names the process that works on it, and each time another one takes it over. */
  leaseId: string | null;
  leaseUntil: Generated<number>;
}

export interface BulkTables {
  bulkJob: BulkJobTable;
}

export type BulkJob = Selectable<BulkJobTable>;
