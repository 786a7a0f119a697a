import { isDirect } from "./dialects/direct.ts";
import { isDeadlock } from "./dialects/postgres-errors.ts";
import type { Db } from "./tables.ts";

/** What a piece of work in a transaction comes to: a refusal undoes whatever it wrote. */
export interface Decided {
  readonly refused?: string | undefined;
}

/** Rows are locked in one order, as far as whoever wrote the statements has seen; this is the net below that. */
const attemptsAtMost = 4;

/** Makes Kysely roll back; never leaves this file. */
class RolledBack extends Error {}

const observers = new WeakMap<object, (ms: number) => void>();

/** Tells how long each transaction on a database took, from the wait for its turn to the commit. */
export function timeTransactions(db: Db, tell: (ms: number) => void): void {
  observers.set(db.getExecutor().adapter, tell);
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
  const tell = observers.get(db.getExecutor().adapter);
  if (!tell) return runUntimed(db, work, keeps);
  const begunAt = performance.now();
  try {
    return await runUntimed(db, work, keeps);
  } finally {
    tell(performance.now() - begunAt);
  }
}

async function runUntimed<T>(db: Db, work: (tx: Db) => Promise<T>, keeps: (outcome: T) => boolean): Promise<T> {
  const dialect = db.getExecutor().adapter;
  if (isDirect(dialect)) return dialect.transactDirectly(db, work, keeps);
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(db, work, keeps);
    } catch (error) {
      // The database has undone it so that another could go on; nothing but SQL was done, so it can be done again.
      if (!isDeadlock(error) || attempt === attemptsAtMost) throw error;
    }
  }
}

async function runOnce<T>(db: Db, work: (tx: Db) => Promise<T>, keeps: (outcome: T) => boolean): Promise<T> {
  let undone: { readonly outcome: T } | undefined;
  try {
    return await db.transaction().execute(async (tx) => {
      const outcome = await work(tx);
      if (keeps(outcome)) return outcome;
      undone = { outcome };
      throw new RolledBack();
    });
  } catch (error) {
    if (error instanceof RolledBack && undone) return undone.outcome;
    throw error;
  }
}
