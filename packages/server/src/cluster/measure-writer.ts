import { describeError, type Log } from "#report/log.ts";
import type { Tally } from "#report/tally.ts";
import { addMeasures, type NewMeasure } from "#storage/measures.ts";
import type { Db } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import type { Clock, Timer } from "#clock.ts";
import type { Roster } from "./roster.ts";

const minuteMs = 60_000;

/**
 * Writes once a minute, in one transaction, what the clients of each application have done, and how many are online: of
 * this process, which adds up with what the others write (MG-METRIC-4). It does so in the middle of minutes, so that each
 * of them has one sample of each process however much timers drift.
 */
export class MeasureWriter implements AsyncDisposable {
  readonly #db: Db;
  readonly #tally: Tally;
  readonly #roster: Roster;
  readonly #clock: Clock;
  readonly #log: Log;
  #timer: Timer;
  #sampledAt = -1;
  #writing: Promise<void> = Promise.resolve();

  constructor(db: Db, tally: Tally, roster: Roster, clock: Clock, log: Log) {
    this.#db = db;
    this.#tally = tally;
    this.#roster = roster;
    this.#clock = clock;
    this.#log = log;
    this.#timer = this.#next();
  }

  #next(): Timer {
    const sinceHalf = (this.#clock.now() + minuteMs / 2) % minuteMs;
    return this.#clock.after(minuteMs - sinceHalf, () => {
      this.#timer = this.#next();
      const online = this.#sample();
      this.#writing = this.#writing.then(() => this.#write(online));
    });
  }

  /** How many are online; nothing when this minute has been sampled already. */
  #sample(): NewMeasure[] {
    const now = this.#clock.now();
    const startsAt = now - (now % minuteMs);
    if (startsAt === this.#sampledAt) return [];
    this.#sampledAt = startsAt;
    return [...this.#roster.countByApplication(now)].flatMap(([applicationId, { authorized }]) =>
      authorized === 0 ? [] : [{ applicationId, span: "minute", startsAt, name: "online", count: authorized }],
    );
  }

  async #write(online: readonly NewMeasure[]): Promise<void> {
    const counted = this.#tally.take();
    const measures = [...online, ...counted.map((count): NewMeasure => ({ ...count, span: "minute" }))];
    if (measures.length === 0) return;
    try {
      await transact(this.#db, async (tx) => {
        await addMeasures(tx, measures);
        return {};
      });
    } catch (error) {
      this.#tally.putBack(counted);
      this.#log.error("measures not written", { error: describeError(error) });
    }
  }

  /** Without a sample: the minute may have one. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#timer.cancel();
    await this.#writing;
    await this.#write([]);
  }
}
