import { join } from "node:path";
import { sql } from "kysely";
import type { DatabaseKit } from "./kit.ts";
import { sqliteAuditTriggers } from "./sqlite-audit-triggers.ts";
import { databaseFile, sqliteDialect } from "./sqlite.ts";
import { loadSqlite } from "./sqlite-load.ts";
import { sqliteSnapshot } from "./sqlite-snapshot.ts";
import { watchSqlite } from "./sqlite-watch.ts";

/** SQLite has one writer at a time, so rows are in commit order. */
export function sqliteKit(directory: string): DatabaseKit {
  return {
    dialect: sqliteDialect(directory),
    serialType: "integer",
    serial: (column) => column.primaryKey().autoIncrement(),
    transactionNumber: sql<number>`0`,
    settledBefore: sql<number>`1`,
    unusedFrom: sql<number>`1`,
    auditTriggers: sqliteAuditTriggers,
    databaseBytes: sql<number>`(select page_count * page_size from pragma_page_count, pragma_page_size)`,
    watch: (onWrite) => watchSqlite(join(directory, databaseFile), onWrite),
    // Every commit changes the file, which is what the others look at.
    announcer: () => ({ announce: () => undefined, [Symbol.asyncDispose]: () => Promise.resolve() }),
    snapshot: async () => sqliteSnapshot(join(directory, databaseFile)),
    load: loadSqlite,
  };
}
