import { describeError, type Log } from "#report/log.ts";
import type { DatabaseKit } from "#storage/dialects/kit.ts";
import { schemaState } from "#storage/system.ts";
import type { Db } from "#storage/tables.ts";
import type { Clock } from "#clock.ts";
import type { ChangeLog } from "./change-log.ts";
import type { NodeLease } from "./node-lease.ts";

const rememberedMs = 1_000;
const databaseWithinMs = 1_000;
/** It looks each second: this many looks have failed. */
const changesWithinMs = 10_000;

/** Whether each thing is as it has to be for requests to be sent here. */
export interface Ready {
  /** The server is not about to stop. */
  readonly serving: boolean;
  readonly database: boolean;
  /** The schema is the one that this release knows. */
  readonly schema: boolean;
  readonly changeLog: boolean;
  readonly lease: boolean;
}

interface Parts {
  readonly db: Db;
  readonly kit: DatabaseKit;
  readonly clock: Clock;
  readonly log: Log;
  readonly node: NodeLease;
  readonly changeLog: ChangeLog;
}

/** Whether this process is to be sent requests. However many ask, the database is asked once a second at most. */
export class Readiness {
  readonly #parts: Parts;
  #isServing = true;
  #asking: Promise<boolean | undefined> | undefined;
  #last: { readonly at: number; readonly schema: Promise<boolean | undefined> } | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** From here on it says no. */
  leave(): void {
    this.#isServing = false;
  }

  async read(): Promise<Ready> {
    const { clock, node, changeLog } = this.#parts;
    const schema = await this.#schema();
    const now = clock.now();
    return {
      serving: this.#isServing,
      database: schema !== undefined,
      schema: schema === true,
      changeLog: now - changeLog.followedAt < changesWithinMs,
      lease: node.isHeld(now),
    };
  }

  /** Whether the schema is the right one; `undefined`: the database did not say in time. */
  #schema(): Promise<boolean | undefined> {
    const now = this.#parts.clock.now();
    if (!this.#last || now - this.#last.at >= rememberedMs) this.#last = { at: now, schema: this.#askDatabase() };
    return this.#last.schema;
  }

  async #askDatabase(): Promise<boolean | undefined> {
    // A database that hangs is not asked a second time meanwhile.
    this.#asking ??= this.#schemaIsCurrent().finally(() => (this.#asking = undefined));
    const tooLate = Promise.withResolvers<undefined>();
    const timer = this.#parts.clock.after(databaseWithinMs, () => tooLate.resolve(undefined));
    const schema = await Promise.race([this.#asking, tooLate.promise]);
    timer.cancel();
    return schema;
  }

  async #schemaIsCurrent(): Promise<boolean | undefined> {
    const { db, kit, log } = this.#parts;
    try {
      return (await schemaState(db, kit)) === "current";
    } catch (error) {
      log.error("the database does not answer", { error: describeError(error) });
      return undefined;
    }
  }
}
