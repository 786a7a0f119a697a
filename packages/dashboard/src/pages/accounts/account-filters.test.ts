import assert from "node:assert/strict";
import { test } from "node:test";
import { filterOf, sortingOf } from "./account-filters.ts";

test("what an address says of accounts is asked of the server, and what it says wrong is left out", () => {
  assert.deepEqual(filterOf({ status: "disabled", role: "moderator", blacklisted: "false" }), {
    status: "disabled",
    role: "moderator",
    blacklisted: false,
  });
  assert.deepEqual(filterOf({ status: "sleepy", blacklisted: "perhaps" }), {});
  assert.deepEqual(sortingOf({ sort: "lastLogin", order: "asc" }), { sort: "lastLogin", order: "asc" });
});
