import { statfsSync } from "node:fs";
import { type Check, failure, ok, warning } from "./check.ts";

const name = "disk";
const lowBytes = 1_000_000_000;
const emptyBytes = 100_000_000;
const lowFiles = 10_000;

/** What `statfs` says of a file system. */
interface Space {
  readonly bsize: number;
  readonly bavail: number;
  readonly files: number;
  readonly ffree: number;
}

/** Room for data, and for files, of which some file systems have a number. */
export function checkDisk(directory: string, space: Space = statfsSync(directory)): Check {
  const free = space.bavail * space.bsize;
  const message = `${Math.floor(free / 1_000_000)} MB free below ${directory}`;
  const why = "with a full disk nothing can be changed: sign-ins and activations fail";
  const remedy = "make room, or move the data to a larger disk";
  if (free < emptyBytes) return failure(name, { message, why, remedy });
  if (free < lowBytes) return warning(name, { message, why, remedy });
  if (space.files > 0 && space.ffree < lowFiles)
    return warning(name, {
      message: `${space.ffree} inodes free below ${directory}`,
      why,
      remedy: "delete small files",
    });
  return ok(name, message);
}
