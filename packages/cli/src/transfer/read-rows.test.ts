import assert from "node:assert/strict";
import { test } from "node:test";
import { readCsv } from "./csv.ts";
import { readFirebaseHashing } from "./firebase-hashing.ts";
import { readJsonLines } from "./json-lines.ts";
import { type ReadRow, rowBytesAtMost } from "./read-row.ts";

type Reader = (content: AsyncIterable<Uint8Array>) => AsyncGenerator<ReadRow, void>;

async function* of(...pieces: readonly (string | Buffer)[]): AsyncGenerator<Uint8Array, void> {
  for (const piece of pieces) yield Buffer.from(piece);
}

function read(reader: Reader, ...pieces: readonly (string | Buffer)[]): Promise<ReadRow[]> {
  return Array.fromAsync(reader(of(...pieces)));
}

const notUtf8 = Buffer.from([0x6a, 0xff, 0x6a]);

test("a line that is no JSON object text is told by its number, and the next is read", async () => {
  const content = ['\ufeff{"a":1}\r\n', "\n", "nonsense\n", notUtf8, '\n{"b":', '2}\n"text"'];
  assert.deepEqual(await read(readJsonLines, ...content), [
    { line: 1, row: { a: 1 } },
    { line: 3, problem: "it is not JSON" },
    { line: 4, problem: "it is not UTF-8" },
    { line: 5, row: { b: 2 } },
    { line: 6, row: "text" },
  ]);
});

test("of a line without an end no more is held than a row may have", async () => {
  const held = process.memoryUsage().rss;
  const piece = Buffer.alloc(1_048_576, "x");
  async function* endless() {
    yield Buffer.from('{"a":"');
    for (let n = 0; n < 300; n++) yield piece;
    yield Buffer.from('\n{"b":2}');
  }
  const problem = `it is longer than ${rowBytesAtMost} bytes`;
  assert.deepEqual(await Array.fromAsync(readJsonLines(endless())), [
    { line: 1, problem },
    { line: 2, row: { b: 2 } },
  ]);
  const ends = await Array.fromAsync(readCsv(endless()));
  assert.deepEqual(ends, [{ line: 1, end: "it is not CSV" }]);
  for (const start of ["login\n", 'login\n"', 'login\nann\n"']) {
    async function* open() {
      yield Buffer.from(start);
      yield* endless();
    }
    const found = await Array.fromAsync(readCsv(open()));
    assert.equal(found.at(-1) && "end" in found.at(-1)! && found.length < 3, true, JSON.stringify(found));
  }
  async function* commas() {
    yield Buffer.from("login\nann\n");
    for (let n = 0; n < 300; n++) yield Buffer.alloc(1_048_576, ",");
  }
  assert.deepEqual(await Array.fromAsync(readCsv(commas())), [
    { line: 2, row: { login: "ann" } },
    { line: 3, end: "it has more than 1000 cells" },
  ]);
  assert.ok(process.memoryUsage().rss - held < 200_000_000, "it was not all kept");
});

test("a CSV file's columns are those of its first line", async () => {
  const content = [
    '\ufefflogin,"levels",properties.plan,properties,createdAt,comment\r\n',
    'ann,"pro, beta",gold,"{""n"":5,""plan"":""silver""}",1600000000000,"two\nlines"\r\n',
    "\n",
    'bob,"[""a,b""]",,,2020-01-01T00:00:00Z,\n',
    "carl,,5,no json,,\n",
    "too,few\n",
  ];
  assert.deepEqual(await read(readCsv, ...content, "dora,,,,,", notUtf8, "\n", "emil,,,,,"), [
    {
      line: 3,
      row: {
        login: "ann",
        levels: ["pro", "beta"],
        createdAt: 1_600_000_000_000,
        comment: "two\nlines",
        properties: { n: 5, plan: "gold" },
      },
    },
    { line: 5, row: { login: "bob", levels: ["a,b"], createdAt: "2020-01-01T00:00:00Z" } },
    { line: 6, row: { login: "carl", properties: { plan: "5" } } },
    { line: 7, problem: "it has 2 cells, and the first line 6" },
    { line: 8, problem: "it is not UTF-8" },
    { line: 9, row: { login: "emil" } },
  ]);
});

test("a CSV file that has other columns is not read at all", async () => {
  const [unknown] = await read(readCsv, "login,passwrd\nann,x\n");
  assert.match(unknown && "end" in unknown ? unknown.end : "", /^there is no column "passwrd"; there are id, login,/);
  const twice = await read(readCsv, "login,email,login\nann,x,y\n");
  assert.deepEqual(twice, [{ line: 1, end: 'the column "login" is there twice' }]);
});

test("a CSV file is read up to where it is none", async () => {
  assert.deepEqual(await read(readCsv, 'login\nann\nb"o"b\ncarl\n'), [
    { line: 2, row: { login: "ann" } },
    { line: 3, end: "it is not CSV" },
  ]);
});

test("the parameters of a Firebase project are read as its console shows them, and as JSON", () => {
  const wanted = { signerKey: "jxspr8Ki+/RYy==", saltSeparator: "Bw==", rounds: 8, memCost: 14 };
  const shown = `hash_config {
  algorithm: SCRYPT,
  base64_signer_key: jxspr8Ki+/RYy==,
  base64_salt_separator: Bw==,
  rounds: 8,
  mem_cost: 14,
}`;
  const json = JSON.stringify({
    base64_signer_key: wanted.signerKey,
    base64_salt_separator: wanted.saltSeparator,
    rounds: 8,
    mem_cost: 14,
  });
  assert.deepEqual([readFirebaseHashing(shown), readFirebaseHashing(json)], [wanted, wanted]);
  assert.equal(readFirebaseHashing(shown.replace("rounds", "laps")), undefined);
});
