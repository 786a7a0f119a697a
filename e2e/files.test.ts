import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { checksumOf, eventually, must, newApplication, startTestServer } from "@latchkey/testkit";

const launcher = fileURLToPath(new URL("../packages/cli/bin/latchkey.js", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "latchkey-file-command-"));
after(() => {
  rmSync(root, { recursive: true });
});

interface Run {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
function run(file: string, args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(file, args, { timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}

function latchkey(...args: readonly string[]): Promise<Run> {
  return run(process.execPath, [launcher, "file", ...args]);
}

function objectsIn(data: string): string[] {
  const entries = readdirSync(data, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.parentPath.startsWith(join(data, "files")))
    .map((e) => e.name);
}

test("file put, list and delete work beside a running server, each with one JSON value", async () => {
  await using server = await startTestServer();
  const { id } = await newApplication(server.console);
  const where = ["--app", id, "--data", server.dataDirectory];
  const path = join(root, "setup.exe");
  const content = Buffer.alloc(3_000_000, "content");
  writeFileSync(path, content);
  const checksum = checksumOf(content);
  const put = await latchkey(
    "put",
    ...where,
    "--name",
    "setup.exe",
    "--sha256",
    checksum.toUpperCase(),
    path,
    "--json",
  );
  assert.deepEqual([put.code, put.stderr], [0, ""]);
  const { createdAt, ...file } = JSON.parse(put.stdout) as Record<string, unknown>;
  assert.deepEqual(file, { name: "setup.exe", checksum, size: 3_000_000, transferCount: 0 });
  assert.deepEqual(JSON.parse((await latchkey("list", ...where, "--json")).stdout), [{ ...file, createdAt }]);
  const wrong = await latchkey("put", ...where, "--name", "other.exe", "--sha256", "0".repeat(64), path, "--json");
  assert.deepEqual([wrong.code, wrong.stdout], [1, ""]);
  assert.match(wrong.stderr, new RegExp(`is ${checksum}, not 0{64}: nothing was stored`));
  const gone = await latchkey("put", ...where, "--name", "other.exe", join(root, "absent"));
  assert.match(gone.stderr, /absent cannot be read \(ENOENT\)/);
  const unclear = await latchkey("put", ...where, "--name", "other.exe", "--sha256", "abc", path);
  assert.equal(unclear.code, 2);
  const deletion = ["delete", ...where, "--name", "setup.exe", "--yes"] as const;
  assert.deepEqual(JSON.parse((await latchkey(...deletion, "--json")).stdout), { name: "setup.exe" });
  assert.equal((await latchkey(...deletion)).code, 1);
  assert.deepEqual((await must(server.console, "listFiles", { applicationId: id })).files, []);
});

test("a disk that is full is said clearly, and nothing is left on it", async () => {
  await using server = await startTestServer();
  const { id } = await newApplication(server.console);
  const path = join(root, "large.bin");
  writeFileSync(path, "");
  truncateSync(path, 8_000_000);
  const { dataDirectory: data } = server;
  // A process that may not write a file beyond 4 MB meets what a full disk is like.
  const command = `ulimit -f 4000; trap '' XFSZ; exec "$@"`;
  const args = [process.execPath, launcher, "file", "put", "--app", id, "--data", data, "--name", "large.bin", path];
  const { code, stderr } = await run("bash", ["-c", command, "bash", ...args]);
  assert.deepEqual(
    [code, stderr],
    [1, `latchkey: there is no room for the file where files are kept (the disk is full): nothing of it was kept\n`],
  );
  assert.deepEqual(objectsIn(data), []);
  assert.deepEqual(await server.db.selectFrom("looseObject").selectAll().execute(), []);
});

test("a put that is killed in the middle leaves a part that its row still names, and no file", async () => {
  await using server = await startTestServer();
  const { id } = await newApplication(server.console);
  const path = join(root, "huge.bin");
  writeFileSync(path, "");
  truncateSync(path, 500_000_000);
  const { dataDirectory: data } = server;
  const child = spawn(
    process.execPath,
    [launcher, "file", "put", "--app", id, "--data", data, "--name", "huge.bin", path],
    { stdio: "ignore" },
  );
  const killed = once(child, "close");
  const hasBegun = () => objectsIn(data).length > 0;
  await eventually("the upload to begin", () => Promise.resolve(hasBegun() || child.exitCode !== null));
  child.kill("SIGKILL");
  await killed;
  const [object] = await server.db.selectFrom("looseObject").selectAll().execute();
  assert.deepEqual(objectsIn(data), [`${object!.checksum}.${object!.id}.part`]);
  assert.deepEqual((await must(server.console, "listFiles", { applicationId: id })).files, []);
});
