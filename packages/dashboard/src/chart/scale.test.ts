import assert from "node:assert/strict";
import { test } from "node:test";
import { areaPath, linePath, niceCeiling } from "./scale.ts";

test("a scale ends at a number that reads well and is not below the highest value", () => {
  assert.deepEqual([0, 1, 2, 3, 7, 10, 37, 41, 950].map(niceCeiling), [1, 1, 2, 4, 10, 10, 40, 50, 1000]);
});

test("values become points from left to right, the highest at the top", () => {
  assert.equal(linePath([0, 5, 10], 10), "M0 100L1 50L2 0");
  assert.equal(areaPath([4, 2], 4), "M0 0L1 50L1 100L0 100Z");
  assert.equal(areaPath([], 1), "");
});
