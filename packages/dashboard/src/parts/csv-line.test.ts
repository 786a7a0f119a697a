import assert from "node:assert/strict";
import { test } from "node:test";
import { csvLine } from "./csv-line.ts";

test("a line of CSV quotes what would end a field, and no spreadsheet takes a text for a formula", () => {
  assert.equal(csvLine(["a", 'say "hi", you', undefined, 7, -7]), 'a,"say ""hi"", you",,7,-7\r\n');
  assert.equal(csvLine(["=cmd()", "+1", "@x"]), "'=cmd(),'+1,'@x\r\n");
});
