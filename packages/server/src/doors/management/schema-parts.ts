import type * as v from "valibot";

/** What schemas are made of, as far as this door has to look into them: they are plain data. */
type Entries = Readonly<Record<string, v.GenericSchema>>;

/** The fields of an object's schema; `undefined`: it is no object of known fields. */
export function entriesOf(schema: v.GenericSchema): Entries | undefined {
  const { type } = schema;
  if (type !== "object" && type !== "strict_object" && type !== "loose_object") return undefined;
  return "entries" in schema && isEntries(schema.entries) ? schema.entries : undefined;
}

/** Without what only says that it may be absent. */
export function innermost(schema: v.GenericSchema): v.GenericSchema {
  return "wrapped" in schema && isSchema(schema.wrapped) ? innermost(schema.wrapped) : schema;
}

/** The schema of the items of an array. */
export function itemOf(schema: v.GenericSchema): v.GenericSchema | undefined {
  return schema.type === "array" && "item" in schema && isSchema(schema.item) ? schema.item : undefined;
}

/** The schemas one of which a value has to fit. */
export function optionsOf(schema: v.GenericSchema): readonly v.GenericSchema[] | undefined {
  const isChoice = schema.type === "variant" || schema.type === "union";
  if (!isChoice || !("options" in schema) || !Array.isArray(schema.options)) return undefined;
  return schema.options.filter(isSchema);
}

/** The field whose value is the body of the request as it comes, such as the content of a file. */
export function contentFieldOf(schema: v.GenericSchema): string | undefined {
  const entries = Object.entries(entriesOf(schema) ?? {});
  return entries.find(([, entry]) => entry.type === "custom")?.[0];
}

function isSchema(value: unknown): value is v.GenericSchema {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "schema";
}

function isEntries(value: unknown): value is Entries {
  return typeof value === "object" && value !== null && Object.values(value).every(isSchema);
}
