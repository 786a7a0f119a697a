import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { jsonRecord } from "../output/json-record.ts";
import { csvHeading, csvLine, readCsv } from "./csv.ts";
import { readJsonLines } from "./json-lines.ts";
import type { ReadRow } from "./read-row.ts";

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }).filter((value) => value.isWellFormed());
const instant = fc.integer({ min: 0, max: 4_102_444_800_000 });
const account = fc.record(
  {
    id: fc.uuid().map((id) => id.toUpperCase()),
    login: text,
    email: fc.emailAddress(),
    passwordHash: text,
    status: fc.constantFrom("enabled", "unconfirmed", "disabled"),
    levels: fc.array(text, { minLength: 1 }),
    comment: text,
    locale: text,
    properties: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue({ noUnicodeString: false }), {
      minKeys: 1,
    }),
    createdAt: instant,
    lastLoginAt: instant,
  },
  { requiredKeys: ["login"] },
);

/** The bytes in pieces that end anywhere. */
async function* inPieces(content: string, cuts: readonly number[]): AsyncGenerator<Uint8Array, void> {
  const bytes = Buffer.from(content);
  const ends = cuts.map((cut) => cut % (bytes.length + 1)).toSorted((one, other) => one - other);
  let from = 0;
  for (const end of [...ends, bytes.length]) {
    yield bytes.subarray(from, end);
    from = end;
  }
}

const cuts = fc.array(fc.nat(), { maxLength: 8 });

function rowsOf(read: readonly ReadRow[]): unknown[] {
  return read.map((one) => ("row" in one ? one.row : one));
}

test("whatever accounts are written as JSON Lines or CSV are read as they were", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(account, { maxLength: 5 }), cuts, fc.boolean(), async (accounts, at, hasMark) => {
      // As JSON has it: no `undefined`, no negative zero.
      const records: Record<string, unknown>[] = JSON.parse(JSON.stringify(accounts.map(jsonRecord)));
      const mark = hasMark ? "\ufeff" : "";
      const lines = mark + records.map((record) => `${JSON.stringify(record)}\n`).join("");
      assert.deepEqual(rowsOf(await Array.fromAsync(readJsonLines(inPieces(lines, at)))), records);
      const csv = mark + [csvHeading, ...records.map(csvLine)].join("\n");
      const blankless = records.filter((record) => csvLine(record).replaceAll(",", "") !== "");
      assert.deepEqual(rowsOf(await Array.fromAsync(readCsv(inPieces(csv, at)))), blankless);
    }),
    { numRuns: 300 },
  );
});

test("no bytes make a reader fail", async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .array(fc.constantFrom('"', ",", "\n", "\r\n", "login", "é", "\0", "{", "}"), { maxLength: 60 })
      .map((parts) => Buffer.from(parts.join(""))),
  );
  await fc.assert(
    fc.asyncProperty(bytes, fc.boolean(), async (content, hasHeading) => {
      const pieces = hasHeading ? [Buffer.from("login,comment\n"), content] : [content];
      for (const read of [readJsonLines, readCsv]) {
        for (const one of await Array.fromAsync(read(stream(pieces)))) assert.ok(one.line >= 1);
      }
    }),
    { numRuns: 500 },
  );
});

async function* stream(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* pieces;
}
