/** How busy a queue is. */
export interface QueueLoad {
  readonly running: number;
  readonly waiting: number;
  readonly refused: number;
}

/**
 * Runs a bounded number of jobs at a time and lets a bounded number wait. The groups that wait take turns, so a flood
 * in one application does not keep the users of another from signing in.
 */
export class FairQueue {
  readonly #concurrency: number;
  readonly #waitingAtMost: number;
  /** In the order of their next turn; a group is present only while one of its jobs waits. */
  readonly #groups = new Map<string, (() => void)[]>();
  #waiting = 0;
  #running = 0;
  #refused = 0;

  constructor(concurrency: number, waitingAtMost: number) {
    this.#concurrency = concurrency;
    this.#waitingAtMost = waitingAtMost;
  }

  /** The job's result, or `undefined` at once when the queue is full. */
  run<T>(group: string, job: () => Promise<T>): Promise<T> | undefined {
    if (this.#running < this.#concurrency) return this.#start(job);
    if (this.#waiting >= this.#waitingAtMost) {
      this.#refused++;
      return undefined;
    }
    this.#waiting++;
    return new Promise<T>((resolve, reject) => {
      const jobs = this.#groups.get(group) ?? [];
      jobs.push(() => {
        this.#start(job).then(resolve, reject);
      });
      this.#groups.set(group, jobs);
    });
  }

  /** Jobs that run and wait now, and how many were refused so far. */
  get load(): QueueLoad {
    return { running: this.#running, waiting: this.#waiting, refused: this.#refused };
  }

  async #start<T>(job: () => Promise<T>): Promise<T> {
    this.#running++;
    try {
      return await job();
    } finally {
      this.#running--;
      this.#startNext();
    }
  }

  #startNext(): void {
    const next = this.#groups.entries().next();
    if (next.done) return;
    const [group, jobs] = next.value;
    const start = jobs.shift();
    // To the back of the line, if it has more.
    this.#groups.delete(group);
    if (jobs.length > 0) this.#groups.set(group, jobs);
    this.#waiting--;
    start?.();
  }
}
