import type { Place } from "#storage/tables.ts";
import { readAccountQuery, type ReadQuery } from "./account-query.ts";

type ReadRoleQuery =
  | (Extract<ReadQuery, { readonly refused?: undefined }> & { readonly loadRoles: boolean })
  | Extract<ReadQuery, { readonly refused: string }>;

/** Reads the query of a listing by role, which may also ask for the roles of each account. */
export function readRoleQuery(
  { loadRoles: given, ...rest }: Readonly<Record<string, unknown>>,
  places: ReadonlyMap<string, Place>,
): ReadRoleQuery {
  const loadRoles = readBoolean(Array.isArray(given) ? given.at(-1) : given);
  if (loadRoles === undefined) return { refused: "queryMalformed", about: "loadRoles" };
  const read = readAccountQuery(rest, places, "property");
  return read.refused ? read : { ...read, loadRoles };
}

function readBoolean(value: unknown): boolean | undefined {
  if (value === undefined || value === null || value === "") return false;
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}
