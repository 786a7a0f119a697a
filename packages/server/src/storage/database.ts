import { CamelCasePlugin, Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import type { DatabaseKit } from "./dialects/kit.ts";
import { postgresKit } from "./dialects/postgres-kit.ts";
import { sqliteKit } from "./dialects/sqlite-kit.ts";
import { migrationsOn } from "./migrations/index.ts";
import type { Db, Tables } from "./tables.ts";

export type DatabaseConfig =
  | { readonly kind: "sqlite"; readonly directory: string }
  | { readonly kind: "postgres"; readonly url: string; readonly connections: number };

export function databaseKit(config: DatabaseConfig): DatabaseKit {
  return config.kind === "sqlite" ? sqliteKit(config.directory) : postgresKit(config.url, config.connections);
}

/** Opens the database and migrates it under a lock; the caller destroys it. */
export async function openDatabase(config: DatabaseConfig, kit = databaseKit(config)): Promise<Db> {
  const db = new Kysely<Tables>({ dialect: kit.dialect, plugins: [new CamelCasePlugin()] });
  try {
    await migrate(db, kit);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** The data was written by a later release, whose schema this one does not know. */
export class NewerDataError extends Error {
  constructor(migration: string) {
    super(`the database was migrated by a newer version of Latchkey (it knows "${migration}")`);
    this.name = "NewerDataError";
  }
}

async function migrate(db: Db, kit: DatabaseKit): Promise<void> {
  const migrations = migrationsOn(kit);
  const migrator = new Migrator({
    db: db.withoutPlugins(),
    provider: { getMigrations: () => Promise.resolve(migrations) },
  });
  const applied = await appliedMigrations(db);
  const unknown = applied.find((name) => !(name in migrations));
  if (unknown) throw new NewerDataError(unknown);
  // Without the lock that a migration takes: commands are to work beside a server that writes.
  if (applied.length === Object.keys(migrations).length) return;
  const { error } = await migrator.migrateToLatest();
  if (error) throw new Error("the database could not be migrated", { cause: error });
}

async function appliedMigrations(db: Db): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === "kysely_migration")) return [];
  const plain = db.withoutPlugins().$extendTables<{ kysely_migration: { name: string } }>();
  return (await plain.selectFrom("kysely_migration").select("name").execute()).map(({ name }) => name);
}
