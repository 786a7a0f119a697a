import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for one subject's database, on the disk of the system's temporary files. */
export function dataDirectory(owned: AsyncDisposableStack): string {
  const directory = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  owned.defer(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}
