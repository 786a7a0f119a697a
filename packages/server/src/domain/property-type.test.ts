import assert from "node:assert/strict";
import { test } from "node:test";
import { storedValue, typeOf, typeToHold } from "./property-type.ts";

test("[US-DATA-9] [US-DATA-10] the dates of AMF are instants, and suit no other column", () => {
  const date = new Date(1_760_000_000_000);
  assert.equal(typeOf(date), "DATETIME");
  assert.equal(typeToHold(date, "DATETIME"), "DATETIME");
  assert.equal(typeToHold(date, "JSON"), "JSON");
  for (const type of ["INT", "DOUBLE", "STRING", "TEXT", "BOOLEAN"] as const) {
    assert.equal(typeToHold(date, type), undefined, type);
  }
  assert.equal(storedValue(date), 1_760_000_000_000);
});

test("what JSON cannot write down suits no column", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, new Date(Number.NaN), 1n, undefined, Symbol("x")]) {
    assert.equal(typeOf(value), undefined, String(value));
    assert.equal(typeToHold(value, "JSON"), undefined, String(value));
  }
});
