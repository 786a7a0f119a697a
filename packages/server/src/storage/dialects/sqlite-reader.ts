// eslint-disable-next-line latchkey/no-process-import -- only its queue, which is empty before the next event is looked at
import { nextTick } from "node:process";
import type { CompiledQuery, QueryResult } from "kysely";
import { SqliteHandle } from "./sqlite-handle.ts";

/**
 * The connection that sees committed rows only. The reads that one event sets off share one snapshot, since taking the
 * file's lock costs more than most reads. It ends before the next event is looked at, and with every commit of our own:
 * what has been answered, by whatever process, is seen by whoever asks next.
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
    nextTick(() => {
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
