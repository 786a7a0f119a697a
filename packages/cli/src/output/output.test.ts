import assert from "node:assert/strict";
import { test } from "node:test";
import { Output } from "./output.ts";

function said(isJson: boolean): string {
  let written = "";
  const output = new Output(
    isJson,
    (text) => (written += text),
    () => undefined,
  );
  output.text("one");
  output.json({ two: [2] });
  output.text("three");
  return written;
}

test("text is for people and JSON for programs, never both", () => {
  assert.equal(said(false), "one\nthree\n");
  assert.equal(said(true), '{"two":[2]}\n');
});
