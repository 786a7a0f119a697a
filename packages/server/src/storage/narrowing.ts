import { sql, type SqlBool } from "kysely";
import type { Condition, Listing } from "./listing.ts";

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
    within: [isOneOf(first)],
    filters: rest.map(isOneOf),
  };
}

function isOneOf({ column, values }: Narrowing & { readonly values: readonly string[] }): Condition {
  return sql<SqlBool>`${sql.ref(column)} in (${sql.join(values)})`;
}

/** Of one value that may be absent. */
export function only(value: string | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value];
}
