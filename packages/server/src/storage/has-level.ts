import { sql, type SqlBool } from "kysely";
import type { Condition } from "./listing.ts";

/** Levels are JSON, so a whole one stands between quotes; both databases know `replace`, and mind the case in it. */
export function hasLevel(column: string, level: string): Condition {
  return sql<SqlBool>`${sql.ref(column)} != replace(${sql.ref(column)}, ${JSON.stringify(level)}, '')`;
}
