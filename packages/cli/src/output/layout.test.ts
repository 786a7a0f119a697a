import assert from "node:assert/strict";
import { test } from "node:test";
import { fields, table } from "./layout.ts";

test("columns are as wide as their widest cell, and no line ends in spaces", () => {
  const rows = [
    ["a", "long cell", "x"],
    ["longer", "b", ""],
  ];
  assert.equal(table(["ONE", "TWO", "3"], rows), "ONE     TWO        3\na       long cell  x\nlonger  b");
});

test("width is counted in characters, not in UTF-16 units", () => {
  assert.equal(table(["A", "B"], [["🔑", "x"]]), "A  B\n🔑  x");
});

test("what a client calls itself does not reach the terminal as a command", () => {
  assert.equal(table(["A", "B"], [["\u001b[2Jx\ny", "\u202eabc"]]), "A        B\n\ufffd[2Jx\ufffdy  \ufffdabc");
});

test("fields without a value are left out", () => {
  assert.equal(fields({ Name: "x", Comment: undefined, Levels: "", Id: "1" }), "Name  x\nId    1");
});
