import { setImmediate } from "node:timers/promises";
import { newRowId } from "#crypto/tokens.ts";
import { describeError, type Log } from "#report/log.ts";
import { type BulkLease, claimBulkJob, releaseBulkJob } from "#storage/bulk-jobs.ts";
import type { Db } from "#storage/tables.ts";
import type { BulkJob } from "#storage/tables-bulk.ts";
import type { Clock, Timer } from "#clock.ts";

const lookEveryMs = 5_000;
/** Another process goes on with a job this long after the last batch of one that has died. */
const leaseMs = 30_000;
/** Jobs of one process at a time: a short one need not wait for a long one. */
const atOnce = 2;
/** A record that fails as often, alone, is left out. */
const attemptsAtMost = 3;
/** More than are in the batch that has failed. */
const cautiousFor = 100;

/** What a batch takes on: as much as it may, or the next record only, or nothing of it. */
type Stride = "many" | "one" | "skip";
type RunBatch = (batch: {
  readonly job: BulkJob;
  readonly lease: BulkLease;
  readonly stride: Stride;
  readonly leaseUntil: number;
}) => Promise<BulkJob | undefined>;

/**
 * Works through bulk jobs, beside the runners of other processes: a job is one's as long as its lease, and what decides
 * is the row of the job, which each batch moves in its own transaction.
 */
export class BulkRunner implements AsyncDisposable {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #runBatch: RunBatch;
  readonly #timer: Timer;
  readonly #running = new Set<Promise<void>>();
  /** The jobs in which something has failed: how often in a row, and how many records are still taken one by one. */
  readonly #troubles = new Map<string, { readonly failures: number; readonly left: number }>();
  #isStopping = false;

  constructor(db: Db, clock: Clock, log: Log, runBatch: RunBatch) {
    this.#db = db;
    this.#clock = clock;
    this.#log = log;
    this.#runBatch = runBatch;
    this.#timer = clock.every(lookEveryMs, () => this.wake());
    this.wake();
  }

  /** There may be a job. Never waits, and never fails. */
  wake(): void {
    if (this.#isStopping || this.#running.size >= atOnce) return;
    const running = this.#work()
      .catch((error: unknown) => this.#log.error("bulk jobs not run", { error: describeError(error) }))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #work(): Promise<void> {
    // Begins after the answer of who calls is on its way.
    await setImmediate();
    while (!this.#isStopping) {
      const now = this.#clock.now();
      const leaseId = newRowId<string>();
      const job = await claimBulkJob(this.#db, { leaseId, now, leaseUntil: now + leaseMs });
      if (!job) return;
      this.wake();
      await this.#runJob(job, { id: job.id, leaseId });
    }
  }

  async #runJob(claimed: BulkJob, lease: BulkLease): Promise<void> {
    let job: BulkJob | undefined = claimed;
    try {
      while (job?.finishedAt === null && !this.#isStopping) {
        const leaseUntil = this.#clock.now() + leaseMs;
        job = await this.#runBatch({ job, lease, stride: this.#strideOf(lease.id), leaseUntil });
        this.#noteSuccess(lease.id);
        // Whoever else waits to write, or to be answered, comes first.
        await setImmediate();
      }
      if (job?.finishedAt === null) await releaseBulkJob(this.#db, lease, 0);
    } catch (error) {
      const failures = (this.#troubles.get(lease.id)?.failures ?? 0) + 1;
      this.#troubles.set(lease.id, { failures, left: cautiousFor });
      this.#log.error("batch of a bulk job failed", { job: lease.id, failures, error: describeError(error) });
      await releaseBulkJob(this.#db, lease, this.#clock.now() + lookEveryMs);
    }
  }

  /** After a failure records are taken one by one, until it is known which of them it is. */
  #strideOf(id: string): Stride {
    const trouble = this.#troubles.get(id);
    if (!trouble) return "many";
    return trouble.failures > attemptsAtMost ? "skip" : "one";
  }

  #noteSuccess(id: string): void {
    const left = (this.#troubles.get(id)?.left ?? 0) - 1;
    if (left > 0) this.#troubles.set(id, { failures: 0, left });
    else this.#troubles.delete(id);
  }

  /** The batch that runs comes to its end; the jobs go on elsewhere at once, or here after the next start. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#timer.cancel();
    this.#isStopping = true;
    await Promise.all(this.#running);
  }
}
