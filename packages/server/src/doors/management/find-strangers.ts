import * as v from "valibot";
import { entriesOf, innermost, itemOf, optionsOf } from "./schema-parts.ts";

/** The fields of a value that its schema does not know, at any depth, as `settings.colour` (MG-HTTP-2). */
export function findStrangers(given: v.GenericSchema, value: unknown, at = ""): readonly string[] {
  const schema = innermost(given);
  const item = itemOf(schema);
  if (item && Array.isArray(value)) {
    return value.flatMap((each, i) => findStrangers(item, each, `${at}[${i}]`));
  }
  if (typeof value !== "object" || value === null) return [];
  const options = optionsOf(schema);
  if (options) {
    // Of none that fits, its shape is what will be complained of.
    const fitting = options.find((option) => v.is(option, value));
    return fitting ? findStrangers(fitting, value, at) : [];
  }
  const entries = entriesOf(schema);
  if (!entries) return [];
  return Object.entries(value).flatMap(([field, inner]) => {
    const place = at === "" ? field : `${at}.${field}`;
    const known = Object.hasOwn(entries, field) ? entries[field] : undefined;
    return known ? findStrangers(known, inner, place) : [place];
  });
}
