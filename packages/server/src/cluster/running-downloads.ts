import type { Clock, Timer } from "#clock.ts";
import { describeError, type Log } from "#report/log.ts";
import { heldAuthorizations } from "#storage/seats.ts";
import type { Db } from "#storage/tables.ts";
import type { Roster } from "./roster.ts";

const lookEveryMs = 1_000;
/** As many as a program that fetches a file in parts could want. */
const atOnce = 16;

/**
 * The downloads that run on this process, each by the authorization it was allowed by: it ends with it, whatever the
 * cause (LP-FILE-1). The roster tells of its own sessions at once; a look at the rows finds all the others.
 */
export class RunningDownloads implements AsyncDisposable {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #resumeWindowMs: number;
  readonly #timer: Timer;
  readonly #running = new Map<string, Set<() => void>>();
  #looking: Promise<void> | undefined;

  constructor(db: Db, roster: Roster, clock: Clock, log: Log, resumeWindowMs: number) {
    this.#db = db;
    this.#clock = clock;
    this.#log = log;
    this.#resumeWindowMs = resumeWindowMs;
    roster.onUnauthorized = (id) => {
      this.#end(id);
    };
    this.#timer = clock.every(lookEveryMs, () => {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = undefined;
      });
    });
  }

  /** Enters a download before its authorization is checked, so that none can end in between. `undefined`: too many. */
  begin(authorizationId: string, end: () => void): Disposable | undefined {
    const running = this.#running.get(authorizationId) ?? new Set();
    if (running.size >= atOnce) return undefined;
    running.add(end);
    this.#running.set(authorizationId, running);
    return {
      [Symbol.dispose]: () => {
        running.delete(end);
        if (running.size === 0 && this.#running.get(authorizationId) === running) this.#running.delete(authorizationId);
      },
    };
  }

  /** Whether an authorization holds at this moment, and in which application. */
  async authorizationOf(id: string) {
    return (await this.#held([id]))[0];
  }

  #held(ids: readonly string[]) {
    const now = this.#clock.now();
    return heldAuthorizations(this.#db, ids, { now, windowStart: now - this.#resumeWindowMs });
  }

  async #look(): Promise<void> {
    const ids = [...this.#running.keys()];
    if (ids.length === 0) return;
    try {
      const held = new Set<string | null>((await this.#held(ids)).map(({ authorizationId }) => authorizationId));
      for (const id of ids) if (!held.has(id)) this.#end(id);
    } catch (error) {
      // The next look tries again.
      this.#log.error("authorizations of downloads not checked", { error: describeError(error) });
    }
  }

  #end(authorizationId: string): void {
    const running = this.#running.get(authorizationId);
    this.#running.delete(authorizationId);
    for (const end of running ?? []) end();
  }

  /** Ends what still runs: a client goes on where it was. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#timer.cancel();
    for (const id of [...this.#running.keys()]) this.#end(id);
    await this.#looking;
  }
}
