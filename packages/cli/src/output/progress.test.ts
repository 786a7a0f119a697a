import assert from "node:assert/strict";
import { test } from "node:test";
import { progressBar, withProgress } from "./progress.ts";

test("a bar is empty at the beginning, full at the end, and never more than full", () => {
  assert.equal(progressBar(0, 100), `[${".".repeat(30)}]   0 % of 100 bytes`);
  assert.equal(progressBar(50, 100), `[${"#".repeat(15)}${".".repeat(15)}]  50 % of 100 bytes`);
  assert.equal(progressBar(200, 100), `[${"#".repeat(30)}] 100 % of 100 bytes`);
  assert.equal(progressBar(0, 0), `[${"#".repeat(30)}] 100 % of 0 bytes`);
});

test("what passes is not changed, the line is drawn now and then, and wiped at the end", async () => {
  const pieces = Array.from({ length: 1000 }, () => Buffer.alloc(10));
  const drawn: string[] = [];
  let time = 0;
  const passed = withProgress(
    (async function* () {
      yield* pieces;
    })(),
    10_000,
    (text) => drawn.push(text),
    () => time++,
  );
  assert.deepEqual(await Array.fromAsync(passed), pieces);
  assert.ok(drawn.length < 50, `${drawn.length} drawings`);
  assert.equal(drawn.at(-1), "\r\u001b[K");
});
