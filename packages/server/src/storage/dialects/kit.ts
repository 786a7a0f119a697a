import type { ColumnDefinitionBuilder, Dialect, RawBuilder } from "kysely";
import type { Db } from "../tables.ts";
import type { Snapshot } from "./snapshot.ts";

/** Everything that differs between the databases, in one place for each. */
export interface DatabaseKit {
  readonly dialect: Dialect;
  readonly serialType: "integer" | "bigint";
  /** Makes a column number its rows in the order of their insertion. */
  serial(column: ColumnDefinitionBuilder): ColumnDefinitionBuilder;
  /** The number of the transaction that inserts a row; 0 where transactions commit in the order of their rows. */
  readonly transactionNumber: RawBuilder<number>;
  /** Every transaction below this number has ended: no more rows of it will appear. */
  readonly settledBefore: RawBuilder<number>;
  /** No transaction has had this number or a higher one yet. */
  readonly unusedFrom: RawBuilder<number>;
  /** What keeps entries of the audit log as they are, and removes them from its beginning only. */
  readonly auditTriggers: readonly RawBuilder<unknown>[];
  /** The size of the whole database. */
  readonly databaseBytes: RawBuilder<number>;
  /** Calls back soon after another process has written. It may call too often, and it may miss a write. */
  watch(onWrite: () => void): Promise<AsyncDisposable>;
  /** How the watches of other processes get to know that this one has written. */
  announcer(): Announcer;
  /** Reads everything as it is at one instant, on a connection of its own and beside all who write. */
  snapshot(): Promise<Snapshot>;
  /**
   * Fills tables with the rows of a backup, in the transaction `tx`: rows may come before those they refer to, and
   * `overriding` in an `insert` lets columns that number themselves be given. They go on after the last number.
   */
  load(tx: Db, insertAll: (overriding: RawBuilder<unknown>) => Promise<void>): Promise<void>;
}

export interface Announcer extends AsyncDisposable {
  /** Never waits, and never fails; what is announced is on its way when the announcer is disposed. */
  announce(): void;
}
