import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { askWhetherSure } from "./ask-whether-sure.ts";
import { Input } from "./input.ts";
import { Output } from "./output/output.ts";

async function ask(typed: string, isTerminal: boolean, isJson = false) {
  let asked = "";
  const input = new Input(Readable.from([Buffer.from(typed)]), isTerminal);
  const output = new Output(
    isJson,
    () => assert.fail("nothing but what was asked for goes to standard output"),
    (text) => (asked += text),
  );
  return { failure: await askWhetherSure({ input, output }, "app delete", "the application"), asked };
}

test("who sits at a terminal is asked, and only a whole yes counts", async () => {
  const { failure, asked } = await ask("yes\n", true);
  assert.equal(failure, undefined);
  assert.match(asked, /Gone for good: the application/);
  for (const no of ["no\n", "y\n", "\n", ""]) assert.equal((await ask(no, true)).failure?.exitCode, 1, no);
});

test("a program is never asked: without --yes it is wrong usage", async () => {
  for (const { failure, asked } of [await ask("yes\n", false), await ask("yes\n", true, true)]) {
    assert.deepEqual([failure?.exitCode, asked], [2, ""]);
    assert.match(failure?.messages[0] ?? "", /app delete.*--yes/);
  }
});
