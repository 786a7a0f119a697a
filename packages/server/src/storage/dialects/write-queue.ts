import { setTimeout as delay } from "node:timers/promises";

/** What the queue needs of a database; tests of the queue need no more either. */
export interface WriteTarget {
  exec(sql: string): void;
  readonly isTransaction: boolean;
}

/** One request's part of a shared commit. */
export interface Turn {
  /** Ends the turn and waits until the commit that carries it is on disk. */
  commit(): Promise<void>;
  /** Ends the turn; whatever it wrote must have been undone. */
  abandon(): void;
}

const busyForMs = 5_000;
const busyPauseMs = 5;
/** Bounds how long one commit keeps its first request waiting. */
const turnsPerCommit = 256;

/**
 * Lets writes share commits: whatever waits runs in one `begin immediate … commit` and is answered after it, so that
 * durability costs one flush per batch and not one per request. Turns run one after another, never interleaved.
 */
export class WriteQueue {
  readonly #target: WriteTarget;
  readonly #isBusy: (error: unknown) => boolean;
  #waiting: PromiseWithResolvers<Turn>[] = [];
  #running = false;
  #closed = false;

  constructor(target: WriteTarget, isBusy: (error: unknown) => boolean) {
    this.#target = target;
    this.#isBusy = isBusy;
  }

  /** Waits for a turn to write. */
  enter(): Promise<Turn> {
    if (this.#closed) return Promise.reject(new Error("the database is closed"));
    const turn = Promise.withResolvers<Turn>();
    this.#waiting.push(turn);
    if (!this.#running) {
      this.#running = true;
      // After the poll phase, so that everything that arrived with this request joins its commit.
      setImmediate(() => void this.#drain());
    }
    return turn.promise;
  }

  close(): void {
    this.#closed = true;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      try {
        await this.#begin();
      } catch (error) {
        for (const turn of this.#waiting.splice(0)) turn.reject(error);
        break;
      }
      await this.#runBatch();
    }
    this.#running = false;
  }

  /** Another process may hold the write lock for a while; a busy wait would stop the event loop. */
  async #begin(): Promise<void> {
    for (let waitedMs = 0; ; waitedMs += busyPauseMs) {
      try {
        this.#target.exec("begin immediate");
        return;
      } catch (error) {
        if (!this.#isBusy(error) || waitedMs >= busyForMs) throw error;
      }
      await delay(busyPauseMs);
    }
  }

  async #runBatch(): Promise<void> {
    const committed = Promise.withResolvers<void>();
    committed.promise.catch(() => undefined); // each turn has its own await; a batch of abandoned turns has none
    for (let turns = 0; turns < turnsPerCommit; turns++) {
      const next = this.#waiting.shift();
      if (!next) break;
      const over = Promise.withResolvers<void>();
      next.resolve({
        commit() {
          over.resolve();
          return committed.promise;
        },
        abandon: over.resolve,
      });
      await over.promise;
      // A full disk and the like end the whole transaction: what the earlier turns wrote is gone with it.
      if (!this.#target.isTransaction) {
        committed.reject(new Error("the shared commit was rolled back"));
        return;
      }
    }
    try {
      this.#target.exec("commit");
      committed.resolve();
    } catch (error) {
      if (this.#target.isTransaction) this.#target.exec("rollback");
      committed.reject(error);
    }
  }
}
