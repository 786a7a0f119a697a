import type { Decision } from "./decision.ts";
import { isEmpty } from "./login-form.ts";

/** Which of the accounts with a role are asked for, and whether their roles are. */
export interface RoleQuery {
  readonly pageSize: number;
  readonly offset: number;
  readonly loadRoles: boolean;
}

const pageSizes = { default: 10, atMost: 100 };
const offsetAtMost = 2 ** 31 - 1;

/**
 * Reads the query of a listing by role; what is empty counts as absent, and what is not understood is refused rather than
 * passed over (US-TABLE-3, 4). A form whose values are text gives each as a list of texts.
 */
export function readRoleQuery(query: Readonly<Record<string, unknown>>): Decision<RoleQuery, "argumentMalformed"> {
  const given = new Map(
    Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? value.at(-1) : value]),
  );
  for (const [name, value] of given) if (isEmpty(value)) given.delete(name);
  const loadRoles = readBoolean(given.get("loadRoles"));
  const pageSize = readInteger(given.get("pageSize"), pageSizes.default, 1, pageSizes.atMost);
  const offset = readInteger(given.get("offset"), 0, 0, offsetAtMost);
  if (readBoolean(given.get("distinct")) === false) given.delete("distinct");
  for (const name of ["loadRoles", "pageSize", "offset"]) given.delete(name);
  if (given.size > 0 || loadRoles === undefined || pageSize === undefined || offset === undefined) {
    return { refused: "argumentMalformed" };
  }
  return { loadRoles, pageSize, offset };
}

function readBoolean(value: unknown = false): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}

function readInteger(value: unknown, fallback: number, min: number, max: number): number | undefined {
  if (value === undefined) return fallback;
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) && number >= min && number <= max ? number : undefined;
}
