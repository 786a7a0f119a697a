import { PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { DatabaseKit } from "./kit.ts";
import { PostgresAnnouncer } from "./postgres-announcer.ts";
import { postgresAuditTriggers } from "./postgres-audit-triggers.ts";
import { loadPostgres } from "./postgres-load.ts";
import { postgresSnapshot } from "./postgres-snapshot.ts";
import { watchPostgres } from "./postgres-watch.ts";

/** PostgreSQL 15 or later by its URL. Bigints and counts arrive as numbers: every one of ours is a safe integer. */
export function postgresKit(url: string, connections: number): DatabaseKit {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({ connectionString: url, max: connections, types });
  // A pooled connection that breaks while idle is replaced at its next use; the request that needs one reports.
  pool.on("error", () => undefined);
  return {
    dialect: new PostgresDialect({ pool }),
    serialType: "bigint",
    serial: (column) => column.primaryKey().generatedAlwaysAsIdentity(),
    // Serial numbers commit out of order; a transaction's number, read below the oldest one still running, does not.
    transactionNumber: sql<number>`(pg_current_xact_id()::text::bigint)`,
    settledBefore: sql<number>`pg_snapshot_xmin(pg_current_snapshot())::text::bigint`,
    unusedFrom: sql<number>`pg_snapshot_xmax(pg_current_snapshot())::text::bigint`,
    auditTriggers: postgresAuditTriggers,
    databaseBytes: sql<number>`pg_database_size(current_database())`,
    watch: (onWrite) => watchPostgres(url, onWrite),
    announcer: () => new PostgresAnnouncer(pool),
    snapshot: () => postgresSnapshot(url, types),
    load: loadPostgres,
  };
}
