import assert from "node:assert/strict";
import { test } from "node:test";
import { ageText } from "./age-text.ts";

test("an age is said in the largest unit that it fills", () => {
  assert.deepEqual([0, 999, 1000, 59_999, 61_000, 7_199_999, 200_000_000].map(ageText), [
    "less than a second",
    "less than a second",
    "1 second",
    "59 seconds",
    "1 minute",
    "1 hour",
    "2 days",
  ]);
});
