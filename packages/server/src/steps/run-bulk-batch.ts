import type { BulkPlan } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import { actorOfJob, bulkKinds, planOf } from "#domain/bulk-job.ts";
import { cursorOf, placeAt } from "#domain/cursor.ts";
import { type BulkLease, type BulkStep, moveBulkJob } from "#storage/bulk-jobs.ts";
import { type Listing, readPage } from "#storage/listing.ts";
import type { Db } from "#storage/tables.ts";
import type { BulkJob } from "#storage/tables-bulk.ts";
import { type Decided, transact } from "#storage/transaction.ts";
import { addLicenses } from "./add-licenses.ts";
import { recordsOf } from "./bulk-records.ts";
import { changeInBulk } from "./change-in-bulk.ts";

/** Bounds how long one transaction keeps other writers waiting. */
const recordsAtATime = 25;
const newLicensesAtATime = 250;
const order = "bulk job";

/** How much of what is left a batch takes on; `skip`: the next record has failed again and again, and is left out. */
type BulkStride = "many" | "one" | "skip";

interface Batch {
  readonly job: BulkJob;
  readonly lease: BulkLease;
  readonly stride: BulkStride;
  /** Of the lease, if the job goes on. */
  readonly leaseUntil: number;
}

/**
 * Does a part of a job and notes in the same transaction how far it is: whatever becomes of the process, no record is
 * left out or dealt with twice. Answers the job as it is now; `undefined`: it is over, or another process has it.
 */
export async function runBulkBatch(system: Context, batch: Batch): Promise<BulkJob | undefined> {
  const { job } = batch;
  const plan = planOf(job);
  const context = { ...system, actor: actorOfJob(job), operation: bulkKinds[job.kind].operation };
  const records = recordsOf(job.applicationId, plan, job.createdAt);
  const moved = records ? await changeSome(context, batch, plan, records) : await createSome(context, batch, plan);
  if (moved) await context.changeLog.wake();
  return moved;
}

async function changeSome(
  context: Context,
  { job, lease, stride, leaseUntil }: Batch,
  plan: BulkPlan,
  records: Listing,
): Promise<BulkJob | undefined> {
  const after = job.cursor === null ? undefined : placeAt(job.cursor, order);
  const limit = stride === "many" ? recordsAtATime : 1;
  const { rows, next } = await readPage<{ readonly id: string }>(context.db, records, {
    limit,
    descending: false,
    ...(after && { after }),
  });
  return transactStep(context.db, lease, async (tx) => {
    let done = 0;
    for (const { id } of stride === "skip" ? [] : rows) {
      if (await changeInBulk(context, tx, plan, { ...records, applicationId: job.applicationId }, id)) done++;
    }
    const failed = stride === "skip" ? rows.length : 0;
    const cursor = next ? cursorOf(next, order) : job.cursor;
    const unchanged = rows.length - done - failed;
    return { cursor, done, unchanged, failed, finishedAt: next ? null : context.now, leaseUntil };
  });
}

async function createSome(
  context: Context,
  { job, lease, stride, leaseUntil }: Batch,
  { create }: BulkPlan,
): Promise<BulkJob | undefined> {
  if (!create) throw new Error("a job that creates licenses does not say which");
  const left = create.count - job.doneCount;
  const count = Math.min(left, stride === "many" ? newLicensesAtATime : 1);
  const finishedAt = count === left ? context.now : null;
  return transactStep(context.db, lease, async (tx) => {
    await addLicenses(context, tx, job.applicationId, { ...create, count }, job);
    return { cursor: null, done: count, unchanged: 0, failed: 0, finishedAt, leaseUntil };
  });
}

interface Moved extends Decided {
  readonly job?: BulkJob;
}

/** The job's own row comes last: whoever waits for it holds nothing that the batch needs. */
async function transactStep(
  db: Db,
  lease: BulkLease,
  work: (tx: Db) => Promise<BulkStep>,
): Promise<BulkJob | undefined> {
  const { job } = await transact<Moved>(db, async (tx) => {
    const moved = await moveBulkJob(tx, lease, await work(tx));
    return moved ? { job: moved } : { refused: "lost" };
  });
  return job;
}
