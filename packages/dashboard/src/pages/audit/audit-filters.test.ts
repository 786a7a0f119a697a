import assert from "node:assert/strict";
import { test } from "node:test";
import { filterOf } from "./audit-filters.ts";

test("a day is all of it, from its beginning to that of the next, and what an address says wrong is left out", () => {
  assert.deepEqual(filterOf({ from: "2026-03-29", to: "2026-03-29" }), {
    from: new Date(2026, 2, 29).getTime(),
    to: new Date(2026, 2, 30).getTime(),
  });
  assert.deepEqual(filterOf({ from: "yesterday", actor: "nobody", entry: "7" }), {});
  assert.deepEqual(filterOf({ actor: "key", application: "a", recordId: "r" }), {
    actorKind: "key",
    applicationId: "a",
    recordId: "r",
  });
});
