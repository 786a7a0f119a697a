import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { commands } from "./commands.ts";
import { programOf } from "./program.ts";

test("every command is in the table, and in the file that its first word names", () => {
  const folder = join(import.meta.dirname, "commands");
  const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ""));
  assert.deepEqual(files.toSorted(), [...new Set(commands.map(({ name }) => name.split(" ")[0]))].toSorted());
  assert.equal(new Set(commands.map(({ name }) => name)).size, commands.length);
});

test("the README lists every command and no other", () => {
  const readme = readFileSync(join(import.meta.dirname, "../../../README.md"), "utf8");
  const [, listed = ""] = /```text\n(latchkey [^`]+)```/.exec(readme) ?? [];
  const names = listed.split("\n").flatMap((line) => {
    const [, noun = "", verbs = ""] = /^latchkey (\w+) *(.*)$/.exec(line) ?? [];
    if (noun === "") return [];
    return verbs === "" ? [noun] : verbs.split(" | ").map((verb) => `${noun} ${verb.trim()}`);
  });
  assert.deepEqual(names.toSorted(), commands.map(({ name }) => name).toSorted());
});

test("the help of a noun has a line for each of its commands, and each of them says all that it takes", () => {
  const program = programOf(commands, () => Promise.resolve());
  for (const group of program.commands.filter((one) => one.commands.length > 0)) {
    const help = group.helpInformation();
    for (const leaf of group.commands) {
      assert.match(help, new RegExp(`^  ${leaf.name()} `, "m"));
      for (const option of leaf.options) assert.notEqual(option.description, "", `${leaf.name()} ${option.flags}`);
    }
  }
});

test("what cannot be undone takes --yes, and nothing else does", () => {
  const taking = commands.filter(({ options }) => "yes" in options).map(({ name }) => name);
  assert.deepEqual(
    taking,
    commands.map(({ name }) => name).filter((name) => name.endsWith(" delete")),
  );
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
