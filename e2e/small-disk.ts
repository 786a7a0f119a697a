import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A disk of its own, small enough to be filled; it says why there is none. */
export function smallDisk(): { readonly path: string; readonly unmount: () => void } | { readonly reason: string } {
  const path = mkdtempSync(join(tmpdir(), "latchkey-disk-"));
  try {
    execFileSync("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=6m", "tmpfs", path], { stdio: "pipe" });
  } catch {
    rmSync(path, { recursive: true });
    return { reason: "no file system can be mounted here: it takes root" };
  }
  return {
    path,
    unmount: () => {
      execFileSync("/usr/bin/umount", [path]);
      rmSync(path, { recursive: true });
    },
  };
}

/** Writes until there is no room left, or no more than so many bytes. */
export function fill(path: string, leave = 0): void {
  const piece = Buffer.alloc(4_096);
  try {
    for (;;) writeFileSync(path, piece, { flag: "a" });
  } catch (error) {
    assert.ok(error instanceof Error && "code" in error && error.code === "ENOSPC", String(error));
  }
  truncateSync(path, Math.max(0, statSync(path).size - leave));
}
