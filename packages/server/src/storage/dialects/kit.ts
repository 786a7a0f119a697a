import type { ColumnDefinitionBuilder, Dialect, RawBuilder } from "kysely";

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
  /** Calls back soon after another process has written. It may call too often, and it may miss a write. */
  watch(onWrite: () => void): Promise<AsyncDisposable>;
  /** How the watches of other processes get to know that this one has written. */
  announcer(): Announcer;
}

export interface Announcer extends AsyncDisposable {
  /** Never waits, and never fails; what is announced is on its way when the announcer is disposed. */
  announce(): void;
}
