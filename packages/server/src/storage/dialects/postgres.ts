import type { Dialect } from "kysely";
import { PostgresDialect } from "kysely";
import pg from "pg";

/** PostgreSQL 15 or later by its URL. Bigints and counts arrive as numbers: every one of ours is a safe integer. */
export function postgresDialect(url: string, connections: number): Dialect {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({ connectionString: url, max: connections, types });
  // A pooled connection that breaks while idle is replaced at its next use; the request that needs one reports.
  pool.on("error", () => undefined);
  return new PostgresDialect({ pool });
}
