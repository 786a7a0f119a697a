import { type RawBuilder, sql } from "kysely";
import type { Db } from "../tables.ts";

/** Without triggers, which guard what is there against changes, and with references that are checked by the commit. */
export async function loadSqlite(tx: Db, insertAll: (overriding: RawBuilder<unknown>) => Promise<void>): Promise<void> {
  const { rows: triggers } = await sql<{ name: string; text: string }>`
    select name, sql as text from sqlite_schema where type = 'trigger'`.execute(tx);
  for (const { name } of triggers) await sql`drop trigger ${sql.ref(name)}`.execute(tx);
  await sql`pragma defer_foreign_keys = on`.execute(tx);
  await insertAll(sql``);
  for (const { text } of triggers) await sql.raw(text).execute(tx);
}
