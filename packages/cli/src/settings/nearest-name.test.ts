import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestName } from "./nearest-name.ts";

const known = ["port", "host", "hashMemory", "hashPasses"];

test("a slip of the keyboard leads to the name that was meant", () => {
  assert.equal(nearestName("prot", known), "port");
  assert.equal(nearestName("hashMemroy", known), "hashMemory");
  assert.equal(nearestName("HASHPASSES", known), "hashPasses");
  assert.equal(nearestName("hashPass", known), "hashPasses");
});

test("a name that is far from all of them leads nowhere", () => {
  assert.equal(nearestName("certificate", known), undefined);
  assert.equal(nearestName("x", []), undefined);
});
