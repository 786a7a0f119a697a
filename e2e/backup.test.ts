import assert from "node:assert/strict";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { RestPeer } from "@latchkey/testkit";
import { json, latchkey, newDirectory, refuses, serve } from "./latchkey.ts";
import { fill, smallDisk } from "./small-disk.ts";

interface App {
  readonly id: string;
  readonly apiKeys: { readonly JS: string };
}

interface Manifest {
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
}

test("[MG-BACKUP-1] a backup made beside a server that is written to is restored beside it, and serves", async () => {
  const [data, directory, target] = [newDirectory(), newDirectory(), newDirectory()];
  await using server = await serve(data);
  const app = await json<App>("app", "create", "--name", "Backed up", "--data", data);
  const rest = new RestPeer(server.url, `/${app.id}/${app.apiKeys.JS}`);
  await rest.register("first@example.com");
  const writing = (async () => {
    for (let n = 0; n < 15; n++) await rest.register(`later-${n}@example.com`);
  })();
  const made = await json<Manifest>("backup", directory, "--data", data);
  await writing;
  assert.ok(made.tables.some(({ name, rows }) => name === "account" && rows > 0));
  assert.deepEqual([statSync(directory).mode & 0o777, existsSync(`${directory}.part`)], [0o700, false]);
  await json("restore", directory, "--data", target);
  await using restored = await serve(target);
  await new RestPeer(restored.url, `/${app.id}/${app.apiKeys.JS}`).login("first@example.com");
});

test("[MG-BACKUP-5] people are told what came in, what was left out, and why a place is refused", async () => {
  const [data, directory, target] = [newDirectory(), newDirectory(), newDirectory()];
  await json("app", "create", "--name", "Backed up", "--data", data);
  const made = await latchkey(["backup", directory, "--data", data]);
  assert.deepEqual([made.code, made.stderr], [0, ""]);
  assert.match(made.stdout, /^the data of .+, \d+ rows and 0 files,\nis in .+\n$/);
  await refuses(/is there already/, ["backup", directory, "--data", data]);
  await refuses(/is not empty/, ["restore", directory, "--data", data]);
  await refuses(/is no backup/, ["restore", data, "--data", target]);
  const restored = await latchkey(["restore", directory, "--data", target]);
  assert.deepEqual([restored.code, restored.stderr], [0, ""]);
  assert.match(restored.stdout, /^the data of /);
});

const disk = smallDisk();

test(
  "[MG-BACKUP-9] a disk that fills up leaves no backup, whole or half, and says so",
  { skip: "reason" in disk ? disk.reason : false },
  async () => {
    assert.ok("path" in disk);
    await using stack = new AsyncDisposableStack();
    stack.defer(disk.unmount);
    const data = newDirectory();
    const { id } = await json<App>("app", "create", "--name", "Large one", "--data", data);
    await json("license", "create", "--app", id, "--count", "10000", "--data", data);
    const filler = join(disk.path, "filler");
    fill(filler, 1_000_000);
    const directory = join(disk.path, "backup");
    await refuses(/not enough room/, ["backup", directory, "--data", data]);
    assert.deepEqual(readdirSync(disk.path), ["filler"]);
    rmSync(filler);
    await json("backup", directory, "--data", data);
    const target = join(disk.path, "restored");
    fill(filler, 1_000_000);
    await refuses(/disk is full|not enough room/, ["restore", directory, "--data", target]);
    assert.deepEqual(readdirSync(disk.path), ["backup", "filler"]);
  },
);
