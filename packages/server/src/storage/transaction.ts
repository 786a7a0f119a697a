import type { Db } from "./tables.ts";

/** What a piece of work in a transaction comes to: a refusal undoes whatever it wrote. */
export interface Decided {
  readonly refused?: string | undefined;
}

class RolledBack<T> {
  readonly outcome: T;
  constructor(outcome: T) {
    this.outcome = outcome;
  }
}

/** Runs `work` in a transaction and keeps what it wrote unless it refused. Nothing but SQL may be awaited inside. */
export function transact<T extends Decided>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  return run(db, work, ({ refused }) => refused === undefined);
}

/**
 * Runs `work` in a transaction and undoes it whatever it came to: tells what would be refused, by the very statements
 * that decide, before costly work is done for it.
 */
export function rehearse<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  return run(db, work, () => false);
}

async function run<T>(db: Db, work: (tx: Db) => Promise<T>, keeps: (outcome: T) => boolean): Promise<T> {
  try {
    return await db.transaction().execute(async (tx) => {
      const outcome = await work(tx);
      if (keeps(outcome)) return outcome;
      throw new RolledBack(outcome);
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.outcome;
    throw error;
  }
}
