import { mkdtempSync, rmdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Check, failure, ok, warning } from "./check.ts";

const name = "data directory";

/** Writes to it, because mode bits alone do not say whether that works. */
export function checkDataDirectory(directory: string): Check {
  try {
    rmdirSync(mkdtempSync(join(directory, "doctor-")));
    return judgedByMode(directory, statSync(directory).mode & 0o777);
  } catch {
    return failure(name, {
      message: `${directory} cannot be written to`,
      why: "nothing can be changed without it",
      remedy: "make it a directory of the user that the server runs as, on a disk that can be written to",
    });
  }
}

function judgedByMode(directory: string, mode: number): Check {
  const octal = mode.toString(8).padStart(4, "0");
  if (process.platform === "win32") return ok(name, `${directory} can be written to`);
  if ((mode & 0o077) === 0) return ok(name, `${directory} can be written to, mode ${octal}`);
  return warning(name, {
    message: `${directory} has mode ${octal}`,
    why: "others on this machine may look inside, at hashes of passwords and at keys",
    remedy: `chmod 0700 ${directory}`,
  });
}
