import type { Condition, Order, Place } from "#storage/account-search.ts";
import { conditionOn } from "./account-places.ts";
import { readWhere } from "./where-clause.ts";

/** Which accounts are looked for, in what order and from where, and what is shown of them (US-TABLE-3). */
interface AccountQuery {
  readonly where: readonly Condition[];
  readonly sortBy: readonly Order[];
  readonly pageSize: number;
  readonly offset: number;
  /** Names that are shown; none: all. */
  readonly props: string[];
  readonly excludeProps: string[];
}

export type ReadQuery =
  | { readonly query: AccountQuery; readonly refused?: undefined }
  /** `about`: what is not understood, for the answer names it (US-TABLE-4). */
  | { readonly refused: "queryMalformed"; readonly about: string };

const pageSizeAtMost = 100;
const pageSizeByDefault = 10;
const offsetAtMost = 1_000_000;
const sortedByAtMost = 10;

/** In a body the names of what is shown are `props`, in the query of a URL `property`, repeated. */
type ListName = "props" | "property";

/** Reads a query from the members of a body, or from the query of a URL, whose values are lists of texts. */
export function readAccountQuery(
  given: unknown,
  places: ReadonlyMap<string, Place>,
  listName: ListName = "props",
): ReadQuery {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return misunderstood("query");
  const fields = new Map(Object.entries(given).filter(([name, value]) => !isAbsent(name, value)));
  const known = ["pageSize", "offset", "sortBy", "where", "excludeProps", listName];
  const other = [...fields.keys()].find((name) => !known.includes(name));
  if (other !== undefined) return misunderstood(other);

  const pageSize = readCount(fields.get("pageSize"), pageSizeByDefault, 1, pageSizeAtMost);
  if (pageSize === undefined) return misunderstood("pageSize");
  const offset = readCount(fields.get("offset"), 0, 0, offsetAtMost);
  if (offset === undefined) return misunderstood("offset");
  const sortBy = readOrders(fields.get("sortBy"), places);
  if (!sortBy) return misunderstood("sortBy");
  const where = readConditions(fields.get("where"), places);
  if (!where) return misunderstood("where");
  const props = readList(fields.get(listName));
  if (!props) return misunderstood(listName);
  const excludeProps = readList(fields.get("excludeProps"));
  if (!excludeProps) return misunderstood("excludeProps");
  return { query: { where, sortBy, pageSize, offset, props: props.includes("*") ? [] : props, excludeProps } };
}

function misunderstood(about: string): ReadQuery {
  return { refused: "queryMalformed", about };
}

function isAbsent(name: string, value: unknown): boolean {
  if (Array.isArray(value)) return value.every((item) => isAbsent(name, item));
  if (name === "distinct" && (value === false || value === "false")) return true;
  return value === undefined || value === null || value === "";
}

function readCount(given: unknown, byDefault: number, min: number, max: number): number | undefined {
  if (given === undefined) return byDefault;
  const text = oneText(typeof given === "number" ? String(given) : given);
  if (text === undefined || !/^\d{1,9}$/.test(text)) return undefined;
  const count = Number(text);
  return count >= min && count <= max ? count : undefined;
}

/** A text, or the only one of a list. */
function oneText(given: unknown): string | undefined {
  const only: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given;
  return typeof only === "string" ? only : undefined;
}

/** Names in lists or separated by commas. */
function readList(given: unknown): string[] | undefined {
  const texts: unknown[] = Array.isArray(given) ? given : given === undefined ? [] : [given];
  const names = texts.flatMap((text) => (typeof text === "string" ? text.split(",") : [undefined]));
  const trimmed = names.map((name) => name?.trim());
  return trimmed.every((name) => name !== undefined) ? trimmed.filter((name) => name !== "") : undefined;
}

function readOrders(given: unknown, places: ReadonlyMap<string, Place>): Order[] | undefined {
  const orders = readList(given)?.map((text): Order | undefined => {
    const [, name = "", direction = "asc"] = /^(\w+)(?:\s+(asc|desc))?$/i.exec(text) ?? [];
    const place = places.get(name);
    return place && { ...place, direction: direction.toLowerCase() === "desc" ? "desc" : "asc" };
  });
  return orders && orders.length <= sortedByAtMost && orders.every((order) => order !== undefined) ? orders : undefined;
}

function readConditions(given: unknown, places: ReadonlyMap<string, Place>): Condition[] | undefined {
  if (given === undefined) return [];
  const text = oneText(given);
  const conditions = text === undefined ? undefined : readWhere(text);
  const placed = conditions?.map(({ column, value }) => {
    const place = places.get(column);
    return place && conditionOn(place, value);
  });
  return placed?.every((condition) => condition !== undefined) ? placed : undefined;
}
