import type { makeBackup } from "@latchkey/server";
import { readableInstant } from "./spans.ts";

type Manifest = Awaited<ReturnType<typeof makeBackup>>;

export function backupText({ madeAt, tables, files }: Manifest): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return `the data of ${readableInstant(Date.parse(madeAt))}, ${rows} rows and ${files.count} files,`;
}
