/** Texts, numbers that are safe integers, and nothing: what all our columns hold, in the order of the columns. */
export type Row = readonly (string | number | null)[];

export interface SnapshotTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** All that the database held at one instant, under the names that the database has for it. */
export interface Snapshot extends AsyncDisposable {
  readonly tables: readonly SnapshotTable[];
  /** The rows of one table, some at a time. */
  readonly rows: (table: SnapshotTable) => AsyncIterable<readonly Row[]>;
}

export const rowsAtATime = 500;

/** Names as statements have them: ours have no quotes in them. */
export function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
