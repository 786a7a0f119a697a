import assert from "node:assert/strict";
import { test } from "node:test";
import { propertyText } from "./property-text.ts";

test("a property is said as it is read, and as JSON where it is no simple value", () => {
  assert.deepEqual([propertyText("pro"), propertyText(7), propertyText(false)], ["pro", "7", "false"]);
  assert.equal(propertyText(null), "");
  assert.equal(propertyText({ a: [1] }), '{\n  "a": [\n    1\n  ]\n}');
});
