import { type Fault, faults } from "@latchkey/protocol";
import { isList, isMap, type ReadMap, type ReadValue } from "./values.ts";

interface Kind {
  readonly isOptional?: true;
  readonly fits: (value: ReadValue) => boolean;
}

export const text: Kind = { fits: (value) => typeof value === "string" };
const boolean: Kind = { fits: (value) => typeof value === "boolean" };
export const map: Kind = { fits: isMap };
/** Whether it is right is for the operation to say. */
export const anything: Kind = { fits: () => true };

/** The argument may be absent or null: what that means is for the operation to say. */
export function optional(kind: Kind): Kind {
  return { ...kind, isOptional: true };
}

/** The arguments of an operation in their order, by the names of what it is given. */
export type Arguments = Readonly<Record<string, Kind>>;

type ReadArguments = { readonly given: Readonly<Record<string, unknown>> } | { readonly fault: Fault };

/** How an operation reads its arguments. */
export type Reader = (values: readonly ReadValue[]) => ReadArguments;

/** Gives arguments their names; those beyond the last name are ignored (US-AMF-21). */
export function named(wanted: Arguments): Reader {
  return (values) => readArguments(wanted, values);
}

function readArguments(wanted: Arguments, values: readonly ReadValue[]): ReadArguments {
  const all = Object.entries(wanted).map(([name, kind], index) => ({ name, kind, value: values[index] ?? null }));
  if (all.some(({ kind, value }) => value === null && !kind.isOptional)) return { fault: faults.requiredArgumentNull };
  const present = all.filter(({ value }) => value !== null);
  if (!present.every(({ kind, value }) => kind.fits(value))) return { fault: faults.malformedRequest };
  return { given: Object.fromEntries(present.map(({ name, value }) => [name, value])) };
}

/** The map of `update`, which says itself whom it is about (US-UPD-2). */
export function readUpdate([properties = null]: readonly ReadValue[]): ReadArguments {
  if (properties !== null && !isMap(properties)) return { fault: faults.malformedRequest };
  return readArguments({ properties: map, accountId: text }, [properties, properties?.["objectId"] ?? null]);
}

/** The arguments of `findByRole` as its row has them: whatever the query object says that nobody asked about is left out (US-AMF-22). */
export function readRoleQuery(values: readonly ReadValue[]): ReadArguments {
  const read = readArguments({ role: text, loadRoles: optional(boolean), query: optional(map) }, values);
  if ("fault" in read) return read;
  const [, loadRoles = null, query = null] = values;
  const said: ReadMap = isMap(query) ? query : {};
  const { queryOptions = null } = said;
  const { sortBy, related }: ReadMap = isMap(queryOptions) ? queryOptions : {};
  const { pageSize, offset, whereClause, properties, excludeProperties, groupBy, havingClause, distinct } = said;
  const asked = {
    loadRoles,
    pageSize,
    offset,
    where: whereClause,
    sortBy,
    property: properties,
    excludeProps: excludeProperties,
    groupBy,
    havingClause,
    distinct,
    related,
  };
  const isSaid = (value: ReadValue | undefined) =>
    value !== undefined && value !== null && value !== "" && value !== false && !(isList(value) && value.length === 0);
  return {
    given: {
      role: read.given["role"],
      query: Object.fromEntries(Object.entries(asked).filter(([, value]) => isSaid(value))),
    },
  };
}
