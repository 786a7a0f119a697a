import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import fc from "fast-check";
import { BytesReader } from "./bytes-reader.ts";
import { readRequest } from "./message.ts";
import { ValueReader } from "./value-reader.ts";
import { ValueWriter } from "./value-writer.ts";
import { AmfDouble, AmfObject } from "./values.ts";

const mutations = 60_000;

/** Whatever can be said in both directions. Numbers have no sign at zero, and text is what UTF-8 can carry. */
const { value: anyValue } = fc.letrec<{ value: unknown; map: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", maxDepth: 6 },
    fc.constantFrom(null, true, false),
    fc.integer().map((number) => number + 0),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.date({ noInvalidDate: true }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => new AmfDouble(number + 0)),
    fc.array(tie("value"), { maxLength: 6 }),
    tie("map"),
    fc
      .tuple(fc.constantFrom("Users", "flex.messaging.messages.RemotingMessage"), tie("map"))
      .map(([className, members]) => new AmfObject(className, members)),
  ),
  map: fc.dictionary(
    fc.oneof(fc.string({ minLength: 1, maxLength: 8 }), fc.constantFrom("__proto__", "toString")),
    tie("value"),
    {
      maxKeys: 6,
      noNullPrototype: false,
    },
  ),
}));

suite("the AMF3 codec", () => {
  test("[US-AMF-40] [US-AMF-11] reads what it has written, and writes that again in the same bytes", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const bytes = write(value);
        const reader = new ValueReader(new BytesReader(bytes));
        const read = reader.value();
        assert.deepEqual(bare(read), bare(value));
        assert.deepEqual([...reader.classNames.values()].sort(), classNamesIn(value).sort());
        assert.deepEqual(new ValueReader(new BytesReader(write(read))).value(), read);
      }),
      { numRuns: 2_000 },
    );
  });

  test(`[US-AMF-12] ${mutations} broken messages are read or refused, and nothing that is read is larger than a body`, () => {
    const { requests } = JSON.parse(
      readFileSync(join(import.meta.dirname, "../../../../../../conformance/amf/requests.json"), "utf8"),
    ) as { requests: { hex: string }[] };
    const originals = requests.map(({ hex }) => Buffer.from(hex, "hex"));
    let tried = 0;
    let understood = 0;
    fc.assert(
      fc.property(fc.constantFrom(...originals), damages, (original, damage) => {
        tried += 1;
        const request = readRequest(damage.reduce<Buffer>((bytes, one) => one(bytes), original));
        if (!request) return;
        understood += 1;
        // A cycle would throw, and a tangle of references would be longer than any body.
        assert.ok(JSON.stringify(request).length < 6 * 65_536 + 16 * 5_000);
      }),
      { numRuns: mutations },
    );
    assert.equal(tried, mutations);
    assert.ok(understood > mutations / 100 && understood < mutations, `${understood} were understood`);
  });
});

type Damage = (bytes: Buffer) => Buffer;

/** Bytes that mean something: markers, references, counts. */
const telling = fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 8, 9, 0x0a, 0x0b, 0x11, 0x13, 0x23, 0x7f, 0x80, 0xff);
const place = fc.nat(1_000);

const damages: fc.Arbitrary<Damage[]> = fc.array(
  fc.oneof(
    fc.tuple(place, fc.oneof(telling, fc.nat(255))).map(([at, byte]): Damage => (bytes) => {
      const copy = Buffer.from(bytes);
      if (copy.length > 0) copy[at % copy.length] = byte;
      return copy;
    }),
    fc.tuple(place, fc.uint8Array({ maxLength: 6 })).map(
      ([at, added]): Damage =>
        (bytes) =>
          Buffer.concat([bytes.subarray(0, at % (bytes.length + 1)), added, bytes.subarray(at % (bytes.length + 1))]),
    ),
    fc.tuple(place, fc.nat(40)).map(
      ([at, count]): Damage =>
        (bytes) =>
          Buffer.concat([
            bytes.subarray(0, at % (bytes.length + 1)),
            bytes.subarray((at % (bytes.length + 1)) + count),
          ]),
    ),
    fc.tuple(place, place, fc.nat(60)).map(([from, to, count]): Damage => (bytes) => {
      const part = bytes.subarray(from % (bytes.length + 1)).subarray(0, count);
      return Buffer.concat([bytes.subarray(0, to % (bytes.length + 1)), part, bytes.subarray(to % (bytes.length + 1))]);
    }),
    place.map(
      (end): Damage =>
        (bytes) =>
          bytes.subarray(0, end % (bytes.length + 1)),
    ),
  ),
  { minLength: 1, maxLength: 4 },
);

function write(value: unknown): Buffer {
  const writer = new ValueWriter();
  writer.value(value);
  return writer.bytes;
}

/** What a value says, without how it is said: classes, doubles and prototypes. */
function bare(value: unknown): unknown {
  if (value instanceof AmfDouble) return value.value;
  if (value instanceof AmfObject) return bare(value.members);
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.entries(value).map(([name, member]) => [name, bare(member)]);
}

function classNamesIn(value: unknown): string[] {
  if (value instanceof AmfObject) return [value.className, ...classNamesIn(value.members)];
  if (typeof value !== "object" || value === null || value instanceof Date) return [];
  return Object.values(value).flatMap(classNamesIn);
}
