import type * as v from "valibot";
import { entriesOf, innermost } from "./schema-parts.ts";

/** The fields of a query, each read as the kind of value that its schema asks for; what does not fit stays text. */
export function readQuery(schema: v.GenericSchema, query: URLSearchParams): Record<string, unknown> {
  const entries = entriesOf(schema) ?? {};
  const fields: Record<string, unknown> = {};
  for (const field of new Set(query.keys())) {
    const values = query.getAll(field);
    const wanted = entries[field] && innermost(entries[field]);
    if (wanted?.type === "array") fields[field] = values;
    else fields[field] = values.length === 1 ? readText(wanted?.type, values[0] ?? "") : values;
  }
  return fields;
}

function readText(type: string | undefined, text: string): unknown {
  if (type === "number" && /^-?\d{1,16}$/.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}
