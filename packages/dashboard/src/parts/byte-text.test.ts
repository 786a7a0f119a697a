import assert from "node:assert/strict";
import { test } from "node:test";
import { byteText } from "./byte-text.ts";

test("sizes are said in the unit that suits them", () => {
  assert.deepEqual([0, 1023, 1024, 12_900_000, 5 * 2 ** 30].map(byteText), [
    "0 B",
    "1,023 B",
    "1 KiB",
    "12.3 MiB",
    "5 GiB",
  ]);
});
