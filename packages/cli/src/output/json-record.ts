import { isoDuration } from "./spans.ts";

/**
 * A record as `--json` prints it: by the names of their fields, instants (`…At`) become ISO 8601 text and durations
 * (`…Ms`) too, without the unit in their name. Records inside it are data and stay as they are.
 */
export function jsonRecord(record: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]: [string, unknown]) => jsonField(name, value)));
}

function jsonField(name: string, value: unknown): readonly [string, unknown] {
  if (typeof value !== "number") return [name, value];
  if (name.endsWith("At")) return [name, new Date(value).toISOString()];
  if (name.endsWith("Ms")) return [name.slice(0, -2), isoDuration(value)];
  return [name, value];
}
