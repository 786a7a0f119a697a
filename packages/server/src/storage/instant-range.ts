import { sql, type SqlBool } from "kysely";
import type { Condition } from "./listing.ts";

/** Whether an instant lies between two; either may be absent. */
export function isBetween(
  column: string,
  { from, before }: { readonly from: number | undefined; readonly before: number | undefined },
): Condition[] {
  const instant = sql.ref(column);
  return [
    ...(from === undefined ? [] : [sql<SqlBool>`${instant} >= ${from}`]),
    ...(before === undefined ? [] : [sql<SqlBool>`${instant} < ${before}`]),
  ];
}
