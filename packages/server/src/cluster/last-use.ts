import { describeError, type Log } from "#report/log.ts";
import { noteKeyUse } from "#storage/management-keys.ts";
import { noteSessionUse } from "#storage/operator-sessions.ts";
import type { Db } from "#storage/tables.ts";
import type { ManagementKeyId, OperatorSessionId } from "#storage/tables-operators.ts";

const writeAfterMs = 60_000;

/**
 * When management keys and operators' sessions were last used. It is written behind the request that used them, and
 * once a minute at most.
 */
export class LastUse implements AsyncDisposable {
  readonly #db: Db;
  readonly #log: Log;
  readonly #writing = new Map<string, Promise<void>>();

  constructor(db: Db, log: Log) {
    this.#db = db;
    this.#log = log;
  }

  ofKey(id: ManagementKeyId, written: number | null, now: number): void {
    this.#note(id, written, now, (before) => noteKeyUse(this.#db, { id, now, before }));
  }

  ofSession(id: OperatorSessionId, written: number, now: number): void {
    this.#note(id, written, now, (before) => noteSessionUse(this.#db, { id, now, before }));
  }

  #note(id: string, written: number | null, now: number, write: (before: number) => Promise<void>): void {
    const before = now - writeAfterMs;
    if (this.#writing.has(id) || (written !== null && written > before)) return;
    const writing = write(before)
      .catch((error: unknown) => {
        this.#log.error("last use not written", { error: describeError(error) });
      })
      .finally(() => this.#writing.delete(id));
    this.#writing.set(id, writing);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#writing.values());
  }
}
