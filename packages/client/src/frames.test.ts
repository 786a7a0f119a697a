import assert from "node:assert/strict";
import { test } from "node:test";
import { readFrame } from "./frames.ts";

test("[LP-ENV-1] an answer is an object with an id and a status", () => {
  const body = { id: 7, retry_after: 60, status: 5 };
  assert.deepEqual(readFrame(JSON.stringify(body)), { kind: "answer", id: 7, status: 5, body });
});

test("[LP-ENV-5] a status from a newer server is an answer like any other", () => {
  assert.equal(readFrame('{"id":1,"status":99999}').kind, "answer");
});

test("[LP-ENV-7] an event is known by its event_type, whatever its id", () => {
  const frame = '{"id":18446744073709551615,"event_type":100}';
  assert.deepEqual(readFrame(frame), { kind: "event", type: 100, content: {} });
  const withContent = '{"id":18446744073709551615,"event_type":813,"content":{"by":"user","n":1}}';
  assert.deepEqual(readFrame(withContent), { kind: "event", type: 813, content: { by: "user" } });
});

test("what is neither answer nor event is invalid and never throws", () => {
  const frames = [
    "",
    "{",
    "null",
    "[]",
    '"text"',
    "{}",
    '{"id":1}',
    '{"status":1}',
    '{"id":"1","status":1}',
    '{"id":1.5,"status":1}',
    '{"id":1,"status":null}',
    new ArrayBuffer(8),
    new Blob(),
    undefined,
  ];
  for (const frame of frames) assert.deepEqual(readFrame(frame), { kind: "invalid" });
});
