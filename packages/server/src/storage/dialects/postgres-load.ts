import { type RawBuilder, sql } from "kysely";
import type { Db } from "../tables.ts";

/** Without triggers, which guard what is there against changes, and with references that are checked at the end. */
export async function loadPostgres(
  tx: Db,
  insertAll: (overriding: RawBuilder<unknown>) => Promise<void>,
): Promise<void> {
  const { rows: references } = await sql<{ table: string; name: string }>`
    select conrelid::regclass::text as table, conname as name from pg_constraint
    where contype = 'f' and connamespace = current_schema()::regnamespace`.execute(tx);
  const alter = async (how: RawBuilder<unknown>) => {
    for (const { table, name } of references)
      await sql`alter table ${sql.raw(table)} alter constraint ${sql.ref(name)} ${how}`.execute(tx);
  };
  const { rows: guarded } = await sql<{ table: string }>`
    select distinct tgrelid::regclass::text as table from pg_trigger join pg_class on pg_class.oid = tgrelid
    where not tgisinternal and relnamespace = current_schema()::regnamespace`.execute(tx);
  for (const { table } of guarded) await sql`alter table ${sql.raw(table)} disable trigger user`.execute(tx);
  await alter(sql`deferrable initially deferred`);
  await insertAll(sql`overriding system value`);
  await sql`set constraints all immediate`.execute(tx);
  await alter(sql`not deferrable`);
  for (const { table } of guarded) await sql`alter table ${sql.raw(table)} enable trigger user`.execute(tx);
  await continueSerials(tx);
}

async function continueSerials(tx: Db): Promise<void> {
  const { rows: serials } = await sql<{ table: string; column: string }>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = current_schema() and is_identity = 'YES'`.execute(tx);
  for (const { table, column } of serials) {
    const last = sql`select coalesce(max(${sql.ref(column)}), 0) + 1 from ${sql.table(table)}`;
    await sql`select setval(pg_get_serial_sequence(${table}, ${column}), (${last}), false)`.execute(tx);
  }
}
