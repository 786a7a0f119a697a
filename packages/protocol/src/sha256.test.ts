import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { Sha256 } from "./sha256.ts";

function digestOf(pieces: readonly Uint8Array[]): string {
  const hash = new Sha256();
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

test("the hash of whatever pieces is that of the whole", () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 });
  fc.assert(
    fc.property(pieces, (given) => {
      assert.equal(digestOf(given), createHash("sha256").update(Buffer.concat(given)).digest("hex"));
    }),
  );
});

test("lengths around the end of a block are padded right", () => {
  for (let length = 0; length < 200; length++) {
    const bytes = new Uint8Array(length).fill(length);
    assert.equal(digestOf([bytes]), createHash("sha256").update(bytes).digest("hex"), String(length));
  }
});
