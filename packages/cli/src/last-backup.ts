import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "@latchkey/server";
import type { Output } from "./output/output.ts";

const name = "last-backup";

/** Leaves for the doctor when the data was last backed up. The backup is as good without it. */
export function noteBackup({ dataDirectory }: Config, madeAt: string, output: Output): void {
  try {
    writeFileSync(join(dataDirectory, name), `${madeAt}\n`, { mode: 0o600 });
  } catch (error) {
    output.note(`${join(dataDirectory, name)} could not be written: ${String(error)}`);
  }
}

/** When that was; `undefined`: not known here. */
export function lastBackupAt({ dataDirectory }: Config): number | undefined {
  try {
    const at = Date.parse(readFileSync(join(dataDirectory, name), "utf8").trim());
    return Number.isNaN(at) ? undefined : at;
  } catch {
    return undefined;
  }
}
