import { CamelCasePlugin, Kysely, type RawBuilder, sql } from "kysely";
import { type MigrationResultSet, Migrator } from "kysely/migration";
import { type DatabaseConfig, databaseKit, NewerDataError } from "./database.ts";
import type { Row, Snapshot, SnapshotTable } from "./dialects/snapshot.ts";
import { migrationsOn } from "./migrations/index.ts";
import { type Settled, settleRestored } from "./settle-restored.ts";
import type { Db, Tables } from "./tables.ts";

/** What a database held, and after which migration. */
export interface Dump extends Pick<Snapshot, "tables" | "rows"> {
  readonly schema: string;
}

/** There is something in the database already. */
export class NotEmptyError extends Error {
  override readonly name = "NotEmptyError";
}

/** Fills an empty database, which need not be of the kind that the dump was taken from. All of it, or nothing. */
export async function loadDatabase(config: DatabaseConfig, dump: Dump, takesOver: boolean): Promise<Settled> {
  const kit = databaseKit(config);
  const migrations = migrationsOn(kit);
  if (!Object.hasOwn(migrations, dump.schema)) throw new NewerDataError(dump.schema);
  const db = new Kysely<Tables>({ dialect: kit.dialect, plugins: [new CamelCasePlugin()] });
  try {
    return await db.transaction().execute(async (tx) => {
      const plain = tx.withoutPlugins();
      if ((await tx.introspection.getTables({ withInternalKyselyTables: true })).length > 0)
        throw new NotEmptyError("the database is not empty");
      const migrator = new Migrator({ db: plain, provider: { getMigrations: () => Promise.resolve(migrations) } });
      // As it was when the rows were written, so that later migrations find what they expect.
      demand(await migrator.migrateTo(dump.schema));
      await kit.load(plain, (overriding) => insertAll(plain, dump, overriding));
      demand(await migrator.migrateToLatest());
      return settleRestored(tx, takesOver);
    });
  } finally {
    await db.destroy();
  }
}

function demand({ error }: MigrationResultSet): void {
  if (error) throw new Error("the database could not be migrated", { cause: error });
}

async function insertAll(tx: Db, dump: Dump, overriding: RawBuilder<unknown>): Promise<void> {
  // Of what migrations have put there, the dump has the later state.
  for (const { name } of dump.tables) await sql`delete from ${sql.table(name)}`.execute(tx);
  for (const table of dump.tables) {
    for await (const rows of dump.rows(table)) await insertRows(tx, table, rows, overriding);
  }
}

async function insertRows(
  tx: Db,
  { name, columns }: SnapshotTable,
  rows: readonly Row[],
  overriding: RawBuilder<unknown>,
): Promise<void> {
  const values = rows.map((row) => sql`(${sql.join(row.map((value, n) => (isForeign(columns[n]) ? 0 : value)))})`);
  const names = sql.join(columns.map((column) => sql.ref(column)));
  await sql`insert into ${sql.table(name)} (${names}) ${overriding} values ${sql.join(values)}`.execute(tx);
}

/** Transactions of another database: here they would be ones that are still to come. All of them have ended. */
function isForeign(column: string | undefined): boolean {
  return column === "transaction_number";
}
