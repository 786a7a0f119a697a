import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import { BytesReader } from "./bytes-reader.ts";
import { ValueReader } from "./value-reader.ts";
import { ValueWriter } from "./value-writer.ts";
import { AmfDouble, AmfObject } from "./values.ts";

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
});

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
