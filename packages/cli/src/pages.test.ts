import assert from "node:assert/strict";
import { test } from "node:test";
import { failed } from "./failure.ts";
import { readPages } from "./pages.ts";

/** A list of 2,500 numbers, and how many of them were asked for at a time. */
function numbers() {
  const asked: number[] = [];
  const read = async ({ limit, cursor = "0.0" }: { readonly limit: number; readonly cursor?: string }) => {
    asked.push(limit);
    const from = parseInt(cursor);
    const records = Array.from({ length: Math.min(limit, 2_500 - from) }, (_, i) => from + i);
    return { records, ...(from + limit < 2_500 && { nextCursor: `${from + limit}.0` }) };
  };
  return { read, asked };
}

test("without a limit all pages are read", async () => {
  const { read, asked } = numbers();
  const found = await readPages({ limit: undefined, cursor: undefined }, read);
  assert.ok("records" in found);
  assert.deepEqual([found.records.length, found.records.at(-1), found.note], [2_500, 2_499, undefined]);
  assert.deepEqual(asked, [1_000, 1_000, 1_000]);
});

test("no more is read than is wanted, and the note says where to go on", async () => {
  const { read, asked } = numbers();
  const found = await readPages({ limit: 1_050, cursor: "100.0" }, read);
  assert.ok("records" in found);
  assert.deepEqual([found.records[0], found.records.length], [100, 1_050]);
  assert.match(found.note ?? "", /--cursor 1150\.0$/);
  assert.deepEqual(asked, [1_000, 50]);
});

test("a page that is refused ends it", async () => {
  const refusal = failed("no");
  assert.equal(await readPages({ limit: undefined, cursor: undefined }, async () => refusal), refusal);
});
