import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeEvent, events } from "@latchkey/protocol";
import { readFrame } from "./frames.ts";
import { panelEvent } from "./panel-event.ts";

function received(frame: string) {
  const event = readFrame(frame);
  assert.ok(event.kind === "event");
  return panelEvent(event.type, event.content);
}

test("[LP-ENV-7] every event that the server can send has its name and number, and its content in camelCase", () => {
  for (const [name, { type }] of Object.entries(events)) {
    assert.deepEqual(received(encodeEvent(name as keyof typeof events)), { name, type, content: {} });
  }
  assert.deepEqual(received(encodeEvent("licenseExtended", { expiresAt: "1800000000" })), {
    name: "licenseExtended",
    type: 800,
    content: { expiresAt: "1800000000" },
  });
});

test("[LP-ENV-5] an event of a newer server is handed on as its number, with its content", () => {
  const frame = '{"id":18446744073709551615,"event_type":4711,"content":{"new_field":"x"}}';
  assert.deepEqual(received(frame), { name: undefined, type: 4711, content: { newField: "x" } });
});
