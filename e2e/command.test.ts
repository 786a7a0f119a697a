import assert from "node:assert/strict";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readdirSync, statSync, writeFileSync, writeSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, test } from "node:test";
import { type ApplicationSettings, CloseCode, type KeyKind, keyKinds, operations, Status } from "@latchkey/protocol";
import { openConsole, readConfig, systemClock } from "@latchkey/server";
import { newApplication, newLicense, RawPeer } from "@latchkey/testkit";
import { json, latchkey, newDirectory, refuses, root, serve } from "./latchkey.ts";

interface App {
  readonly id: string;
  readonly name: string;
  readonly websocketApiKey: string;
  readonly apiKeys: Readonly<Partial<Record<KeyKind, string>>>;
  readonly settings: ApplicationSettings;
  readonly createdAt: string;
}

interface License {
  readonly id: string;
  readonly license: string;
  readonly state: string;
  readonly createdAt: string;
}

interface Account {
  readonly id: string;
  readonly email: string;
  readonly createdAt: string;
}

interface Diagnosis {
  readonly settings: readonly Readonly<Record<string, string>>[];
  readonly checks: readonly { readonly name: string; readonly result: string; readonly message: string }[];
}

interface Step {
  readonly page: string;
  readonly call: string;
  readonly number?: number;
  readonly name: string;
  readonly expected: number | string;
}

async function authorize(url: string, websocketApiKey: string, license: string): Promise<RawPeer> {
  const peer = await RawPeer.connect(url);
  const fields = { websocket_api_key: websocketApiKey, client_id: "command-test" };
  assert.equal((await peer.request(operations.initialize.type, fields))["status"], Status.Ok);
  assert.equal((await peer.request(operations.authorizeByLicense.type, { license }))["status"], Status.Ok);
  return peer;
}

/** An application and a license of it, without a command's start. */
async function prepare(data: string) {
  const read = readConfig({ data });
  assert.ok("config" in read);
  await using console = await openConsole(read.config, { clock: systemClock, log: silent });
  const application = await newApplication(console);
  return { ...application, license: await newLicense(console, application) };
}

const silent = { info: () => undefined, error: () => undefined };

describe("with --json a command prints one value and nothing else", () => {
  const data = newDirectory();
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

  test("app create, list, show", async () => {
    const created = await json<App>(
      "app",
      "create",
      "--name",
      "My Product",
      "--set",
      "passwordMinLength=9",
      "--data",
      data,
    );
    assert.deepEqual(Object.keys(created), ["id", "name", "websocketApiKey", "apiKeys"]);
    assert.deepEqual(Object.keys(created.apiKeys), [...keyKinds]);
    const listed = await json<App[]>("app", "list", "--data", data);
    const shown = await json<App>("app", "show", created.id, "--data", data);
    assert.deepEqual(listed, [shown]);
    assert.equal(shown.settings.passwordMinLength, 9);
    assert.match(shown.createdAt, instant);
    assert.equal(shown.apiKeys.BL, undefined, "the BL key is shown once, at the creation");
  });

  test("license create, list, show by id and by key", async () => {
    const { id } = await json<App>("app", "create", "--name", "Licensed", "--data", data);
    const plan = ["--duration", "30d", "--levels", "pro,beta", "--seats", "2", "--comment", "c", "--bind-client"];
    const created = await json<License[]>("license", "create", "--app", id, "--count", "3", ...plan, "--data", data);
    assert.deepEqual(created.map(Object.keys), Array(3).fill(["id", "license"]));
    const listed = await json<License[]>("license", "list", "--app", id, "--data", data);
    assert.deepEqual(listed.map((license) => license.id).toSorted(), created.map((l) => l.id).toSorted());
    const byId = await json<License>("license", "show", created[0]!.id, "--data", data);
    const byKey = await json<License>("license", "show", created[0]!.license, "--app", id, "--data", data);
    assert.deepEqual(byId, byKey);
    assert.match(byId.createdAt, instant);
    assert.deepEqual(byId, {
      id: created[0]!.id,
      applicationId: id,
      license: created[0]!.license,
      state: "available",
      levels: ["pro", "beta"],
      comment: "c",
      duration: "P30D",
      seats: 2,
      bindsClient: true,
      createdAt: byId.createdAt,
    });
  });

  test("account list and show", async () => {
    const { id, apiKeys } = await json<App>("app", "create", "--name", "With accounts", "--data", data);
    await using server = await serve(data);
    const body = JSON.stringify({ email: "alice@wonderland.example", password: "wonderland" });
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(`${server.url}/${id}/${apiKeys.REST}/users/register`, { method: "POST", headers, body });
    assert.equal(answer.status, 200);
    const [listed] = await json<Account[]>("account", "list", "--app", id, "--data", data);
    assert.equal(listed!.email, "alice@wonderland.example");
    assert.match(listed!.createdAt, instant);
    assert.deepEqual(await json<Account>("account", "show", listed!.id, "--data", data), listed);
  });

  test("migrate, doctor, serve", async () => {
    assert.deepEqual(await json("migrate", "--data", data), { database: data });
    const { settings, checks } = await json<Diagnosis>("doctor", "--port", "0", "--data", data);
    assert.deepEqual(Object.keys(settings[0]!), ["name", "value", "source", "from"]);
    assert.deepEqual(new Set(checks.map((check) => check.result)), new Set(["ok", "warning"]));
    await using server = await serve(newDirectory(), "--json");
    const said = server.lines.map((line) => JSON.parse(line) as Readonly<Record<string, string>>);
    assert.deepEqual(
      said.map(({ setUpLink, ...rest }) => ({ ...rest, hasLink: setUpLink?.startsWith(`${server.url}/#/set-up/`) })),
      [{ url: server.url, hasLink: true }],
      "no banner, not even first",
    );
  });
});

test("without --json a command prints aligned text", async () => {
  const data = newDirectory();
  const { stdout } = await latchkey(["app", "create", "--name", "My Product", "--data", data]);
  assert.match(stdout, /^Application {4}My Product\nId {13}[0-9A-F-]{36}\n/);
  const id = /^Id\s+(\S+)$/m.exec(stdout)?.[1] ?? "";
  const plan = ["--duration", "36h", "--levels", "pro"];
  const created = await latchkey(["license", "create", "--app", id, ...plan, "--data", data]);
  assert.match(created.stdout, /^LICENSE {2,}ID\n[0-9A-Z-]{29} {2}[0-9a-f-]{36}\n$/);
  const listed = await latchkey(["license", "list", "--app", id, "--data", data]);
  assert.match(listed.stdout, /available {2}pro {5}- {6}1d 12h /);
  assert.match(
    (await latchkey(["app", "list", "--data", data])).stdout,
    /My Product {2}1\.0 {6}\d{4}-\d\d-\d\d .* UTC/,
  );
});

test("wrong usage exits with 2, says so on standard error, and prints nothing", async () => {
  const wrong = [
    [],
    ["app", "create"],
    ["license", "create", "--app", "x", "--levels", "x".repeat(65), "--data", newDirectory()],
  ];
  for (const args of wrong) {
    const { code, stdout, stderr } = await latchkey(args);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.notEqual(stderr, "", args.join(" "));
  }
});

test("a refused operation exits with 1 and one line that says why", async () => {
  const data = newDirectory();
  await refuses(/6 to 32 characters/, ["app", "create", "--name", "Short", "--data", data]);
  await refuses(/no such application/, ["app", "show", "x", "--data", data, "--json"]);
  await refuses(/no such license/, ["license", "show", "x", "--data", data]);
});

describe("what the world outside gets wrong is one clear line and exit code 1", { concurrency: 2 }, () => {
  test("a data directory that cannot be written to", async () => {
    const file = join(root, "a-file");
    writeFileSync(file, "");
    await refuses(/a-file is a file, not a directory/, ["serve", "--port", "0", "--data", file]);
    for (const data of [join(file, "below"), "/proc/latchkey"]) {
      await refuses(/the data directory \S+ cannot be written to/, ["serve", "--port", "0", "--data", data]);
    }
  });

  test("data from a newer version", async () => {
    const data = newDirectory();
    await json("migrate", "--data", data);
    using database = new DatabaseSync(join(data, "latchkey.db"));
    database.exec("insert into kysely_migration (name, timestamp) values ('9999-tomorrow', '')");
    await refuses(/newer version of Latchkey .*9999-tomorrow/, ["serve", "--port", "0", "--data", data]);
  });

  test("a second server on the same data", async () => {
    const data = newDirectory();
    await using _ = await serve(data);
    await refuses(/another server runs on/, ["serve", "--port", "0", "--data", data]);
  });

  test("a database that another process keeps locked", async () => {
    const data = newDirectory();
    await json("migrate", "--data", data);
    using database = new DatabaseSync(join(data, "latchkey.db"));
    database.exec("begin exclusive");
    assert.deepEqual(await json("app", "list", "--data", data), [], "whoever only reads does not mind");
    await refuses(/is locked by another process/, ["app", "create", "--name", "My Product", "--data", data]);
  });

  test("a damaged database, and a file that is none", async () => {
    const data = newDirectory();
    mkdirSync(data);
    writeFileSync(join(data, "latchkey.db"), "not a database at all, but long enough to look at".repeat(100));
    await refuses(/is not a database/, ["serve", "--port", "0", "--data", data]);
    const damaged = newDirectory();
    await json("migrate", "--data", damaged);
    const file = openSync(join(damaged, "latchkey.db"), "r+");
    writeSync(file, Buffer.alloc(60_000, "damage"), 0, 60_000, 4096);
    closeSync(file);
    await refuses(/is damaged/, ["serve", "--port", "0", "--data", damaged]);
  });

  test("a port in use, and a host that is not this machine", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const data = newDirectory();
    await refuses(new RegExp(`port ${port} of 127.0.0.1 is in use`), ["serve", "--port", port, "--data", data]);
    const { code, stdout } = await latchkey(["doctor", "--port", port, "--data", data, "--json"]);
    const check = (JSON.parse(stdout) as Diagnosis).checks.find(({ name }) => name === "port");
    assert.deepEqual([code, check?.result], [1, "failed"]);
    taken.close();
    await refuses(/192\.0\.2\.1 is not an address of this machine/, ["serve", "--host", "192.0.2.1", "--data", data]);
  });

  test("settings that are unknown or do not fit, wherever they stand", async () => {
    const data = newDirectory();
    const list = ["app", "list", "--data", data];
    await refuses(/LATCHKEY_PROT is not a setting: did you mean LATCHKEY_PORT\?/, list, {
      environment: { LATCHKEY_PROT: "1" },
    });
    mkdirSync(data);
    writeFileSync(join(data, "latchkey.toml"), "hash_memry = 20000\n");
    await refuses(/hash_memry in latchkey.toml is not a setting: did you mean hash_memory\?/, list);
    writeFileSync(join(data, "latchkey.toml"), 'database = "postgres://me:hunter2@db/x\n');
    await refuses(/latchkey\.toml cannot be read: line 1: (?!.*hunter2)/, list);
  });

  test("PostgreSQL that cannot be reached, without the password in its URL", async () => {
    const url = "postgres://me:hunter2@127.0.0.1:1/app";
    await refuses(/PostgreSQL at 127\.0\.0\.1:1 cannot be reached(?!.*hunter2)/, ["serve", "--database", url]);
    const { code, stdout, stderr } = await latchkey(["doctor", "--database", url, "--data", newDirectory()]);
    assert.equal(code, 1);
    assert.match(stdout, /postgres:\/\/me:\*\*\*@127\.0\.0\.1:1\/app +--database/);
    assert.doesNotMatch(stdout + stderr, /hunter2/);
  });

  test("a Node that is too old", async () => {
    const pretend = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'24.6.0'})";
    const { code, stderr } = await latchkey(["app", "list"], { nodeArgs: ["--import", pretend] });
    assert.deepEqual([code, stderr], [1, "latchkey: needs Node 24.7 or later, and this is v24.6.0\n"]);
  });
});

describe("serve", { concurrency: 2 }, () => {
  test("the first start prints the keys of a demo application that works; with an owner the next one prints one line", async () => {
    const data = newDirectory();
    const banner = await (async () => {
      await using server = await serve(data);
      const text = server.lines.join("\n");
      const field = (name: string) => new RegExp(`^${name} +(\\S+)`, "m").exec(text)?.[1] ?? "";
      assert.match(text, /Demo Product/);
      assert.equal(server.lines.at(-1), `listening on ${server.url}`);
      assert.match(field("BL key"), /^[0-9A-F-]{36}$/);
      await using _ = await authorize(server.url, field("WebSocket key"), field("License"));
      return text;
    })();
    assert.match(banner, /WebSocket key/);
    const owner = ["operator", "create", "--email", "me@example.com", "--name", "Me", "--role", "owner"];
    const { code } = await latchkey([...owner, "--password-stdin", "--data", data], { typed: "a long password" });
    assert.equal(code, 0);
    await using again = await serve(data);
    assert.deepEqual(again.lines, [`listening on ${again.url}`]);
    assert.equal((await json<App[]>("app", "list", "--data", data)).length, 1);
    assert.equal(statSync(data).mode & 0o777, 0o700);
  });

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    test(`[LP-CONN-6] ${signal} closes an open WebSocket with 1012 and exits with 0`, async () => {
      const data = newDirectory();
      const { websocketApiKey, license } = await prepare(data);
      await using server = await serve(data);
      await using peer = await authorize(server.url, websocketApiKey, license);
      server.kill(signal);
      assert.equal((await peer.closing()).code, CloseCode.ServerRestarting);
      assert.equal(await server.exited, 0);
      assert.ok(!readdirSync(data).includes("latchkey.db-wal"), "the database was closed in good order");
    });
  }

  test("a second signal does not wait for what is in flight", async () => {
    await using server = await serve(newDirectory());
    const { port, hostname } = new URL(server.url);
    const slow = connect(Number(port), hostname);
    slow.on("error", () => undefined);
    await once(slow, "connect");
    // A whole request first: its answer says that the server knows this connection and reads the next one.
    slow.write("GET /live HTTP/1.1\r\nHost: latchkey\r\n\r\nGET /live HTTP/1.1\r\n");
    await once(slow, "data");
    server.kill("SIGTERM");
    await server.logged("stopping");
    server.kill("SIGTERM");
    assert.equal(await server.exited, 1);
    slow.destroy();
  });

  test("a command beside a running server: what it makes works at once", async () => {
    const data = newDirectory();
    await using server = await serve(data);
    const { id, websocketApiKey } = await json<App>("app", "create", "--name", "My Product", "--data", data);
    const [created] = await json<License[]>("license", "create", "--app", id, "--data", data);
    await using _ = await authorize(server.url, websocketApiKey, created!.license);
    const { port } = new URL(server.url);
    const { checks } = await json<Diagnosis>("doctor", "--port", port, "--data", data);
    assert.match(checks.find(({ name }) => name === "port")!.message, /in use by a Latchkey/);
  });

  test("commands that begin at the same moment, on an empty directory, do not disturb each other", async () => {
    const data = newDirectory();
    mkdirSync(data, { mode: 0o700 });
    const names = ["Product 1", "Product 2", "Product 3", "Product 4"];
    await Promise.all(names.map((name) => json("app", "create", "--name", name, "--data", data)));
    const listed = await json<App[]>("app", "list", "--data", data);
    assert.deepEqual(listed.map(({ name }) => name).toSorted(), names);
  });

  test("after kill -9 and a restart everything is there", async () => {
    const data = newDirectory();
    const { id, websocketApiKey, license } = await prepare(data);
    await (async () => {
      await using server = await serve(data);
      await using _ = await authorize(server.url, websocketApiKey, license);
      server.kill("SIGKILL");
      assert.equal(await server.exited, "SIGKILL");
    })();
    const shown = await json<License>("license", "show", license, "--app", id, "--data", data);
    assert.equal(shown.state, "activated");
    await using server = await serve(data);
    await using _ = await authorize(server.url, websocketApiKey, license);
  });
});

test("doctor names every setting, its value and where it comes from", async () => {
  const data = newDirectory();
  mkdirSync(data, { mode: 0o755 });
  writeFileSync(join(data, "latchkey.toml"), "hash_passes = 3\nport = 1\n");
  const environment = { LATCHKEY_RESUME_WINDOW: "10m", LATCHKEY_PORT: "2" };
  const { code, stdout } = await latchkey(["doctor", "--port", "0", "--data", data], { environment });
  assert.equal(code, 0);
  assert.match(stdout, /^port +0 +--port$/m);
  assert.match(stdout, /^resumeWindow +10m +LATCHKEY_RESUME_WINDOW$/m);
  assert.match(stdout, /^hashPasses +3 +hash_passes in latchkey\.toml$/m);
  assert.match(stdout, /^pingInterval +30s +default$/m);
  assert.match(stdout, /^data directory +warning .* mode 0755/m);
  assert.match(stdout, /^database +ok /m);
});

test("demo: every step comes out as it must, and nothing is left behind", async () => {
  const temporary = newDirectory();
  mkdirSync(temporary);
  const { code, stdout, stderr } = await latchkey(["demo", "--json"], { environment: { TMPDIR: temporary } });
  assert.deepEqual([code, stderr], [0, ""]);
  const { steps } = JSON.parse(stdout) as { readonly steps: readonly Step[] };
  const pages = new Set(steps.map(({ page }) => page));
  assert.deepEqual(pages, new Set(["session.logout", "session.create_account", "UserService.logout"]));
  for (const { call, number, name, expected } of steps) assert.equal(number ?? name, expected, call);
  assert.deepEqual(readdirSync(temporary), []);
});
