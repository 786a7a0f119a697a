import assert from "node:assert/strict";
import { test } from "node:test";
import { jsonRecord } from "./json-record.ts";

test("instants and durations become ISO 8601 text, everything else stays", () => {
  const record = { id: "x", createdAt: 0, durationMs: 86_400_000, seats: 2, levels: ["pro"], bindsClient: true };
  assert.deepEqual(jsonRecord(record), {
    id: "x",
    createdAt: "1970-01-01T00:00:00.000Z",
    duration: "P1D",
    seats: 2,
    levels: ["pro"],
    bindsClient: true,
  });
});

test("what a record holds as data is not touched", () => {
  const record = { properties: { bornAt: 5, waitMs: 6 } };
  assert.deepEqual(jsonRecord(record), record);
});
