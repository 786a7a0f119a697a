import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  addAccount,
  ask,
  knownPassword,
  ManualClock,
  newApplication,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  RawPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

const hour = 3_600_000;
const second = 1_000;

onEachDatabase("session values", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  let application: Product;
  before(async () => {
    server = await startTestServer({ clock, settings: { ...(await newDatabase()), pingInterval: "30d" } });
    application = await newApplication(server.console);
    await addAccount(server, application, { login: "anna" });
  });
  after(() => server[Symbol.asyncDispose]());

  const set = (peer: RawPeer, key: unknown, value: unknown, ttl?: unknown) =>
    ask(peer, packet.setSessionValue, { key, value, ...(ttl !== undefined && { ttl }) });
  const get = (peer: RawPeer, key: unknown) => ask(peer, packet.getSessionValue, { key });
  const remove = (peer: RawPeer, key: unknown) => ask(peer, packet.deleteSessionValue, { key });
  const open = () => openLive(server, application);

  test("[LP-VAL-1] a value is set, read, overwritten and deleted; what is not there answers 700", async () => {
    await using peer = await open();
    assert.deepEqual(await get(peer, "k"), { status: 700 });
    assert.deepEqual(await remove(peer, "k"), { status: 700 });
    assert.deepEqual(await set(peer, "k", "one"), { status: 1 });
    assert.deepEqual(await get(peer, "k"), { value: "one", status: 1 });
    assert.deepEqual(await set(peer, "k", ""), { status: 1 });
    assert.deepEqual(await get(peer, "k"), { value: "", status: 1 });
    assert.deepEqual(await get(peer, "K"), { status: 700 });
    assert.deepEqual(await remove(peer, "k"), { status: 1 });
    assert.deepEqual(await remove(peer, "k"), { status: 700 });
    assert.deepEqual(await get(peer, "k"), { status: 700 });
  });

  test("[LP-VAL-1] 64 entries have room, the next answers 702 and is not there; a free place can be used again", async () => {
    await using peer = await open();
    for (let n = 0; n < 64; n++) assert.deepEqual(await set(peer, `k${n}`, "x"), { status: 1 });
    assert.deepEqual(await set(peer, "one more", "x"), { status: 702 });
    assert.deepEqual(await get(peer, "one more"), { status: 700 });
    assert.deepEqual(await set(peer, "k0", "overwritten"), { status: 1 });
    assert.deepEqual(await remove(peer, "k1"), { status: 1 });
    assert.deepEqual(await set(peer, "one more", "x"), { status: 1 });
    await using other = await open();
    assert.deepEqual(await set(other, "its own", "x"), { status: 1 });
  });

  test("[LP-VAL-1] 16,384 bytes of values have room, in UTF-8; the next answers 701 and leaves what was there", async () => {
    await using peer = await open();
    assert.deepEqual(await set(peer, "keys do not count".padEnd(256, "!"), "x".repeat(16_380)), { status: 1 });
    assert.deepEqual(await set(peer, "k", "🔑"), { status: 1 });
    assert.deepEqual(await set(peer, "l", "x"), { status: 701 });
    assert.deepEqual(await set(peer, "l", ""), { status: 1 });
    assert.deepEqual(await set(peer, "k", "🔑!"), { status: 701 });
    assert.deepEqual(await get(peer, "k"), { value: "🔑", status: 1 });
    assert.deepEqual(await set(peer, "k", "four"), { status: 1 });
    await using other = await open();
    assert.deepEqual(await set(other, "k", "é".repeat(8192)), { status: 1 });
    assert.deepEqual(await set(other, "k", "é".repeat(8192) + "x"), { status: 701 });
  });

  test("[LP-VAL-1] without room for either 702 comes before 701", async () => {
    await using peer = await open();
    for (let n = 0; n < 64; n++) await set(peer, `k${n}`, "x".repeat(256));
    assert.deepEqual(await set(peer, "one more", "x"), { status: 702 });
    assert.deepEqual(await set(peer, "k0", "x".repeat(257)), { status: 701 });
  });

  test("[LP-VAL-1] of two writes that race for the last place exactly one gets it", async () => {
    for (let turn = 0; turn < 5; turn++) {
      await using peer = await open();
      for (let n = 0; n < 63; n++) await set(peer, `k${n}`, "x");
      const ids = ["a", "b", "c"].map((key) => peer.send(packet.setSessionValue, { key, value: "x" }));
      const answers = [await peer.next(), await peer.next(), await peer.next()];
      assert.deepEqual(answers.map(({ id }) => id as number).toSorted(), ids.toSorted());
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [1, 702, 702]);
    }
  });

  test("[LP-VAL-1] of two writes that race for the last bytes exactly one gets them", async () => {
    await using peer = await open();
    for (const key of ["a", "b"]) peer.send(packet.setSessionValue, { key, value: "x".repeat(10_000) });
    const statuses = [(await peer.next())["status"], (await peer.next())["status"]];
    assert.deepEqual(statuses.toSorted(), [1, 701]);
  });

  test("[LP-VAL-1] lasts 72 h unless a positive ttl says otherwise; overwriting renews it, reading does not", async () => {
    await using peer = await open();
    const present = async (...keys: string[]) => {
      const found = [];
      for (const key of keys) if ((await get(peer, key))["status"] === 1) found.push(key);
      return found;
    };
    await set(peer, "default", "x");
    await set(peer, "zero", "x", 0);
    await set(peer, "negative", "x", -5);
    await set(peer, "long", "x", 300_000);
    await set(peer, "huge", "x", Number.MAX_SAFE_INTEGER);
    await set(peer, "short", "x", 10);
    await set(peer, "renewed", "x", 10);
    await clock.advance(9 * second);
    await set(peer, "renewed", "y", 10);
    assert.deepEqual(await present("short", "renewed"), ["short", "renewed"]);
    await clock.advance(1 * second);
    assert.deepEqual(await present("short", "renewed"), ["renewed"]);
    assert.deepEqual(await remove(peer, "short"), { status: 700 });
    await clock.advance(9 * second);
    assert.deepEqual(await present("renewed"), []);
    // As if 72 h had gone by: no peer holds still for so long.
    const soon = clock.now() + 72 * hour - 19 * second;
    const rows = await server.db.selectFrom("sessionValue").select(["key", "expiresAt"]).execute();
    const lasting = new Map(rows.map(({ key, expiresAt }) => [key, expiresAt - soon]));
    assert.deepEqual(
      ["default", "zero", "negative"].map((key) => lasting.get(key)),
      [0, 0, 0],
    );
    assert.equal(lasting.get("long"), 300_000 * second - 72 * hour);
    assert.ok((lasting.get("huge") ?? 0) > 0);
  });

  test("[LP-VAL-1] entries that have expired take no room", async () => {
    await using peer = await open();
    for (let n = 0; n < 64; n++) await set(peer, `k${n}`, "x".repeat(256), 1);
    assert.deepEqual(await set(peer, "next", "x"), { status: 702 });
    await clock.advance(second);
    assert.deepEqual(await set(peer, "next", "x".repeat(16_384)), { status: 1 });
  });

  test("[LP-VAL-1] values are the session's own, and nobody else's of the same client or account", async () => {
    await using peer = await open();
    await using twin = await open();
    for (const one of [peer, twin]) {
      await ask(one, packet.authorizeByCredentials, { login: "anna", password: knownPassword });
    }
    await set(peer, "k", "mine");
    assert.deepEqual(await get(twin, "k"), { status: 700 });
    assert.deepEqual(await remove(twin, "k"), { status: 700 });
    assert.deepEqual(await get(peer, "k"), { value: "mine", status: 1 });
  });

  test("[LP-OUT-5] values outlive a logout and a resume, and end with the session", async () => {
    await using peer = await open();
    await ask(peer, packet.authorizeByCredentials, { login: "anna", password: knownPassword });
    await set(peer, "k", "kept");
    await ask(peer, packet.logout);
    assert.deepEqual(await get(peer, "k"), { value: "kept", status: 1 });
    peer.socket.close(1001);
    await peer.closing();
    await using again = await RawPeer.connect(server.url, { "resume-id": peer.resumeId });
    assert.deepEqual(await get(again, "k"), { value: "kept", status: 1 });
    again.socket.close(1000);
    await again.closing();
    const left = await server.db.selectFrom("sessionValue").select("key").where("value", "=", "kept").execute();
    assert.deepEqual(left, []);
  });

  const malformed = {
    "an empty key": [packet.setSessionValue, { key: "", value: "x" }],
    "a key of 257 characters": [packet.setSessionValue, { key: "🔑".repeat(257), value: "x" }],
    "a key that is no text": [packet.getSessionValue, { key: 1 }],
    "no key": [packet.deleteSessionValue, {}],
    "a value that is no text": [packet.setSessionValue, { key: "k", value: 1 }],
    "no value": [packet.setSessionValue, { key: "k" }],
    "a ttl that is no integer": [packet.setSessionValue, { key: "k", value: "x", ttl: 1.5 }],
    "a ttl that is null": [packet.setSessionValue, { key: "k", value: "x", ttl: null }],
    "a key with NUL": [packet.setSessionValue, { key: "\0", value: "x" }],
  } as const;
  for (const [what, [type, fields]] of Object.entries(malformed)) {
    test(`[LP-ENV-3] ${what} closes with 4302`, async () => {
      await using peer = await open();
      peer.send(type, fields);
      assert.equal((await peer.closing()).code, 4302);
    });
  }

  test("[LP-VAL-1] a key of 256 characters is one, and before initialize they all close with 4200", async () => {
    await using peer = await open();
    const key = "🔑".repeat(256);
    assert.deepEqual(await set(peer, key, "x"), { status: 1 });
    assert.deepEqual(await get(peer, key), { value: "x", status: 1 });
    for (const type of [packet.setSessionValue, packet.getSessionValue, packet.deleteSessionValue]) {
      await using early = await RawPeer.connect(server.url);
      early.send(type, { key: "k", value: "x" });
      assert.equal((await early.closing()).code, 4200);
    }
  });
});
