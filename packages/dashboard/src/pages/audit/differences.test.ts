import assert from "node:assert/strict";
import { test } from "node:test";
import { exactTime } from "#parts/format-time.ts";
import { differencesIn } from "./differences.ts";

test("what is new, gone and changed is told by property, and instants and durations so that they can be read", () => {
  const at = 1_790_000_000_000;
  assert.deepEqual(
    differencesIn({
      before: { state: "paused", pausedAt: at, durationMs: 86_400_000, comment: null },
      after: { state: "activated", pausedAt: null, levels: ["pro"] },
    }),
    [
      { property: "state", before: "paused", after: "activated" },
      { property: "pausedAt", before: exactTime(at) },
      { property: "durationMs", before: "1 day" },
      { property: "comment" },
      { property: "levels", after: '[\n  "pro"\n]' },
    ],
  );
  assert.deepEqual(differencesIn({}), []);
});
