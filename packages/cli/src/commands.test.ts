import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { commands } from "./commands.ts";
import { programOf } from "./program.ts";

test("every command is in the table, and its file is named after it", () => {
  const files = readdirSync(join(import.meta.dirname, "commands")).map((file) => file.replace(/\.ts$/, ""));
  const names = commands.map(({ name }) => name.replace(" ", "-"));
  assert.deepEqual(files.toSorted(), names.toSorted());
});

test("every command takes --data, --database and --json, and says what it is for", () => {
  const program = programOf(commands, () => Promise.resolve());
  const leaves = program.commands.flatMap((command) => (command.commands.length > 0 ? command.commands : [command]));
  assert.equal(leaves.length, commands.length);
  for (const leaf of leaves) {
    const flags = leaf.options.map(({ long }) => long);
    for (const flag of ["--data", "--database", "--json"]) assert.ok(flags.includes(flag), `${leaf.name()} ${flag}`);
    assert.notEqual(leaf.description(), "");
  }
});
