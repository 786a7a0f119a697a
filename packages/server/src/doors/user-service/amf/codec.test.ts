import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { BytesReader, MalformedAmf } from "./bytes-reader.ts";
import { readRequest, writeFault, writeResult } from "./message.ts";
import { ValueReader } from "./value-reader.ts";
import { ValueWriter } from "./value-writer.ts";
import { AmfDouble, AmfObject, isList, isMap, type ReadValue } from "./values.ts";

const vectors = join(import.meta.dirname, "../../../../../../conformance/amf");

interface Vector {
  readonly title: string;
  readonly rules: readonly string[];
  readonly hex: string;
  readonly value: unknown;
  /** The value is a map, given as its names with their values. */
  readonly entries?: true;
}

interface Recorded {
  readonly title: string;
  readonly from: string;
  readonly operation: string;
  readonly arguments: readonly unknown[];
  readonly token?: string;
  readonly hex: string;
}

suite("AMF3 values", () => {
  const { read, written, refused } = load<Record<"read" | "written" | "refused", readonly Vector[]>>("values.json");

  for (const { title, rules, hex, value, entries } of read) {
    test(`${ids(rules)}reads ${title}`, () => {
      const found = readValue(bytesOf(hex));
      assert.deepEqual(entries ? Object.entries(found as object) : found, value);
    });
  }

  for (const { title, rules, hex, value } of written) {
    test(`${ids(rules)}writes ${title}`, () => {
      assert.equal(writeValue(untagged(value)).toString("hex"), hex);
    });
  }

  for (const { title, rules, hex } of refused) {
    test(`${ids(rules)}refuses ${title}`, () => {
      assert.throws(() => readValue(bytesOf(hex)), MalformedAmf);
    });
  }

  test("[US-AMF-8] the tables are those of one message: nothing refers to what another one said", () => {
    assert.deepEqual(readValue(bytesOf("09050106036106" + "00")), ["a", "a"]);
    assert.throws(() => readValue(bytesOf("0600")), MalformedAmf);
  });

  test("[US-AMF-12] reads 5 000 values and refuses one more, written out or referred to", () => {
    const listOf = (count: number) => writeValue(Array(count).fill(false));
    assert.equal((readValue(listOf(4999)) as unknown[]).length, 4999);
    assert.throws(() => readValue(listOf(5000)), MalformedAmf);
    const twice = (count: number) => Buffer.concat([bytesOf("090501"), listOf(count), bytesOf("0902")]);
    assert.equal((readValue(twice(2498)) as unknown[]).length, 2);
    assert.throws(() => readValue(twice(2499)), MalformedAmf);
  });

  test("[US-AMF-12] reads as much text as fits in a body and refuses to read more by references", () => {
    const text = writeValue("x".repeat(30_000));
    const again = bytesOf("0600");
    assert.deepEqual((readValue(Buffer.concat([bytesOf("090501"), text, again])) as unknown[]).length, 2);
    assert.throws(() => readValue(Buffer.concat([bytesOf("090701"), text, again, again])), MalformedAmf);
  });

  test("does not write what AMF3 has no word for, and leaves out a member without a name", () => {
    assert.throws(() => writeValue(undefined), TypeError);
    assert.throws(() => writeValue([1n]), TypeError);
    assert.deepEqual(readValue(writeValue({ "": 1, a: 2 })), { a: 2 });
  });
});

suite("AMF messages", () => {
  const { requests } = load<{ requests: readonly Recorded[] }>("requests.json");
  const rules = "[US-AMF-2] [US-AMF-3] [US-AMF-4] [US-AMF-9] [US-AMF-10] [US-CLIENT-2]";
  for (const { title, from, operation, arguments: values, token = "", hex } of requests) {
    test(`${rules} reads ${title}, from ${from}`, () => {
      const request = readRequest(Buffer.from(hex, "hex"));
      assert.ok(request);
      assert.deepEqual(
        [request.source, request.operation, request.values.map((value) => tagged(value)), request.token],
        ["com.backendless.services.users.UserService", operation, values, token],
      );
    });
  }

  test("[US-AMF-2] the example of a logout has 358 bytes", () => {
    const [example] = requests.filter(({ title }) => title === "logout with a token");
    assert.equal((example?.hex.length ?? 0) / 2, 358);
  });

  const { answers } = load<{
    answers: readonly { readonly title: string; readonly rules: readonly string[]; readonly hex: string }[];
  }>("answers.json");
  for (const answer of answers) {
    test(`${ids(answer.rules)}writes ${answer.title}`, () => {
      const bytes =
        "fault" in answer
          ? writeFault(answer.fault as never)
          : writeResult(untagged((answer as unknown as { body: unknown }).body));
      assert.equal(bytes.toString("hex"), answer.hex);
    });
  }

  test("[US-AMF-31] [US-AMF-32] the minimal reply has 84 bytes", () => {
    assert.equal(writeResult(null).length, 84);
  });

  const message = "flex.messaging.messages.RemotingMessage";
  const members = { source: "s", operation: "o", body: [1], headers: { "user-token": "t" } };
  const remoting = (changes: object = {}) => new AmfObject(message, { ...members, ...changes });
  const good = enveloped(writeValue([remoting()]));
  const head = (text: string) => Buffer.concat([bytesOf(text), good.subarray(23)]);
  const envelopes: readonly (readonly [string, Buffer])[] = [
    ["nothing", Buffer.alloc(0)],
    ["version 0", head("00000000000100046e756c6c00046e756c6cffffffff11")],
    ["an envelope header", head("00030001000100046e756c6c00046e756c6cffffffff11")],
    ["no body", head("00030000000000046e756c6c00046e756c6cffffffff11")],
    ["two bodies", head("00030000000200046e756c6c00046e756c6cffffffff11")],
    ["a target that is not UTF-8", head("0003000000010001ff00046e756c6cffffffff11")],
    ["a value of AMF0", head("00030000000100046e756c6c00046e756c6cffffffff0a")],
    ["something behind the message", Buffer.concat([good, Buffer.of(0)])],
    ...Array.from({ length: good.length }, (_, end) => [`only ${end} bytes`, good.subarray(0, end)] as const),
  ];
  for (const [title, body] of envelopes) {
    test(`[US-AMF-2] [US-AMF-12] refuses ${title}`, () => {
      assert.equal(readRequest(body), undefined);
    });
  }

  const wrong: readonly (readonly [string, unknown])[] = [
    ["a message outside an array", remoting()],
    ["no message", []],
    ["two messages", [remoting(), remoting()]],
    ["a message of another class", [new AmfObject("flex.messaging.messages.CommandMessage", members)]],
    ["a message of no class", [members]],
    ["a text as the message", ["x"]],
    ["arguments that are no array", [remoting({ body: { a: 1 } })]],
    ["headers that are no object", [remoting({ headers: [] })]],
    ["a token that is no text", [remoting({ headers: { "user-token": 5 } })]],
  ];
  for (const [title, value] of wrong) {
    test(`[US-AMF-3] [US-AMF-4] refuses ${title}`, () => {
      assert.equal(readRequest(enveloped(writeValue(value))), undefined);
    });
  }

  test("[US-AMF-2] reads the envelope around all of these", () => {
    assert.ok(readRequest(good));
    assert.ok(readRequest(head("00030000000100046e756c6c00046e756c6cffffffff11")));
  });

  test("[US-AMF-3] [US-AMF-4] members are found by their names, in any order, and the others do not matter", () => {
    const turned = new AmfObject(message, {
      timestamp: "soon",
      ...Object.fromEntries(Object.entries(members).reverse()),
    });
    const expected = { source: "s", operation: "o", values: [1], token: "t" };
    assert.deepEqual(readRequest(enveloped(writeValue([turned]))), expected);
    assert.deepEqual(readRequest(enveloped(writeValue([remoting()]))), expected);
    assert.deepEqual(readRequest(enveloped(writeValue([remoting({ headers: null })])))?.token, "");
  });

  test("[US-AMF-2] the length of the body and both addresses may say anything", () => {
    const value = writeValue([remoting()]);
    const addresses = Buffer.concat([bytesOf("000300000001 0001 61 0000 00000007 11".replaceAll(" ", "")), value]);
    assert.ok(readRequest(addresses));
  });
});

function load<T>(file: string): T {
  return JSON.parse(readFileSync(join(vectors, file), "utf8")) as T;
}

function ids(rules: readonly string[]): string {
  return rules.map((rule) => `[${rule}] `).join("");
}

function bytesOf(hex: string): Buffer {
  const bytes = Buffer.from(hex, "hex");
  assert.equal(bytes.length, hex.length / 2);
  return bytes;
}

/** One value and nothing behind it. */
function readValue(bytes: Buffer): unknown {
  const source = new BytesReader(bytes);
  const reader = new ValueReader(source);
  const value = reader.value();
  if (source.left > 0) throw new MalformedAmf("something is left");
  return tagged(value, reader.classNames);
}

function writeValue(value: unknown): Buffer {
  const writer = new ValueWriter();
  writer.value(value);
  return writer.bytes;
}

function enveloped(value: Buffer): Buffer {
  return Buffer.concat([bytesOf("00030000000100046e756c6c00046e756c6cffffffff11"), value]);
}

/** A value that was read, as the vectors write it. */
function tagged(value: ReadValue, classNames: ReadonlyMap<ReadValue, string> = new Map()): unknown {
  if (value instanceof Date) return { $date: value.getTime() };
  if (isList(value)) return value.map((item) => tagged(item, classNames));
  if (!isMap(value)) return value;
  const className = classNames.get(value);
  const members = Object.entries(value).map(([name, member]): [string, unknown] => [name, tagged(member, classNames)]);
  return Object.fromEntries([...(className === undefined ? [] : [["$class", className] as const]), ...members]);
}

/** The other way round. */
function untagged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untagged);
  if (typeof value !== "object" || value === null) return value;
  const { $date, $double, $class, ...members } = value as Record<string, unknown>;
  if (typeof $date === "number") return new Date($date);
  if (typeof $double === "number") return new AmfDouble($double);
  const mapped = Object.fromEntries(Object.entries(members).map(([name, member]) => [name, untagged(member)]));
  return typeof $class === "string" ? new AmfObject($class, mapped) : mapped;
}
