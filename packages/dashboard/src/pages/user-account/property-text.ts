/** A value as a person reads it; JSON where it is no simple one. */
export function propertyText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
