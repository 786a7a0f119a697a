import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { checksumOf } from "./checksum-of.ts";

test("a file is hashed in pieces, which says how far it is and can be ended", async () => {
  const content = Buffer.alloc(600_001, "latchkey");
  const shares: number[] = [];
  const checksum = await checksumOf(new Blob([content]), (share) => shares.push(share), new AbortController().signal);
  assert.equal(checksum, createHash("sha256").update(content).digest("hex"));
  assert.deepEqual([shares.length, shares.at(-1)], [3, 1]);
  await assert.rejects(checksumOf(new Blob([content]), () => undefined, AbortSignal.abort()));
});
