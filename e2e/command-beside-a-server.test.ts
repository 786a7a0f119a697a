import assert from "node:assert/strict";
import { after, before, describe, test, type TestContext } from "node:test";
import { CloseCode, CredentialsType, operations, Status } from "@latchkey/protocol";
import { type Console, openConsole, readConfig, systemClock } from "@latchkey/server";
import { must, newApplication, newLicense, onEachDatabase, type Product, RawPeer, within } from "@latchkey/testkit";
import { json, latchkey, newDirectory, refuses, serve } from "./latchkey.ts";

type Named = Readonly<Record<"id" | "license" | "state" | "status" | "clientId", string>>;

const { initialize, authorizeByLicense, authorizeByCredentials, getVariable, logout } = operations;
const password = "wonderland";
const silent = { info: () => undefined, error: () => undefined };

interface House extends AsyncDisposable {
  /** Of a server in a process of its own. */
  readonly url: string;
  /** The flags of commands that work on its data. */
  readonly on: readonly string[];
  /** Sets things up without the start of a command. */
  readonly console: Console;
}

async function openHouse(settings: Readonly<Record<string, string>> = {}): Promise<House> {
  await using opened = new AsyncDisposableStack();
  const given = { data: newDirectory(), ...settings };
  const on = Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]);
  const { url } = opened.use(await serve(given.data, ...on));
  const read = readConfig(given);
  assert.ok("config" in read);
  const console = opened.use(await openConsole(read.config, { clock: systemClock, log: silent }));
  const house = opened.move();
  return { url, on, console, [Symbol.asyncDispose]: () => house.disposeAsync() };
}

/** A client that has initialized and listens to events. */
async function listen({ url }: House, { websocketApiKey }: Product): Promise<RawPeer> {
  const peer = await RawPeer.connect(url);
  await granted(peer, initialize.type, { websocket_api_key: websocketApiKey, client_id: "client-1" });
  await granted(peer, operations.setPanelEventsSubscription.type, { subscribed: true });
  return peer;
}

async function granted(peer: RawPeer, type: number, fields: object) {
  const answer = await peer.request(type, fields);
  assert.equal(answer["status"], Status.Ok, answer.frame);
  return answer;
}

/** The event that a command sets off; tells how long after the command's end it came. Nothing depends on that time. */
async function eventOf(t: TestContext, peer: RawPeer, args: readonly string[]) {
  const event = peer.next().then((frame) => ({ frame, at: performance.now() }));
  // Why a command has failed is told first.
  event.catch(() => undefined);
  await json(...args);
  const endedAt = performance.now();
  const { frame, at } = await within(event, `an event after "latchkey ${args.join(" ")}"`);
  t.diagnostic(`${args.slice(0, 2).join(" ")}: the event came ${Math.round(at - endedAt)} ms after the command's end`);
  return { type: frame["event_type"], content: frame["content"] };
}

onEachDatabase("a command reaches the clients of a running server", (newDatabase) => {
  let house: House;
  before(async () => {
    house = await openHouse(await newDatabase());
  });
  after(() => house[Symbol.asyncDispose]());

  test("license pause: the event 205, and authorized no more", async (t) => {
    const app = await newApplication(house.console);
    const license = await newLicense(house.console, app);
    await using peer = await listen(house, app);
    await granted(peer, authorizeByLicense.type, { license });
    const { type } = await eventOf(t, peer, ["license", "pause", license, "--app", app.id, ...house.on]);
    assert.equal(type, 205);
    assert.equal((await peer.request(logout.type))["status"], Status.NotAuthorized);
  });

  test("session end: the event 1, and the close 4100", async (t) => {
    const app = await newApplication(house.console);
    await using peer = await listen(house, app);
    const [session] = await json<Named[]>("session", "list", "--app", app.id, ...house.on);
    assert.equal(session!.clientId, "client-1");
    assert.equal((await eventOf(t, peer, ["session", "end", session!.id, ...house.on])).type, 1);
    assert.equal((await peer.closing()).code, CloseCode.DisconnectedFromPanel);
  });

  test("app pause: the event 101, and the close 4101", async (t) => {
    const app = await newApplication(house.console);
    await using peer = await listen(house, app);
    assert.equal((await eventOf(t, peer, ["app", "pause", app.id, ...house.on])).type, 101);
    assert.equal((await peer.closing()).code, CloseCode.AppPaused);
  });

  test("account disable: the event 813, and authorized no more", async (t) => {
    const app = await newApplication(house.console);
    const { account } = await must(house.console, "addAccount", {
      applicationId: app.id,
      credentialsType: CredentialsType.LoginPassword,
      identity: "alice",
      password,
    });
    await using peer = await listen(house, app);
    await granted(peer, authorizeByCredentials.type, { login: "alice", password });
    const event = await eventOf(t, peer, ["account", "disable", account.id, ...house.on]);
    assert.deepEqual(event, { type: 813, content: { by: "operator" } });
    assert.equal((await peer.request(logout.type))["status"], Status.NotAuthorized);
  });
});

describe("what each command does", () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house[Symbol.asyncDispose]());

  test("app update, unpause, rotate-keys and delete", async (t) => {
    const { console, on } = house;
    const app = await newApplication(console);
    await using peer = await listen(house, app);
    const updated = await eventOf(t, peer, ["app", "update", app.id, "--version", "2.0", ...on]);
    assert.deepEqual(updated, { type: 102, content: { version: "2.0" } });
    await must(console, "pauseApplication", { applicationId: app.id });
    await json("app", "unpause", app.id, ...on);
    const rotated = await json<Product>("app", "rotate-keys", app.id, ...on);
    assert.notEqual(rotated.websocketApiKey, app.websocketApiKey);
    const again = await listen(house, rotated);
    assert.equal((await eventOf(t, again, ["app", "delete", app.id, "--yes", ...on])).type, 100);
    assert.equal((await again.closing()).code, CloseCode.AppDeleted);
    await refuses(/no such application/, ["app", "show", app.id, ...on]);
  });

  test("license unpause, extend, reset-client, blacklist, unblacklist, reinitialize, delete", async (t) => {
    const { console, on } = house;
    const app = await newApplication(console);
    const license = await newLicense(console, app, { durationMs: 1_000_000 });
    await using peer = await listen(house, app);
    await granted(peer, authorizeByLicense.type, { license });
    const named = [license, "--app", app.id, ...on];
    assert.equal((await eventOf(t, peer, ["license", "extend", ...named, "--duration", "1d"])).type, 800);
    assert.equal((await eventOf(t, peer, ["license", "reset-client", ...named])).type, 200);
    assert.equal((await eventOf(t, peer, ["license", "blacklist", ...named])).type, 201);
    const listed = await json<Named[]>("license", "list", "--app", app.id, "--state", "blacklisted", ...on);
    assert.equal(listed[0]?.license, license);
    assert.equal((await json<Named>("license", "unblacklist", ...named)).state, "activated");
    await must(console, "pauseLicense", { license, applicationId: app.id });
    assert.equal((await json<Named>("license", "unpause", ...named)).state, "activated");
    const { id, state } = await json<Named>("license", "reinitialize", ...named);
    assert.equal(state, "available");
    const { code, stderr } = await latchkey(["license", "delete", id, ...on]);
    assert.deepEqual([code, stderr], [2, 'latchkey: "license delete" cannot be undone: say --yes to do it\n']);
    await json("license", "delete", id, "--yes", ...on);
    await refuses(/no such license/, ["license", "show", id, ...on]);
  });

  test("account create, enable, blacklist, unblacklist, set-password, delete, and license link", async (t) => {
    const { console, on } = house;
    const app = await newApplication(console);
    const create = ["account", "create", "--app", app.id, "--login", "alice", "--password-stdin", "--json", ...on];
    const created = await latchkey(create, { typed: `${password}\n` });
    assert.deepEqual([created.code, created.stderr], [0, ""]);
    const { id } = JSON.parse(created.stdout) as Named;
    await must(console, "disableAccount", { accountId: id });
    assert.equal((await json<Named>("account", "enable", id, ...on)).status, "enabled");
    await using peer = await listen(house, app);
    await granted(peer, authorizeByCredentials.type, { login: "alice", password });
    assert.equal((await eventOf(t, peer, ["account", "blacklist", id, ...on])).type, 811);
    await json("account", "unblacklist", id, ...on);
    const typed = "looking-glass";
    assert.equal((await latchkey(["account", "set-password", id, "--password-stdin", ...on], { typed })).code, 0);
    await granted(peer, authorizeByCredentials.type, { login: "alice", password: typed });
    const license = await newLicense(console, app, { levels: ["pro"] });
    const link = ["license", "link", license, "--app", app.id, "--account", id, ...on];
    assert.deepEqual(await eventOf(t, peer, link), { type: 801, content: { levels: "pro" } });
    assert.equal((await eventOf(t, peer, ["account", "delete", id, "--yes", ...on])).type, 810);
    assert.deepEqual(await json("account", "list", "--app", app.id, ...on), []);
  });

  test("variable set, get, list, delete", async () => {
    const app = await newApplication(house.console);
    const of = ["--app", app.id, ...house.on];
    await using peer = await listen(house, app);
    await json("variable", "set", "--name", "motd", "--value", "hello", "--public", ...of);
    assert.equal((await granted(peer, getVariable.type, { name: "motd" }))["content"], "hello");
    assert.equal((await latchkey(["variable", "get", "--name", "motd", ...of])).stdout, "hello\n");
    assert.deepEqual(await json("variable", "list", ...of), [{ name: "motd", content: "hello", public: true }]);
    await json("variable", "delete", "--name", "motd", "--yes", ...of);
    await refuses(/no such variable/, ["variable", "get", "--name", "motd", ...of]);
  });

  test("column set, list, delete", async () => {
    const app = await newApplication(house.console);
    const of = ["--app", app.id, ...house.on];
    const [plan, seats] = [
      ["--name", "plan"],
      ["--name", "seats"],
    ];
    await json("column", "set", ...plan, "--type", "STRING", "--required", "--default", "free", ...of);
    await json("column", "set", ...seats, "--type", "INT", "--unique", ...of);
    const free = { name: "plan", type: "STRING", required: true, unique: false, defaultValue: "free" };
    const unique = { name: "seats", type: "INT", required: false, unique: true, defaultValue: null };
    const createdBy = "operator";
    assert.deepEqual(await json("column", "list", ...of), [
      { ...free, createdBy },
      { ...unique, createdBy },
    ]);
    assert.match(
      (await latchkey(["column", "list", ...of])).stdout,
      /plan {3}STRING {2}required {2}"free" {3}operator/,
    );
    await refuses(/taken by the server/, ["column", "set", "--name", "email", "--type", "STRING", ...of]);
    await refuses(/does not suit/, ["column", "set", ...seats, "--type", "INT", "--default", '"x"', ...of]);
    const { code, stderr } = await latchkey(["column", "set", ...seats, "--type", "INT", "--default", "x", ...of]);
    assert.deepEqual([code, stderr], [2, "latchkey: --default is no JSON, which a value of INT needs\n"]);
    await json("column", "delete", ...plan, "--yes", ...of);
    await refuses(/no such column/, ["column", "delete", ...plan, "--yes", ...of]);
  });

  test("blacklist add, list, remove", async (t) => {
    const app = await newApplication(house.console);
    const of = ["--app", app.id, ...house.on];
    const peer = await listen(house, app);
    await eventOf(t, peer, ["blacklist", "add", "--client", "client-1", ...of]);
    await peer.closing();
    const entries = await json<{ readonly value: string }[]>("blacklist", "list", ...of);
    assert.equal(entries[0]?.value, "client-1");
    await json("blacklist", "remove", "--client", "client-1", ...of);
    await refuses(/not on the application's blacklist/, ["blacklist", "remove", "--client", "client-1", ...of]);
    await using _ = await listen(house, app);
  });
});
