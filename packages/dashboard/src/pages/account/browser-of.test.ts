import assert from "node:assert/strict";
import { test } from "node:test";
import { browserOf } from "./browser-of.ts";

test("a session says which browser it is, and what imitates another one is not taken for it", () => {
  const edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0";
  const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";
  assert.deepEqual([edge, phone, "curl/8.5.0", "something else"].map(browserOf), [
    "Edge, Windows",
    "Safari, iOS",
    "curl",
    undefined,
  ]);
});
