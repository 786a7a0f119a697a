import assert from "node:assert/strict";
import { test } from "node:test";
import { disposition } from "./disposition.ts";
import { type Selection, selectionOf } from "./selection.ts";

const etag = '"abc"';

function select(headers: Record<string, string>, length = 10, method = "GET"): Selection["kind"] | [number, number] {
  const selection = selectionOf({ method, headers }, { etag, length });
  return selection.kind === "part" ? [selection.from, selection.to] : selection.kind;
}

test("[LP-FILE-1] one range of bytes is what is answered, as far as the file goes", () => {
  assert.deepEqual(select({ range: "bytes=0-0" }), [0, 0]);
  assert.deepEqual(select({ range: "bytes=2-5" }), [2, 5]);
  assert.deepEqual(select({ range: "bytes=2-" }), [2, 9]);
  assert.deepEqual(select({ range: "bytes=9-99999999999999999999" }), [9, 9]);
  assert.deepEqual(select({ range: "bytes=-3" }), [7, 9]);
  assert.deepEqual(select({ range: "bytes=-99" }), [0, 9]);
  assert.deepEqual(select({ range: "BYTES = 1-2" }), [1, 2]);
});

test("[LP-FILE-1] a range that begins after the end, or has no bytes, cannot be answered", () => {
  for (const range of ["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-"])
    assert.equal(select({ range }), "unsatisfiable", range);
  for (const range of ["bytes=0-", "bytes=0-0", "bytes=-1"]) assert.equal(select({ range }, 0), "unsatisfiable", range);
});

test("[LP-FILE-1] what is no single range of bytes is ignored", () => {
  for (const range of ["bytes=0-1,4-5", "bytes=5-2", "bytes=-", "bytes", "items=0-1", "bytes=a-b", "bytes=0x1-2", ""])
    assert.equal(select({ range }), "whole", range);
  assert.equal(select({ range: "bytes=0-1" }, 10, "HEAD"), "whole");
});

test("[LP-FILE-1] conditions come before the range, in RFC 9110's order", () => {
  const range = "bytes=2-5";
  assert.equal(select({ "if-match": '"other"', "if-none-match": etag, range }), "preconditionFailed");
  assert.equal(select({ "if-match": 'W/"abc"' }), "preconditionFailed");
  assert.equal(select({ "if-match": '"other", "abc"', "if-none-match": etag, range }), "notModified");
  assert.equal(select({ "if-none-match": '"other" , W/"abc"', range }), "notModified");
  assert.equal(select({ "if-none-match": "*" }), "notModified");
  assert.deepEqual(select({ "if-match": "*", "if-none-match": '"other"', range }), [2, 5]);
  assert.deepEqual(select({ "if-range": etag, range }), [2, 5]);
  for (const ifRange of ['"other"', 'W/"abc"', "Wed, 21 Oct 2015 07:28:00 GMT"])
    assert.equal(select({ "if-range": ifRange, range }), "whole", ifRange);
});

test("[LP-FILE-1] the name is an attachment's, in ASCII and as it is", () => {
  assert.equal(disposition("setup.exe"), `attachment; filename="setup.exe"; filename*=UTF-8''setup.exe`);
  assert.equal(
    disposition(`é"x'(1)*%41\\ 🗝.bin`),
    `attachment; filename="__x'(1)*_41_ _.bin"; filename*=UTF-8''%C3%A9%22x%27%281%29%2A%2541%5C%20%F0%9F%97%9D.bin`,
  );
});
