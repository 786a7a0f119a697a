import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import {
  addAccount,
  addLicense,
  ask,
  knownPassword,
  newApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  RawPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";
import { sha256 } from "#crypto/tokens.ts";
import { openDatabase } from "#storage/database.ts";
import type { Db } from "#storage/tables.ts";

const credentials = { login: "alice", password: knownPassword };

onEachDatabase("logout", (newDatabase) => {
  let server: TestServer;
  let application: Product;
  let license: string;
  before(async () => {
    server = await startTestServer({ settings: { ...(await newDatabase()), signInsPerIdentity: "1000" } });
    application = await newApplication(server.console);
    license = await newLicense(server.console, application);
    await addAccount(server, application, { login: "alice" });
  });
  after(() => server[Symbol.asyncDispose]());

  const ways = [
    ["license", (peer: RawPeer) => ask(peer, packet.authorizeByLicense, { license })],
    ["account", (peer: RawPeer) => ask(peer, packet.authorizeByCredentials, credentials)],
  ] as const;

  /** What is on record about the session that a resume id leads to. */
  function recordOf({ resumeId }: RawPeer, db: Db = server.db) {
    const rows = db.selectFrom("session").selectAll().where("secretHash", "=", sha256(resumeId));
    return rows.executeTakeFirstOrThrow();
  }

  for (const [way, authorize] of ways) {
    suite(`of a session authorized by ${way}`, () => {
      test(`[LP-OUT-1] answers 1, and the authorization is gone before that answer leaves`, async () => {
        await using peer = await openLive(server, application);
        assert.equal((await authorize(peer))["status"], 1);
        assert.notEqual((await recordOf(peer)).authorizationId, null);
        assert.deepEqual(await ask(peer, packet.logout), { status: 1 });
        const { authorizationId, accountId, licenseId, expiresAt } = await recordOf(peer);
        assert.deepEqual([authorizationId, accountId, licenseId, expiresAt], [null, null, null, null]);
      });

      test("[LP-OUT-2] a second logout gets 3, and so does every further one", async () => {
        await using peer = await openLive(server, application);
        await authorize(peer);
        const statuses = [];
        for (let n = 0; n < 4; n++) statuses.push((await ask(peer, packet.logout))["status"]);
        assert.deepEqual(statuses, [1, 3, 3, 3]);
      });

      test("[LP-OUT-3] leaves the connection open and initialized, for a new authorize either way", async () => {
        for (const [, again] of ways) {
          await using peer = await openLive(server, application);
          await authorize(peer);
          await ask(peer, packet.logout);
          assert.deepEqual(await ask(peer, packet.ping), { status: 1 });
          const { websocketApiKey } = application;
          const initialize = { websocket_api_key: websocketApiKey, client_id: "client-1" };
          assert.deepEqual(await ask(peer, packet.initialize, initialize), { status: 4 });
          assert.deepEqual(await ask(peer, packet.linkLicenseToAccount, { license }), { status: 3 });
          assert.equal((await again(peer))["status"], 1);
          assert.deepEqual(await ask(peer, packet.logout), { status: 1 });
        }
      });

      test("[LP-OUT-4] leaves nothing that its resume id could bring back", async () => {
        await using peer = await openLive(server, application);
        await authorize(peer);
        await ask(peer, packet.logout);
        const { authorizationId, accountId, licenseId } = await recordOf(peer);
        assert.deepEqual([authorizationId, accountId, licenseId], [null, null, null]);
      });
    });
  }

  test("[LP-OUT-1] the seat of a license is free when the answer arrives, however fast the next client is", async () => {
    const seat = await newLicense(server.console, application, { seats: 1 });
    await using first = await openLive(server, application, "first");
    await using second = await openLive(server, application, "second");
    let [holder, other] = [first, second];
    assert.equal((await ask(holder, packet.authorizeByLicense, { license: seat }))["status"], 1);
    for (let turn = 0; turn < 10; turn++) {
      assert.deepEqual(await ask(other, packet.authorizeByLicense, { license: seat }), { status: 801 });
      assert.deepEqual(await ask(holder, packet.logout), { status: 1 });
      [holder, other] = [other, holder];
      assert.equal((await ask(holder, packet.authorizeByLicense, { license: seat }))["status"], 1);
    }
  });

  test("[LP-OUT-1] the seat that an account's authorization took is free as well", async () => {
    const strict = await newApplication(server.console, { licenseRequired: true });
    const { id } = await addAccount(server, strict, { login: "alice" });
    await addLicense(server, strict, { key: "ONE-SEAT", accountId: id, activatedAt: 1, seats: 1 });
    await using first = await openLive(server, strict, "first");
    await using second = await openLive(server, strict, "second");
    assert.equal((await ask(first, packet.authorizeByCredentials, credentials))["status"], 1);
    assert.deepEqual(await ask(second, packet.authorizeByCredentials, credentials), { status: 801 });
    assert.deepEqual(await ask(first, packet.logout), { status: 1 });
    assert.equal((await ask(second, packet.authorizeByCredentials, credentials))["status"], 1);
  });

  test("[LP-OUT-1] it ends the authorization of its own session alone", async () => {
    await using first = await openLive(server, application, "same client");
    await using second = await openLive(server, application, "same client");
    for (const peer of [first, second]) await ask(peer, packet.authorizeByCredentials, credentials);
    assert.deepEqual(await ask(first, packet.logout), { status: 1 });
    assert.deepEqual(await ask(second, packet.authorizeByCredentials, credentials), { status: 7 });
  });

  test("[LP-OUT-2] logout without an authorization answers 3 and changes nothing", async () => {
    await using peer = await openLive(server, application);
    const before = await recordOf(peer);
    assert.deepEqual(await ask(peer, packet.logout), { status: 3 });
    assert.deepEqual(await recordOf(peer), before);
  });

  test("[LP-OUT-6] logout before initialize closes with 4200", async () => {
    await using peer = await RawPeer.connect(server.url);
    peer.send(packet.logout);
    assert.deepEqual(await peer.closing(), { code: 4200, reason: "connection is not initialized" });
  });
});

test("[LP-OUT-4] after a crash right behind the answer the record has no authorization either", async () => {
  await using server = await startTestServer();
  const application = await newApplication(server.console);
  const license = await newLicense(server.console, application);
  await using peer = await openLive(server, application);

  assert.equal(await authorizationsAfterCrash(server, "initialized"), 0);
  await ask(peer, packet.authorizeByLicense, { license });
  assert.equal(await authorizationsAfterCrash(server, "authorized"), 1);
  await ask(peer, packet.logout);
  assert.equal(await authorizationsAfterCrash(server, "logged out"), 0);
});

/** How many authorizations a server would find that starts on what is on disk at this moment. */
async function authorizationsAfterCrash({ dataDirectory }: TestServer, name: string): Promise<number> {
  const directory = join(dataDirectory, name);
  for (const file of ["latchkey.db", "latchkey.db-wal"]) cpSync(join(dataDirectory, file), join(directory, file));
  await using crashed = new AsyncDisposableStack();
  const db = await openDatabase({ kind: "sqlite", directory });
  crashed.defer(() => db.destroy());
  const sessions = await db.selectFrom("session").select("authorizationId").execute();
  return sessions.filter(({ authorizationId }) => authorizationId !== null).length;
}
