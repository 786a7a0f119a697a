import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import {
  addAccount,
  addLicense,
  eventFrame,
  heardBefore,
  knownPassword,
  ManualClock,
  must,
  newGuardedApplication,
  newLicense,
  openLive,
  packet,
  type PostgresServer,
  type Product,
  RawPeer,
  readProtected,
  startPostgres,
  startTestServer,
  subscribe,
  tellVersion,
  type TestServer,
} from "@latchkey/testkit";
import { openConsole, readConfig, systemClock } from "@latchkey/server";
import { sql } from "kysely";

const rounds = 12;
const racers = 50;

suite("two servers on one PostgreSQL", () => {
  let postgres: PostgresServer;
  let here: TestServer;
  let there: TestServer;
  before(async () => {
    postgres = await startPostgres();
    const settings = { database: await postgres.newDatabase() };
    here = await startTestServer({ settings });
    there = await startTestServer({ settings });
  });
  after(async () => {
    await there[Symbol.asyncDispose]();
    await here[Symbol.asyncDispose]();
    await postgres[Symbol.asyncDispose]();
  });

  test("[LP-EVT-1] a change that is made at one server reaches a client of the other, also when nobody listens meanwhile", async () => {
    const application = await newGuardedApplication(here);
    const applicationId = application.id;
    const license = await newLicense(here.console, application);
    for (const isListening of [true, false]) {
      await using peer = await openSubscribed(there, application);
      await peer.request(packet.authorizeByLicense, { license });
      if (!isListening) {
        const ended = await sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and query like 'listen %'`.execute(here.db);
        assert.equal(ended.rows.length, 2);
      }
      await must(here.console, "pauseLicense", { applicationId, license });
      assert.equal((await peer.next()).frame, eventFrame(205));
      assert.equal(await readProtected(peer), 3);
      await must(here.console, "unpauseLicense", { applicationId, license });
      assert.equal((await peer.next()).frame, eventFrame(206));
    }
  });

  test("[LP-CONN-6] a session that is ended at one server is closed at the other", async () => {
    const application = await newGuardedApplication(here);
    await using peer = await openSubscribed(there, application);
    const { sessions } = await must(here.console, "findSessions", { applicationId: application.id });
    await must(here.console, "endSession", { sessionId: sessions[0]!.id });
    assert.equal((await peer.next()).frame, eventFrame(1));
    assert.deepEqual(await peer.closing(), { code: 4100, reason: "disconnected from panel" });
  });

  test("[LP-EVT-1] [LP-EVT-4] a change reaches a session where it was resumed, and its subscription came along", async () => {
    const application = await newGuardedApplication(here);
    const applicationId = application.id;
    const license = await newLicense(here.console, application);
    await using peer = await openSubscribed(here, application);
    await peer.request(packet.authorizeByLicense, { license });
    await using resumed = await RawPeer.connect(there.url, { "Resume-Id": peer.resumeId });
    assert.equal((await peer.closing()).code, 4450);
    assert.equal(await readProtected(resumed), 1);
    await must(here.console, "pauseLicense", { applicationId, license });
    assert.equal((await resumed.next()).frame, eventFrame(205));
    assert.equal(await readProtected(resumed), 3);
    await using fresh = await openLive(there, application, "client-2");
    await must(here.console, "updateApplication", { applicationId, version: "2.0" });
    await resumed.next();
    const asked = fresh.send(packet.ping);
    assert.equal((await fresh.next())["id"], asked);
  });

  for (const [id, limits, status] of [
    ["[LP-LIC-6]", { seats: 5 }, 801],
    ["[LP-INIT-3]", { sessionQuota: 5 }, 602],
  ] as const) {
    test(`${id} of 50 clients of two servers that race for five places exactly five are authorized`, async () => {
      const application = await newGuardedApplication(here, "sessionQuota" in limits ? limits : {});
      const license = await newLicense(here.console, application, "seats" in limits ? limits : {});
      await using peers = new AsyncDisposableStack();
      const opened = await Promise.all(
        Array.from({ length: racers }, (_, n) => openLive(n % 2 ? here : there, application, `client-${n}`)),
      );
      for (const peer of opened) peers.use(peer);
      const answers = await Promise.all(opened.map((peer) => peer.request(packet.authorizeByLicense, { license })));
      const statuses = answers.map((answer) => answer["status"]);
      assert.equal(statuses.filter((each) => each === 1).length, 5);
      assert.equal(statuses.filter((each) => each === status).length, racers - 5);
    });
  }

  test("[LP-EVT-1] a license that is paused at one server while it authorizes at the other leaves nobody authorized", async () => {
    const application = await newGuardedApplication(here);
    const license = await newLicense(here.console, application);
    await neverLeavesAuthorized(here.console, there, application, license);
  });

  test("[LP-LIC-6] an account's session that goes on with another license takes no seat that was just taken", async () => {
    const application = await newGuardedApplication(here, { licenseRequired: true });
    const applicationId = application.id;
    for (let round = 0; round < rounds; round++) {
      const { id: accountId } = await addAccount(here, application, { login: `user-${round}` });
      const of = { accountId, activatedAt: 1 };
      await addLicense(here, application, { key: `held-${round}-${applicationId}`, ...of });
      const other = { key: `other-${round}-${applicationId}`, seats: 1, expiresAt: Date.UTC(2100, 0), ...of };
      await addLicense(here, application, other);
      await using holder = await openSubscribed(here, application);
      await using racer = await openSubscribed(there, application, "client-2");
      const credentials = { login: `user-${round}`, password: knownPassword };
      assert.equal((await holder.request(packet.authorizeByCredentials, credentials))["status"], 1);
      const [{ status }] = await Promise.all([
        racer.request(packet.authorizeByLicense, { license: other.key }),
        must(here.console, "pauseLicense", { applicationId, license: `held-${round}-${applicationId}` }),
      ]);
      await heardBefore(holder, await tellVersion(here, application));
      assert.equal(await readProtected(holder), status === 1 ? 3 : 1);
    }
  });

  test("[LP-CRED-7] clients of both servers are told once of levels that end by time", async () => {
    const clock = new ManualClock();
    const settings = { database: await postgres.newDatabase(), pingInterval: "30d" };
    await using one = await startTestServer({ clock, settings });
    await using two = await startTestServer({ clock, settings });
    const application = await newGuardedApplication(one);
    const { id } = await addAccount(one, application, { login: "alice", levels: '["own"]' });
    const expiresAt = clock.now() + 60_000;
    const levels = '["pro"]';
    await addLicense(one, application, {
      key: "the license",
      accountId: id,
      levels,
      activatedAt: 1,
      expiresAt,
    });
    const peers: RawPeer[] = [];
    for (const server of [one, two]) {
      const peer = await openSubscribed(server, application);
      await peer.request(packet.authorizeByCredentials, { login: "alice", password: knownPassword });
      peers.push(peer);
    }
    await clock.advance(61_000);
    for (const peer of peers) assert.equal((await peer.next()).frame, eventFrame(801, { levels: "own" }));
    await clock.advance(5_000);
    const marker = await tellVersion(one, application);
    for (const peer of peers) assert.deepEqual(await heardBefore(peer, marker), []);
    for (const peer of peers) await peer[Symbol.asyncDispose]();
  });
});

suite("a command beside a server on SQLite", () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server[Symbol.asyncDispose]());

  function openBeside() {
    const read = readConfig({ data: server.dataDirectory });
    if ("problems" in read) throw new Error(read.problems.join());
    return openConsole(read.config, { clock: systemClock, log: { info: () => undefined, error: () => undefined } });
  }

  test("[LP-EVT-1] a change that a command makes reaches the server's client", async () => {
    const application = await newGuardedApplication(server);
    const license = await newLicense(server.console, application);
    await using peer = await openSubscribed(server, application);
    await peer.request(packet.authorizeByLicense, { license });
    {
      await using beside = await openBeside();
      await must(beside, "pauseLicense", { applicationId: application.id, license });
    }
    assert.equal((await peer.next()).frame, eventFrame(205));
    assert.equal(await readProtected(peer), 3);
  });

  test("[LP-EVT-1] a license that a command pauses while it authorizes leaves nobody authorized", async () => {
    const application = await newGuardedApplication(server);
    const license = await newLicense(server.console, application);
    await using beside = await openBeside();
    await neverLeavesAuthorized(beside, server, application, license);
  });
});

async function openSubscribed(server: TestServer, application: Product, clientId = "client-1"): Promise<RawPeer> {
  const peer = await openLive(server, application, clientId);
  await subscribe(peer);
  return peer;
}

/** Pauses a license here while it authorizes there, in either order. */
async function neverLeavesAuthorized(
  console: TestServer["console"],
  server: TestServer,
  application: Product,
  license: string,
): Promise<void> {
  const applicationId = application.id;
  for (let round = 0; round < rounds; round++) {
    await using peer = await openSubscribed(server, application);
    const begin = [
      () => peer.request(packet.authorizeByLicense, { license }),
      () => must(console, "pauseLicense", { applicationId, license }),
    ];
    if (round % 2 === 0) begin.reverse();
    await Promise.all(begin.map((each): Promise<unknown> => each()));
    await heardBefore(peer, await tellVersion(server, application));
    assert.equal(await readProtected(peer), 3);
    await must(console, "unpauseLicense", { applicationId, license });
  }
}
