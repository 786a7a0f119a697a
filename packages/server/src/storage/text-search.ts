import { type ReferenceExpression, sql, type SqlBool } from "kysely";
import type { Condition } from "./listing.ts";
import type { Tables } from "./tables.ts";

/** Whether one of these columns has a text in it; a letter is the same in either case as far as the database knows. */
export function hasText<T extends keyof Tables>(
  columns: readonly (ReferenceExpression<Tables, T> & string)[],
  part: string,
): Condition {
  const pattern = `%${part.replace(/[\\%_]/g, "\\$&")}%`;
  const each = columns.map((column) => sql`lower(${sql.ref(column)}) like lower(${pattern}) escape '\\'`);
  return sql<SqlBool>`(${sql.join(each, sql` or `)})`;
}
