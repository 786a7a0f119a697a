import type { CompiledQuery, QueryResult } from "kysely";
import { SqliteHandle } from "./sqlite-handle.ts";

/**
 * The connection that sees committed rows only. The reads of one event-loop turn share one snapshot, since taking the
 * file's lock costs more than most reads; it ends with the turn, and with every commit of our own, so that what has
 * been answered is seen by whoever asks next.
 */
export class SqliteReader extends SqliteHandle {
  #hasSnapshot = false;

  override run(query: CompiledQuery): QueryResult<never> {
    this.#share();
    return super.run(query);
  }

  override runRenamed(sql: string, parameters: readonly unknown[]): object[] {
    this.#share();
    return super.runRenamed(sql, parameters);
  }

  #share(): void {
    if (this.#hasSnapshot) return;
    this.#hasSnapshot = true;
    super.runRenamed("begin", []);
    setImmediate(() => {
      this.endSnapshot();
    });
  }

  endSnapshot(): void {
    if (!this.#hasSnapshot) return;
    this.#hasSnapshot = false;
    super.runRenamed("commit", []);
  }

  close(): void {
    this.endSnapshot();
    this.database.close();
  }
}
