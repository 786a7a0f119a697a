/** One line of CSV (RFC 4180). What a spreadsheet would take for a formula is made text. */
export function csvLine(values: readonly (string | number | undefined)[]): string {
  return `${values.map(field).join(",")}\r\n`;
}

function field(value: string | number | undefined): string {
  if (value === undefined) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
