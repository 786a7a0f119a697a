import { touchSession, touchSessions } from "#storage/user-sessions.ts";
import type { Db, SessionId } from "#storage/tables.ts";
import type { Clock, Timer } from "#clock.ts";
import type { Roster } from "./roster.ts";

const flushEveryMs = 60_000;
const writeAfterAtMostMs = 60_000;

/**
 * When user-service sessions were last used. A use is written when the row lags by the smaller of a minute and a tenth
 * of the timeout, so most token checks write nothing and a crash costs no more than that (US-SESS-7).
 */
export class SessionActivity implements AsyncDisposable {
  readonly #db: Db;
  readonly #roster: Roster;
  readonly #clock: Clock;
  readonly #timer: Timer;
  readonly #onError: (error: unknown) => void;
  readonly #unwritten = new Map<SessionId, number>();
  #flushing: Promise<void> = Promise.resolve();

  constructor(db: Db, roster: Roster, clock: Clock, onError: (error: unknown) => void) {
    this.#db = db;
    this.#roster = roster;
    this.#clock = clock;
    this.#onError = onError;
    this.#timer = clock.every(flushEveryMs, () => {
      this.#flushing = this.#flushing.then(() => this.#flush());
    });
  }

  /** The last use that this process knows of. */
  lastSeenAt(id: SessionId, written: number): number {
    return Math.max(written, this.#unwritten.get(id) ?? 0);
  }

  async touch(id: SessionId, written: number, now: number, timeoutMs: number): Promise<void> {
    if (now > written) this.#unwritten.set(id, now);
    if (now - written < Math.min(writeAfterAtMostMs, timeoutMs / 10)) return;
    await touchSession(this.#db, { id, lastSeenAt: now });
    this.#forget(id, now);
  }

  async #flush(): Promise<void> {
    // A connection that is attached is a use that goes on.
    const now = this.#clock.now();
    for (const id of this.#roster.attachedTo()) this.#unwritten.set(id, now);
    const seen = new Map(this.#unwritten);
    try {
      await touchSessions(this.#db, seen);
      for (const [id, at] of seen) this.#forget(id, at);
    } catch (error) {
      // They are still known here; the next flush tries again.
      this.#onError(error);
    }
  }

  /** Once it is written, and unless it was used again meanwhile. */
  #forget(id: SessionId, writtenAt: number): void {
    if (this.#unwritten.get(id) === writtenAt) this.#unwritten.delete(id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#timer.cancel();
    await this.#flushing;
    await this.#flush();
  }
}
