import type { Place } from "#storage/account-search.ts";
import { readAccountQuery, type ReadQuery } from "./account-query.ts";

/** Reads the query of a listing by role: that of a search, and whether the roles of each account are asked for. */
export function readRoleQuery(
  { loadRoles, ...given }: Readonly<Record<string, unknown>>,
  places: ReadonlyMap<string, Place>,
): ReadQuery & { readonly loadRoles?: boolean } {
  const only: unknown = Array.isArray(loadRoles) ? loadRoles.at(-1) : loadRoles;
  if (!["true", "false", true, false, "", null, undefined].some((value) => value === only)) {
    return { refused: "queryMalformed", about: "loadRoles" };
  }
  return { ...readAccountQuery(given, places, "property"), loadRoles: only === true || only === "true" };
}
