import pg from "pg";
import { quoted, type Row, rowsAtATime, type Snapshot, type SnapshotTable } from "./snapshot.ts";

/** A transaction that sees what was committed when its first statement began. */
export async function postgresSnapshot(url: string, types: pg.CustomTypesConfig): Promise<Snapshot> {
  const client = new pg.Client({ connectionString: url, types, keepAlive: true });
  // The statement that needs the connection reports.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("begin transaction isolation level repeatable read read only");
    const tables = await tablesOf(client);
    return { tables, rows: (table) => rowsOf(client, table), [Symbol.asyncDispose]: () => client.end() };
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function tablesOf(client: pg.Client): Promise<SnapshotTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select t.table_name::text as name, array_agg(c.column_name::text order by c.ordinal_position) as columns
    from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
    where t.table_schema = current_schema() and t.table_type = 'BASE TABLE'
    group by t.table_name order by t.table_name`,
  );
  return rows;
}

async function* rowsOf(client: pg.Client, { name, columns }: SnapshotTable): AsyncGenerator<Row[]> {
  await client.query(`declare backup no scroll cursor for select ${quoted(columns)} from ${quoted([name])}`);
  for (;;) {
    const text = `fetch ${rowsAtATime} from backup`;
    const { rows } = await client.query<(string | number | null)[]>({ text, rowMode: "array" });
    if (rows.length === 0) break;
    yield rows;
  }
  await client.query("close backup");
}
