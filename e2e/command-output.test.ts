import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { within } from "@latchkey/testkit";
import { json, latchkey, newDirectory, refuses, start } from "./latchkey.ts";

interface Named {
  readonly id: string;
}

/** An application with licenses, on data of its own. */
async function prepare(count: number) {
  const data = newDirectory();
  const { id } = await json<Named>("app", "create", "--name", "My Product", "--data", data);
  await json("license", "create", "--app", id, "--count", String(count), "--data", data);
  return { id, data, list: ["license", "list", "--app", id, "--data", data] };
}

test("a list is printed whole, or in parts that follow each other", async () => {
  const { list } = await prepare(1_005);
  const ids = (await json<Named[]>(...list)).map(({ id }) => id);
  assert.equal(new Set(ids).size, 1_005);
  const part = await latchkey([...list, "--limit", "3", "--json"]);
  assert.deepEqual(
    (JSON.parse(part.stdout) as Named[]).map(({ id }) => id),
    ids.slice(0, 3),
  );
  const [, cursor = ""] = /--cursor (\S+)\n$/.exec(part.stderr) ?? [];
  const rest = await json<Named[]>(...list, "--cursor", cursor);
  assert.deepEqual(
    rest.map(({ id }) => id),
    ids.slice(3),
  );
});

test("a reader that has had enough is no crash", async () => {
  const { list } = await prepare(3_000);
  const child = start([...list, "--json"]);
  const stderr = child.stderr.toArray();
  child.stdout.once("data", () => child.stdout.destroy());
  const [code] = await within(once(child, "exit"), "the command to end", 30_000);
  assert.deepEqual([code, (await stderr).join("")], [0, ""]);
});

test("an unknown id is one line and exit code 1, on data that is not there yet too", async () => {
  const unknown: readonly (readonly [RegExp, ...string[]])[] = [
    [/no such application/, "app", "pause", "x"],
    [/no such application/, "app", "rotate-keys", "x"],
    [/no such application/, "session", "list", "--app", "x"],
    [/no such application/, "blacklist", "add", "--app", "x", "--client", "c"],
    [/no such license/, "license", "extend", "x", "--duration", "1d"],
    [/no such account/, "account", "disable", "x"],
    [/no such session/, "session", "end", "x"],
    [/no such variable/, "variable", "get", "--app", "x", "--name", "motd"],
  ];
  for (const [says, ...args] of unknown) await refuses(says, [...args, "--json", "--data", newDirectory()]);
});

test("what contradicts itself, or would destroy something unasked, is wrong usage", async () => {
  const wrong: readonly (readonly [RegExp, ...string[]])[] = [
    [/give --name, --version or --set/, "app", "update", "x"],
    [
      /paswordMinLength is not a setting: did you mean passwordMinLength/,
      "app",
      "update",
      "x",
      "--set",
      "paswordMinLength=1",
    ],
    [/--yes/, "app", "delete", "x"],
    [/--yes/, "variable", "delete", "--app", "x", "--name", "motd"],
    [/either --login or --email/, "account", "create", "--app", "x", "--password-stdin"],
    [/--password-stdin/, "account", "create", "--app", "x", "--login", "alice"],
    [/either --client or --address/, "blacklist", "add", "--app", "x", "--client", "c", "--address", "::1"],
    [/nowhere is no IP address/, "blacklist", "add", "--app", "x", "--address", "nowhere"],
    [/one of available, /, "license", "list", "--app", "x", "--state", "new"],
    [/a list has printed/, "account", "list", "--app", "x", "--cursor", "page 2"],
  ];
  const data = newDirectory();
  for (const [says, ...args] of wrong) {
    const { code, stdout, stderr } = await latchkey([...args, "--json", "--data", data]);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.match(stderr, says);
    assert.match(stderr, /^[^\n]+\n$/, "one line");
  }
});

test("a password that is refused is not repeated", async () => {
  const { id, data } = await prepare(1);
  const create = ["account", "create", "--app", id, "--login", "alice", "--password-stdin", "--data", data];
  for (const typed of ["", "abc", "secret".repeat(1_000), Uint8Array.of(0xff, 0xfe, 0xfd, 0xfc)]) {
    const { code, stdout, stderr } = await latchkey(create, { typed });
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /^latchkey: [^\n]*password[^\n]*\n$/);
    assert.doesNotMatch(stderr, /abc|secret/);
  }
});
