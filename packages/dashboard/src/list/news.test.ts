import assert from "node:assert/strict";
import { test } from "node:test";
import { newsAfter } from "./news.ts";

function says(rows: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(rows));
}

test("rows that change or come are news, each time again, and those of another list are not", () => {
  const first = newsAfter(undefined, "all", says({ a: "on", b: "on" }));
  assert.deepEqual(first.counts, new Map());
  const second = newsAfter(first, "all", says({ a: "off", b: "on", c: "on" }));
  assert.deepEqual([...second.counts].toSorted(), [
    ["a", 1],
    ["c", 1],
  ]);
  const third = newsAfter(second, "all", says({ a: "on", c: "on" }));
  assert.deepEqual([...third.counts].toSorted(), [
    ["a", 2],
    ["c", 1],
  ]);
  assert.deepEqual(newsAfter(third, "some", says({ a: "off" })).counts, new Map());
});
