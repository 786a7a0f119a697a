import assert from "node:assert/strict";
import { test } from "node:test";
import { isoDuration, readableDuration, readableInstant } from "./spans.ts";

const day = 86_400_000;

test("durations are short for people and ISO 8601 for programs", () => {
  const cases: [ms: number, readable: string, iso: string][] = [
    [0, "0ms", "PT0S"],
    [500, "500ms", "PT0.5S"],
    [15_000, "15s", "PT15S"],
    [90_500, "1m 30s 500ms", "PT1M30.5S"],
    [30 * day, "30d", "P30D"],
    [1.5 * day, "1d 12h", "P1DT12H"],
    [day + 60_000, "1d 1m", "P1DT1M"],
  ];
  for (const [ms, readable, iso] of cases) assert.deepEqual([readableDuration(ms), isoDuration(ms)], [readable, iso]);
});

test("instants are in UTC, to the second", () => {
  assert.equal(readableInstant(Date.UTC(2026, 0, 2, 3, 4, 5, 678)), "2026-01-02 03:04:05 UTC");
});
