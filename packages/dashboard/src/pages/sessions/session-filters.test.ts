import assert from "node:assert/strict";
import { test } from "node:test";
import { filterOf, sortingOf } from "./session-filters.ts";

test("what an address says of sessions is asked of the server, and what it says wrong is left out", () => {
  assert.deepEqual(filterOf({ search: "mac", connected: "false", account: "A", door: "live" }), {
    search: "mac",
    connected: false,
    accountId: "A",
    door: "live",
  });
  assert.deepEqual(filterOf({ connected: "maybe", door: "window", authorized: "" }), {});
  assert.deepEqual(sortingOf({ sort: "name", order: "up" }), { sort: "created", order: "desc" });
});
