import { sql, type SqlBool } from "kysely";
import type { Listing } from "./listing.ts";
import { unindexed } from "./unindexed.ts";

/** A column that must have one of some values; absent: it may have any. */
export interface Narrowing {
  readonly column: string;
  readonly values: readonly string[] | undefined;
}

/**
 * Rows that fit all of these, led to by the index of the first that asks for something: it comes first because it fits
 * the fewest.
 */
export function narrowed(narrowings: readonly Narrowing[]): Pick<Listing, "within" | "filters"> {
  const [first, ...rest] = narrowings.flatMap(({ column, values }) => (values ? [{ column, values }] : []));
  if (!first) return { within: [], filters: [] };
  return {
    within: [sql<SqlBool>`${sql.ref(first.column)} in (${sql.join(first.values)})`],
    filters: rest.map(({ column, values }) => sql<SqlBool>`${unindexed.text(column)} in (${sql.join(values)})`),
  };
}

/** Of one value that may be absent. */
export function only(value: string | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value];
}
