import { exactTime, spanText } from "#parts/format-time.ts";
import type { AuditEntry } from "./audit-entry.ts";

export interface Difference {
  readonly property: string;
  /** Absent: there was none. */
  readonly before?: string;
  readonly after?: string;
}

/** What an entry says was changed, property by property. */
export function differencesIn({ before = {}, after = {} }: Pick<AuditEntry, "before" | "after">): Difference[] {
  const properties = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...properties].map((property) => {
    const [was, is] = [before[property], after[property]];
    return {
      property,
      ...(was !== undefined && was !== null && { before: valueText(property, was) }),
      ...(is !== undefined && is !== null && { after: valueText(property, is) }),
    };
  });
}

function valueText(property: string, value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" && property.endsWith("At")) return exactTime(value);
  if (typeof value === "number" && property.endsWith("Ms")) return spanText(value);
  return JSON.stringify(value, undefined, 2);
}
