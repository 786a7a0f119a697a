import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CloseCode } from "./close-codes.ts";
import { encodeAnswer, encodeRequest, eventId, fieldsOf, inputOf, outputOf, parseFrame } from "./envelope.ts";
import { isPacketName } from "./packets.ts";
import { operationNames, operations } from "../operations.ts";

const packets = operationNames.filter(isPacketName);
const closes = new Set<number>([CloseCode.InvalidEnvelope, CloseCode.InvalidBody]);

test("[LP-ENV-3] any text is a packet or a close, never a throw", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (text) => {
      const parsed = parseFrame(text);
      assert.ok("packet" in parsed || closes.has(parsed.close));
    }),
    { numRuns: 5_000 },
  );
});

test("[LP-ENV-2] every unsigned 64-bit id but the reserved one comes back digit by digit", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: eventId - 1n }), (id) => {
      const parsed = parseFrame(`{"type":5,"id":${id}}`);
      assert.ok("packet" in parsed);
      assert.equal(encodeAnswer("logout", parsed.packet.id, 1, undefined), `{"id":${id},"status":1}`);
    }),
  );
  assert.deepEqual(parseFrame(`{"type":5,"id":${eventId}}`), { close: CloseCode.InvalidBody });
  assert.deepEqual(parseFrame(`{"type":5,"id":${eventId + 1n}}`), { close: CloseCode.InvalidEnvelope });
});

test("[LP-ENV-1] what is encoded under wire names is read back under ours", () => {
  for (const name of packets) {
    const values = (fields: readonly { name: string }[]) =>
      Object.fromEntries(fields.map((field, n) => [field.name, n]));
    const input = values(fieldsOf(name).input);
    const parsed = parseFrame(encodeRequest(name, 7, input));
    assert.ok("packet" in parsed);
    assert.equal(parsed.packet.type, operations[name].type);
    assert.deepEqual(inputOf(name, parsed.packet.body), input);
    const output = values(fieldsOf(name).output);
    const answer: unknown = JSON.parse(encodeAnswer(name, 7, 1, output));
    assert.ok(typeof answer === "object" && answer !== null);
    assert.deepEqual(outputOf({ ...answer }), { ...output, id: 7, status: 1 });
  }
});

test("no field of a packet has the name of a part of the envelope", () => {
  for (const name of packets) {
    const names = [...fieldsOf(name).input, ...fieldsOf(name).output].map(({ wireName }) => wireName);
    for (const reserved of ["type", "id", "status"]) assert.ok(!names.includes(reserved), `${name} has ${reserved}`);
  }
});

test("a gate above init declares that it may refuse", () => {
  for (const name of packets) {
    const { gate, refuses } = operations[name];
    const isJudged = ["auth", "license", "account"].includes(gate);
    assert.ok(!isJudged || (refuses as readonly string[]).includes("notAuthorized"), name);
  }
});
