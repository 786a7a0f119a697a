import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { Session } from "@latchkey/client";
import { RestPeer, within } from "@latchkey/testkit";
import { buildBinary } from "../scripts/build-binary.ts";

interface App {
  readonly id: string;
  readonly websocketApiKey: string;
  readonly apiKeys: { readonly JS: string };
}

/** Of "U*U*U". */
const bcrypt = "$2b$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a";
const root = mkdtempSync(join(tmpdir(), "latchkey-binary-"));
const executable = join(root, "latchkey");
const deadlineMs = 60_000;

before(() => buildBinary(executable));

after(() => {
  rmSync(root, { recursive: true });
});

/** An empty folder to run in, and an environment that leads to no Node: nothing but a place for temporary files. */
function newPlace() {
  const folder = mkdtempSync(join(root, "place-"));
  const temporary = mkdtempSync(join(root, "tmp-"));
  return { folder, temporary, env: { PATH: folder, TMPDIR: temporary } };
}

type Place = ReturnType<typeof newPlace>;

function start(args: readonly string[], { folder, env }: Place) {
  return spawn(executable, args, { cwd: folder, env, stdio: ["pipe", "pipe", "pipe"] });
}

async function run(args: readonly string[], place: Place, typed = "") {
  const child = start(args, place);
  child.stdin.end(typed);
  const stdout = child.stdout.toArray();
  const stderr = child.stderr.toArray();
  try {
    const [code] = await within(once(child, "close"), `"latchkey ${args.join(" ")}" to end`, deadlineMs);
    return { code, stdout: (await stdout).join(""), stderr: (await stderr).join("") };
  } finally {
    child.kill("SIGKILL");
  }
}

async function json<T>(args: readonly string[], place: Place, typed?: string): Promise<T> {
  const { code, stdout, stderr } = await run([...args, "--json"], place, typed);
  assert.deepEqual([code, stderr], [0, ""], args.join(" "));
  return JSON.parse(stdout) as T;
}

async function serve(place: Place) {
  const child = start(["serve", "--port", "0"], place);
  const exited = once(child, "exit");
  const logged: string[] = [];
  createInterface(child.stderr).on("line", (line) => logged.push(line));
  const ready = Promise.withResolvers<string>();
  createInterface(child.stdout).on("line", (line) => {
    const url = /^listening on (http:\S+)$/.exec(line)?.[1];
    if (url) ready.resolve(url);
  });
  child.once("exit", (code) => {
    ready.reject(new Error(`it ended with ${code} before it was ready`));
  });
  return {
    url: await within(ready.promise, "the executable to listen", deadlineMs),
    logged,
    async stop() {
      child.kill("SIGTERM");
      const [code] = await within(exited, "the executable to stop", deadlineMs);
      return code;
    },
    [Symbol.dispose]: () => void child.kill("SIGKILL"),
  };
}

test("[MG-BINARY-1] one file serves an SDK's client from an empty folder, and stops at SIGTERM", async () => {
  const place = newPlace();
  using server = await serve(place);
  const app = await json<App>(["app", "create", "--name", "Sold once"], place);
  const [license] = await json<{ license: string }[]>(["license", "create", "--app", app.id], place);
  await using session = new Session({ url: server.url });
  await session.connect();
  await session.initialize(app.websocketApiKey, "my-device");
  assert.equal((await session.authorize(license!.license)).good(), true);
  assert.equal(await server.stop(), 0);
  assert.deepEqual(readdirSync(place.folder), ["latchkey-data"]);
  assert.deepEqual(readdirSync(place.temporary), []);
});

test("[MG-BINARY-2] input, output and exit codes are those of the command", async () => {
  const place = newPlace();
  const { id } = await json<App>(["app", "create", "--name", "Typed at"], place);
  const create = ["account", "create", "--app", id, "--login", "anna", "--password-stdin"];
  assert.equal((await json<{ login: string }>(create, place, "correct horse\n")).login, "anna");
  const twice = await run(create, place, "correct horse\n");
  assert.deepEqual([twice.code, twice.stdout], [1, ""]);
  assert.match(twice.stderr, /^latchkey: .+\n$/);
  assert.equal((await run(["no-such-command"], place)).code, 2);
});

test("[MG-BINARY-3] the demo comes out as it must, the calls that block included", async () => {
  const place = newPlace();
  const { code, stdout, stderr } = await run(["demo"], place);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /all \d+ steps came out as they must\n$/);
  assert.deepEqual([readdirSync(place.folder), readdirSync(place.temporary)], [[], []]);
});

test("[MG-BINARY-4] the native part is loaded when it is needed, leaves nothing behind, and says where it could not", async () => {
  const place = newPlace();
  const app = await json<App>(["app", "create", "--name", "Moved in"], place);
  const file = join(place.folder, "accounts.csv");
  writeFileSync(file, `login,passwordHash\nann,${bcrypt}\nbob,${bcrypt}\n`);
  await json(["account", "import", file, "--app", app.id], place);
  {
    using server = await serve(place);
    const rest = new RestPeer(server.url, `/${app.id}/${app.apiKeys.JS}`);
    await rest.login("ann", "U*U*U");
    assert.deepEqual(readdirSync(place.temporary), []);
    await server.stop();
  }
  rmSync(place.temporary, { recursive: true });
  using server = await serve(place);
  const rest = new RestPeer(server.url, `/${app.id}/${app.apiKeys.JS}`);
  const { status } = await rest.post("/users/login", { login: "bob", password: "U*U*U" });
  assert.equal(status, 500);
  assert.match(server.logged.join("\n"), /code can be loaded from; TMPDIR names another/);
  mkdirSync(place.temporary);
  await rest.login("bob", "U*U*U");
});

test("[MG-BINARY-5] the dashboard is inside, with all that its page asks for", async () => {
  const place = newPlace();
  using server = await serve(place);
  const page = await fetch(`${server.url}/`, { headers: { Accept: "text/html" } });
  assert.match(page.headers.get("Content-Type") ?? "", /^text\/html/);
  const assets = Array.from((await page.text()).matchAll(/"(\/assets\/[^"]+)"/g), ([, path = ""]) => path);
  assert.ok(assets.length > 1);
  for (const path of assets) {
    const { status, headers } = await fetch(server.url + path);
    assert.equal(status, 200, path);
    assert.notEqual(headers.get("Content-Length"), "0", path);
  }
  assert.equal(await server.stop(), 0);
});
