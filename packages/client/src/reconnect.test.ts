import assert from "node:assert/strict";
import { test } from "node:test";
import { delayBeforeAttempt } from "./reconnect.ts";

const loss = { attempt: 0, closeCode: 1006, lostForMs: 0 };

test("[LP-SDK-3] attempts are further and further apart, up to a limit, and by chance alone within it", () => {
  const longest = [0, 1, 2, 3, 4, 5, 6, 100, 5_000].map((attempt) => delayBeforeAttempt({ ...loss, attempt }, 1));
  assert.deepEqual(longest, [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000]);
  assert.equal(delayBeforeAttempt({ ...loss, attempt: 3 }, 0.25), 1_000);
  assert.equal(delayBeforeAttempt({ ...loss, attempt: 3 }, 0), 0);
});

test("[LP-SDK-3] [LP-CLOSE-1] there is another attempt after the codes that say so, and after no other", () => {
  for (const closeCode of [1001, 1005, 1006, 1011, 1012, 1013, 4000]) {
    assert.equal(delayBeforeAttempt({ ...loss, closeCode }, 0.5), 250, String(closeCode));
  }
  for (const closeCode of [1000, 1002, 1007, 4100, 4201, 4203, 4302, 4400, 4401, 4450, 4451, 4711]) {
    assert.equal(delayBeforeAttempt({ ...loss, closeCode }, 0.5), undefined, String(closeCode));
  }
});

test("[LP-SDK-3] attempts end with the time for which the server keeps a session", () => {
  assert.equal(delayBeforeAttempt({ ...loss, lostForMs: 299_999 }, 0.5), 250);
  assert.equal(delayBeforeAttempt({ ...loss, lostForMs: 300_000 }, 0.5), undefined);
});
