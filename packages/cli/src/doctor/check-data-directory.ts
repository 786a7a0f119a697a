import { mkdtempSync, rmdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "./check.ts";

const name = "data directory";

/** Writes to it, because mode bits alone do not say whether that works. */
export function checkDataDirectory(directory: string): Check {
  try {
    rmdirSync(mkdtempSync(join(directory, "doctor-")));
    return judgedByMode(directory, statSync(directory).mode & 0o777);
  } catch {
    return { name, result: "failed", message: `${directory} cannot be written to` };
  }
}

function judgedByMode(directory: string, mode: number): Check {
  const octal = mode.toString(8).padStart(4, "0");
  if (process.platform === "win32") return { name, result: "ok", message: `${directory} can be written to` };
  if ((mode & 0o077) === 0) return { name, result: "ok", message: `${directory} can be written to, mode ${octal}` };
  const message = `${directory} has mode ${octal}, so others on this machine may look inside: make it 0700`;
  return { name, result: "warning", message };
}
