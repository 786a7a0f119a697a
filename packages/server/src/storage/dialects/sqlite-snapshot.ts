import type { DatabaseSync } from "node:sqlite";
import { quoted, type Row, rowsAtATime, type Snapshot, type SnapshotTable } from "./snapshot.ts";
import { SqliteHandle } from "./sqlite-handle.ts";

/** A read transaction: the write-ahead log keeps what was there for it, while others write. */
export function sqliteSnapshot(file: string): Snapshot {
  const { database } = new SqliteHandle(file, ["busy_timeout = 5000", "query_only = on"]);
  try {
    database.exec("begin");
    return { tables: tablesOf(database), rows: (table) => rowsOf(database, table), [Symbol.asyncDispose]: close };
  } catch (error) {
    database.close();
    throw error;
  }

  async function close(): Promise<void> {
    database.close();
  }
}

function tablesOf(database: DatabaseSync): SnapshotTable[] {
  const statement = database.prepare(
    "select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name",
  );
  return statement.all().map(({ name }) => {
    const columns = database.prepare(`select * from ${quoted([String(name)])}`).columns();
    return { name: String(name), columns: columns.map((column) => column.name) };
  });
}

async function* rowsOf(database: DatabaseSync, { name, columns }: SnapshotTable): AsyncGenerator<Row[]> {
  const statement = database.prepare(`select ${quoted(columns)} from ${quoted([name])}`);
  statement.setReturnArrays(true);
  let rows: Row[] = [];
  for (const row of statement.iterate()) {
    if (rows.push(row as unknown as Row) < rowsAtATime) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}
