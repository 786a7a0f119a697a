import assert from "node:assert/strict";
import { test } from "node:test";
import { afterClose, afterStatus } from "./retry.ts";

test("[LP-CLOSE-1] after a close a client resumes, starts over or stops, and stops at what it does not know", () => {
  for (const code of [1001, 1005, 1006, 1011, 1012, 1013, 4000]) assert.equal(afterClose(code), "resume");
  for (const code of [4400, 4401, 4201]) assert.equal(afterClose(code), "startOver");
  for (const code of [
    1000, 1007, 1009, 4100, 4101, 4102, 4200, 4202, 4203, 4204, 4205, 4300, 4301, 4302, 4304, 4450, 4451, 4999,
  ]) {
    assert.equal(afterClose(code), "stop");
  }
});

test("after a refusal a client tries again only where time alone may change the answer", () => {
  for (const status of [5, 6, 8, 602, 801]) assert.equal(afterStatus(status), "later");
  for (const status of [1, 2, 3, 103, 503, 600, 601, 4711]) assert.equal(afterStatus(status), "never");
});
