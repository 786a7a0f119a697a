import type { Page } from "./page.ts";
import type { ApplicationId, BulkJobId, Db } from "./tables.ts";
import type { BulkJob } from "./tables-bulk.ts";

export async function insertBulkJob(
  tx: Db,
  job: Pick<BulkJob, "id" | "applicationId" | "kind" | "plan" | "actor" | "records" | "createdAt">,
): Promise<BulkJob> {
  const counts = { doneCount: 0, unchangedCount: 0, failedCount: 0 };
  return tx
    .insertInto("bulkJob")
    .values({ ...job, ...counts })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function findBulkJob(db: Db, applicationId: string, id: string): Promise<BulkJob | undefined> {
  return db
    .selectFrom("bulkJob")
    .selectAll()
    .where("id", "=", id as BulkJobId)
    .where("applicationId", "=", applicationId as ApplicationId)
    .executeTakeFirst();
}

export function listBulkJobs(db: Db, applicationId: ApplicationId, { limit, after }: Page): Promise<BulkJob[]> {
  return db
    .selectFrom("bulkJob")
    .selectAll()
    .where("applicationId", "=", applicationId)
    .$if(after !== undefined, (query) =>
      query.where((e) =>
        e(e.refTuple("createdAt", "id"), ">", e.tuple(after?.createdAt ?? 0, (after?.id ?? "") as BulkJobId)),
      ),
    )
    .orderBy("createdAt")
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** Somebody's hold on a job: whoever takes it over has another one. */
export interface BulkLease {
  readonly id: BulkJobId;
  readonly leaseId: string;
}

/** Takes the oldest job that nobody works on. */
export function claimBulkJob(
  db: Db,
  { leaseId, now, leaseUntil }: { readonly leaseId: string; readonly now: number; readonly leaseUntil: number },
): Promise<BulkJob | undefined> {
  return db
    .updateTable("bulkJob")
    .set({ leaseId, leaseUntil })
    .where("id", "=", (e) =>
      e
        .selectFrom("bulkJob")
        .select("id")
        .where("finishedAt", "is", null)
        .where("leaseUntil", "<=", now)
        .orderBy("createdAt")
        .orderBy("id")
        .limit(1),
    )
    .where("finishedAt", "is", null)
    .where("leaseUntil", "<=", now)
    .returningAll()
    .executeTakeFirst();
}

/** What a batch has come to. */
export interface BulkStep {
  readonly cursor: string | null;
  readonly done: number;
  readonly unchanged: number;
  readonly failed: number;
  /** The job is over with it. */
  readonly finishedAt: number | null;
  readonly leaseUntil: number;
}

/**
 * Moves a job on in the transaction of the batch, and renews the lease. No row: it was cancelled, or is somebody else's
 * by now, and the batch must not have happened.
 */
export function moveBulkJob(
  tx: Db,
  { id, leaseId }: BulkLease,
  { cursor, done, unchanged, failed, finishedAt, leaseUntil }: BulkStep,
): Promise<BulkJob | undefined> {
  return tx
    .updateTable("bulkJob")
    .set((e) => ({
      cursor,
      doneCount: e("doneCount", "+", done),
      unchangedCount: e("unchangedCount", "+", unchanged),
      failedCount: e("failedCount", "+", failed),
      finishedAt,
      leaseUntil,
    }))
    .where("id", "=", id)
    .where("leaseId", "=", leaseId)
    .where("finishedAt", "is", null)
    .returningAll()
    .executeTakeFirst();
}

/** Lets go of a job, for whoever goes on with it from then. */
export async function releaseBulkJob(db: Db, { id, leaseId }: BulkLease, leaseUntil: number): Promise<void> {
  await db.updateTable("bulkJob").set({ leaseUntil }).where("id", "=", id).where("leaseId", "=", leaseId).execute();
}

/** Ends a job where it is. No row: it was over already. */
export function endBulkJob(tx: Db, id: BulkJobId, now: number): Promise<BulkJob | undefined> {
  return tx
    .updateTable("bulkJob")
    .set({ cancelledAt: now, finishedAt: now })
    .where("id", "=", id)
    .where("finishedAt", "is", null)
    .returningAll()
    .executeTakeFirst();
}

export async function pruneBulkJobs(db: Db, before: number): Promise<void> {
  await db.deleteFrom("bulkJob").where("finishedAt", "<", before).execute();
}
