const gap = "  ";

/** Rows in columns, each as wide as its widest cell, under a heading. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  return columns([heading, ...rows]);
}

/** Names and values in two columns; what has no value is left out. */
export function fields(values: Readonly<Record<string, string | undefined>>): string {
  return columns(Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** What would move the cursor, color the terminal or turn the line around; clients may have chosen the text. */
const unprintable = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

function columns(given: readonly (readonly string[])[]): string {
  const rows = given.map((row) => row.map((cell) => cell.replace(unprintable, "\ufffd")));
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, [...cell].length);
  }
  return rows.map((row) => aligned(row, widths)).join("\n");
}

function aligned(row: readonly string[], widths: readonly number[]): string {
  const cells = row.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - [...cell].length));
  return cells.join(gap).trimEnd();
}
