import { statfs } from "node:fs/promises";
import type { Config } from "#config.ts";
import type { Clock } from "#clock.ts";
import type { DatabaseKit } from "#storage/dialects/kit.ts";
import { changesAfter, databaseBytes, waitingMails } from "#storage/system.ts";
import type { Db } from "#storage/tables.ts";
import type { ChangeLog } from "./change-log.ts";

/** How much waits, and for how long the first of it has. */
export interface Backlog {
  readonly count: number;
  readonly oldestMs: number;
}

/** What is asked of the database and the disk when somebody wants to know how the system is. */
export class SystemState {
  readonly #db: Db;
  readonly #kit: DatabaseKit;
  readonly #clock: Clock;
  readonly #directory: string;

  constructor(db: Db, kit: DatabaseKit, clock: Clock, { dataDirectory }: Config) {
    this.#db = db;
    this.#kit = kit;
    this.#clock = clock;
    this.#directory = dataDirectory;
  }

  databaseBytes(): Promise<number> {
    return databaseBytes(this.#db, this.#kit);
  }

  async mails(): Promise<Backlog> {
    return this.#backlog(await waitingMails(this.#db));
  }

  /** What a follower of the change log has not applied yet. */
  async changes({ position }: Pick<ChangeLog, "position">): Promise<Backlog> {
    return this.#backlog(await changesAfter(this.#db, position));
  }

  #backlog({ count, oldestAt }: { readonly count: number; readonly oldestAt: number | null }): Backlog {
    return { count, oldestMs: oldestAt === null ? 0 : Math.max(0, this.#clock.now() - oldestAt) };
  }

  /** `undefined`: there is no data directory, as PostgreSQL needs none. */
  async diskFreeBytes(): Promise<number | undefined> {
    try {
      const { bavail, bsize } = await statfs(this.#directory);
      return bavail * bsize;
    } catch {
      return undefined;
    }
  }
}
