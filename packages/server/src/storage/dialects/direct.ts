import type { CompiledQuery, Kysely } from "kysely";

/** A dialect that can do without the query builder's machinery where that costs as much as the work itself. */
export interface DirectDialect {
  /** Runs a compiled statement; rows have the names that the code spells. */
  runDirectly(query: CompiledQuery, parameters: readonly unknown[], isInTransaction: boolean): Promise<object[]>;
  /** Runs `work` in a transaction, and commits it if the outcome is one to keep. */
  transactDirectly<DB, T>(
    db: Kysely<DB>,
    work: (tx: Kysely<DB>) => Promise<T>,
    keeps: (outcome: T) => boolean,
  ): Promise<T>;
}

export function isDirect(dialect: object): dialect is DirectDialect {
  return "runDirectly" in dialect;
}
