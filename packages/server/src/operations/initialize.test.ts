import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  addAccount,
  ask,
  blacklistClient,
  type Cause,
  changeSettings,
  judge,
  knownPassword,
  newApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  pauseApplication,
  RawPeer,
  startTestServer,
  type TestServer,
  withoutTable,
} from "@latchkey/testkit";
import { sha256 } from "#crypto/tokens.ts";

const unknownKey = "BA0123456789ABCDEFGHI";

onEachDatabase("initialize", (newDatabase) => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ settings: await newDatabase() });
  });
  after(() => server[Symbol.asyncDispose]());

  async function initialize(websocketApiKey: string, clientId: string): Promise<Record<string, unknown>> {
    await using peer = await RawPeer.connect(server.url);
    return await ask(peer, packet.initialize, { websocket_api_key: websocketApiKey, client_id: clientId });
  }

  test("it answers name and version of the application and the resume id, and nothing else", async () => {
    const { websocketApiKey } = await newApplication(server.console);
    await using peer = await RawPeer.connect(server.url);
    const answer = await ask(peer, packet.initialize, {
      websocket_api_key: websocketApiKey,
      client_id: "client",
      protocol_version: 7,
    });
    assert.deepEqual(answer, { status: 1, app_name: "Test product", app_version: "1.0", resume_id: peer.resumeId });
  });

  test("[LP-INIT-1] a key of the wrong length answers 2, one that no application has 600", async () => {
    for (const [key, status] of [
      ["", 2],
      [unknownKey.slice(1), 2],
      [`${unknownKey}J`, 2],
      [unknownKey, 600],
      // 21 code points, though 22 UTF-16 units.
      [`${unknownKey.slice(1)}🔑`, 600],
    ] as const) {
      assert.deepEqual(await initialize(key, "client"), { status }, key);
    }
  });

  test("[LP-INIT-1] the key of a paused application answers 601", async () => {
    const application = await newApplication(server.console);
    await pauseApplication(server, application);
    assert.deepEqual(await initialize(application.websocketApiKey, "client"), { status: 601 });
  });

  test("[LP-INIT-1] a blacklisted client id is answered with 503, and close 4204 follows", async () => {
    const application = await newApplication(server.console);
    const another = await newApplication(server.console);
    await blacklistClient(server, application, "villain");
    await using peer = await RawPeer.connect(server.url);
    const fields = { websocket_api_key: application.websocketApiKey, client_id: "villain" };
    assert.deepEqual(await ask(peer, packet.initialize, fields), { status: 503 });
    assert.deepEqual(await peer.closing(), { code: 4204, reason: "external ID is blacklisted" });

    await using _same = await openLive(server, application, "Villain");
    await using _elsewhere = await openLive(server, another, "villain");
  });

  test("a client id has 4 to 64 code points, or is answered with 500 or 501", async () => {
    const { websocketApiKey } = await newApplication(server.console);
    for (const [clientId, expected] of [
      ["", 500],
      ["abc", 500],
      ["👍👍👍", 500],
      ["abcd", 1],
      ["👍👍👍👍", 1],
      ["👍".repeat(64), 1],
      ["x".repeat(64), 1],
      ["x".repeat(65), 501],
    ] as const) {
      const { status } = await initialize(websocketApiKey, clientId);
      assert.equal(status, expected, clientId);
    }
  });

  test("an initialized session answers 4 and stays what it is", async () => {
    const application = await newApplication(server.console);
    const another = await newApplication(server.console);
    const license = await newLicense(server.console, application);
    await using peer = await openLive(server, application);
    const fields = { websocket_api_key: another.websocketApiKey, client_id: "another" };
    assert.deepEqual(await ask(peer, packet.initialize, fields), { status: 4 });
    const { status } = await ask(peer, packet.authorizeByLicense, { license });
    assert.equal(status, 1, "the license belongs to the first application");
  });

  test("[LP-INIT-2] the fourth 600 in a row is still answered, and then the connection is closed with 4205", async () => {
    await using peer = await RawPeer.connect(server.url);
    for (let time = 1; time <= 4; time++) assert.deepEqual(await tryUnknownKey(peer), { status: 600 }, `${time}`);
    assert.deepEqual(await peer.closing(), { code: 4205, reason: "failed to initialize session" });
  });

  test("[LP-INIT-2] any other answer in between starts the count again, and every connection has its own", async () => {
    await using peer = await RawPeer.connect(server.url);
    await using another = await RawPeer.connect(server.url);
    for (let round = 1; round <= 3; round++) {
      for (let time = 1; time <= 3; time++) await tryUnknownKey(peer);
      const malformed = { websocket_api_key: "short", client_id: "client" };
      assert.deepEqual(await ask(peer, packet.initialize, malformed), { status: 2 });
    }
    assert.deepEqual(await tryUnknownKey(another), { status: 600 });
    assert.deepEqual(await ask(peer, packet.ping), { status: 1 });
    assert.deepEqual(await ask(another, packet.ping), { status: 1 });
  });

  test("[LP-INIT-3] at the quota of authorized sessions initialize and both authorizes answer 602", async () => {
    const application = await newApplication(server.console, { sessionQuota: 1 });
    await addAccount(server, application, { login: "alice" });
    const license = await newLicense(server.console, application);
    await using first = await openLive(server, application, "first");
    await using second = await openLive(server, application, "second");
    const credentials = { login: "alice", password: knownPassword };
    assert.equal((await ask(first, packet.authorizeByLicense, { license }))["status"], 1);

    assert.deepEqual(await ask(second, packet.authorizeByLicense, { license }), { status: 602 });
    assert.deepEqual(await ask(second, packet.authorizeByCredentials, credentials), { status: 602 });
    assert.deepEqual(await initialize(application.websocketApiKey, "third"), { status: 602 });

    assert.deepEqual(await ask(first, packet.logout), { status: 1 });
    await using _third = await openLive(server, application, "third");
    assert.equal((await ask(second, packet.authorizeByCredentials, credentials))["status"], 1);
    assert.deepEqual(await ask(first, packet.authorizeByLicense, { license }), { status: 602 });
  });

  test("[LP-INIT-1] an application that is deleted meanwhile answers 600, or closes what it has let in", async () => {
    for (let round = 0; round < 20; round++) {
      const { id, websocketApiKey } = await newApplication(server.console);
      const peers = await Promise.all(Array.from({ length: 6 }, () => RawPeer.connect(server.url)));
      const asked = peers.map((peer) =>
        ask(peer, packet.initialize, { websocket_api_key: websocketApiKey, client_id: "client" }).then(
          ({ status }) => status,
          (error: unknown) => String(error),
        ),
      );
      const deleted = server.console.call("deleteApplication", { applicationId: id });
      for (const outcome of await Promise.all(asked)) assert.match(String(outcome), /^(1|600)$|4102/);
      assert.equal((await deleted).ok, true);
      await Promise.all(peers.map((peer) => peer[Symbol.asyncDispose]()));
    }
  });

  test("[LP-INIT-4] where several refusals apply, the first of 4, 2, 500, 501, 600, 601, 503, 602 is answered", async () => {
    const { observed, expected } = await judge(causes, async (because) => {
      const application = await newApplication(server.console);
      const fields = { websocket_api_key: application.websocketApiKey, client_id: "client", ...because.fields };
      await using peer = because.session?.initialized
        ? await openLive(server, application)
        : await RawPeer.connect(server.url);
      // Only its row: a pause closes the connection that is to be refused.
      const paused = server.db.updateTable("application").set({ pausedAt: 1 });
      if (because.application?.paused)
        await paused.where("websocketApiKey", "=", application.websocketApiKey).execute();
      if (because.client?.blacklisted) await blacklistClient(server, application, fields.client_id);
      if (because.application?.full) await changeSettings(server, application, { sessionQuota: 0 });
      return (await ask(peer, packet.initialize, fields))["status"];
    });
    assert.deepEqual(observed, expected);
  });

  test("[LP-INIT-5] its resume id is the one of the upgrade response, and only a resume rotates it", async () => {
    const application = await newApplication(server.console);
    const license = await newLicense(server.console, application);
    await using peer = await RawPeer.connect(server.url);
    const fields = { websocket_api_key: application.websocketApiKey, client_id: "client" };
    assert.equal((await ask(peer, packet.initialize, fields))["resume_id"], peer.resumeId);

    const again = await ask(peer, packet.initialize, fields);
    const authorized = await ask(peer, packet.authorizeByLicense, { license });
    const loggedOut = await ask(peer, packet.logout);
    for (const answer of [again, authorized, loggedOut]) assert.ok(!("resume_id" in answer));
    const sessions = server.db.selectFrom("session").select("clientId");
    const found = await sessions.where("secretHash", "=", sha256(peer.resumeId)).execute();
    assert.deepEqual(found, [{ clientId: "client" }]);
  });

  test("a failure inside answers 6 and nothing more; the log has it, and the next attempt succeeds", async () => {
    const { websocketApiKey } = await newApplication(server.console);
    await using peer = await RawPeer.connect(server.url);
    const fields = { websocket_api_key: websocketApiKey, client_id: "client" };
    await withoutTable(server, "session", async () => {
      assert.deepEqual(await ask(peer, packet.initialize, fields), { status: 6 });
    });
    assert.match(server.logged.at(-1) ?? "", /^failed .*"what":"initialize"/);
    assert.equal((await ask(peer, packet.initialize, fields))["status"], 1);
  });
});

interface Aspects {
  readonly session: { readonly initialized: boolean };
  readonly fields: { readonly websocket_api_key: string; readonly client_id: string };
  readonly application: { readonly paused: boolean; readonly full: boolean };
  readonly client: { readonly blacklisted: boolean };
}

const causes: readonly Cause<Aspects>[] = [
  [4, { session: { initialized: true } }],
  [2, { fields: { websocket_api_key: "short" } }],
  [500, { fields: { client_id: "abc" } }],
  [501, { fields: { client_id: "x".repeat(65) } }],
  [600, { fields: { websocket_api_key: unknownKey } }],
  [601, { application: { paused: true } }],
  [503, { client: { blacklisted: true } }],
  [602, { application: { full: true } }],
];

function tryUnknownKey(peer: RawPeer): Promise<Record<string, unknown>> {
  return ask(peer, packet.initialize, { websocket_api_key: unknownKey, client_id: "client" });
}
