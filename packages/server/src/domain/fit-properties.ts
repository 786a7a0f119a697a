import type { ApplicationSettings, PropertyType } from "@latchkey/protocol";
import type { ApplicationId, Column } from "#storage/tables.ts";
import type { Decision } from "./decision.ts";
import { storedValue, typeOf, typeToHold } from "./property-type.ts";
import { isColumnName } from "./user-columns.ts";

export const columnsAtMost = 64;

export type Properties = Readonly<Record<string, unknown>>;

/** Properties that suit the columns, once those columns are saved that have to be created or to grow for them. */
export interface Fitted {
  /** `null`: no value. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly changed: readonly Column[];
}

/** Where properties are to go, and whose they are: that decides what becomes of the columns. */
export interface Fitting {
  readonly applicationId: ApplicationId;
  readonly settings: ApplicationSettings;
  readonly columns: readonly Column[];
  readonly by: "client" | "server";
  readonly now: number;
}

/** Brings properties and columns together (US-DATA-6, 9 to 11, 14), in the order of US-REG-3. */
export function fitProperties(
  given: Properties,
  fitting: Fitting,
): Decision<Fitted, "propertyNameReserved" | "propertyTypeMismatch" | "tooManyColumns"> {
  const { columns, settings } = fitting;
  const known = new Map(columns.map((column) => [column.name, column]));
  const isNew = (name: string) => name !== "name" && !known.has(name);
  // Without a value nothing is created, and where the schema is closed nothing is ever.
  const entries = Object.entries(given).filter(
    ([name, value]) => !isNew(name) || (settings.dynamicSchema && value !== null),
  );
  if (entries.some(([name]) => isNew(name) && !isColumnName(name))) return { refused: "propertyNameReserved" };

  const added: Column[] = [];
  const grown: Column[] = [];
  for (const [name, value] of entries) {
    if (value === null) continue;
    const column = known.get(name);
    const type = typeAfter(value, isNew(name) ? undefined : (column ?? fixedName), fitting);
    if (type === undefined) return { refused: "propertyTypeMismatch" };
    if (isNew(name)) added.push(newColumn(name, type, fitting));
    else if (column && type !== column.type) grown.push({ ...column, type });
  }
  if (added.length > 0 && columns.length + added.length > columnsAtMost) return { refused: "tooManyColumns" };
  const changed = [...grown, ...added];
  return { values: new Map(entries.map(([name, value]) => [name, storedValue(value)])), changed };
}

/** The same for properties that nobody insists on: what does not suit the columns is left out. */
export function fitWhatSuits(given: Properties, fitting: Fitting): Fitted {
  const isUnique = (name: string) =>
    fitting.columns.some((column) => column.name === name && column.repeats === "refused");
  const suited = Object.entries(given).filter(
    ([name, value]) => !isUnique(name) && !fitProperties({ [name]: value }, fitting).refused,
  );
  const fitted = fitProperties(Object.fromEntries(suited), fitting);
  return fitted.refused ? { values: new Map(), changed: [] } : fitted;
}

/** `name` is there without having been created; any text suits it. */
const fixedName = { type: "TEXT", createdBy: "server" } as const;

/** The type of a column once it holds a value; `undefined`: it cannot. */
function typeAfter(
  value: unknown,
  column: Pick<Column, "type" | "createdBy"> | undefined,
  { settings }: Fitting,
): PropertyType | undefined {
  const own = typeOf(value);
  if (!column || own === undefined) return own;
  // Whoever made it by the first value that came along did not mean to bind others to its type (US-DATA-14).
  const isOpen = settings.dynamicSchema && column.createdBy === "client";
  return typeToHold(value, column.type) ?? (isOpen ? "JSON" : undefined);
}

function newColumn(name: string, type: PropertyType, { applicationId, by, now }: Fitting): Column {
  return {
    applicationId,
    name,
    type,
    presence: "optional",
    repeats: "allowed",
    defaultValue: null,
    createdBy: by,
    createdAt: now,
  };
}

/** The properties of an account as they are stored: those that have a value. */
export function propertiesText(present: Properties, { values }: Pick<Fitted, "values">): string {
  const all = Object.entries({ ...present, ...Object.fromEntries(values) });
  return JSON.stringify(Object.fromEntries(all.filter(([, value]) => value !== null)));
}

/** The columns as they are once those that have changed are saved. */
export function columnsAfter(columns: readonly Column[], { changed }: Pick<Fitted, "changed">): Column[] {
  const all = new Map([...columns, ...changed].map((column) => [column.name, column]));
  return [...all.values()];
}
