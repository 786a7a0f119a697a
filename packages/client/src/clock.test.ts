import assert from "node:assert/strict";
import { test } from "node:test";
import { checkedTimeout } from "./clock.ts";

test("a time limit that no timer can keep is refused at once", () => {
  for (const timeoutMs of [0, -1, NaN, Infinity, 2 ** 31]) {
    assert.throws(() => checkedTimeout(timeoutMs), RangeError, String(timeoutMs));
  }
  assert.equal(checkedTimeout(2 ** 31 - 1), 2 ** 31 - 1);
});
