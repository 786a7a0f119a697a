import assert from "node:assert/strict";
import { test } from "node:test";
import { isAddress } from "./is-address.ts";

test("an address is told from what only looks like one", () => {
  for (const address of ["203.0.113.7", "::1", "2001:db8::bad", "::ffff:203.0.113.7"]) assert.ok(isAddress(address));
  for (const other of ["", "203.0.113", "203.0.113.256", "203.0.113.0/24", "2001:db8::/32", "example.org", "cafe"])
    assert.ok(!isAddress(other), other);
});
