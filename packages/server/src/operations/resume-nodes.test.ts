import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import {
  ask,
  eventually,
  newApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  type PostgresServer,
  type Product,
  RawPeer,
  startPostgres,
  startTestServer,
  TcpPeer,
  type TestServer,
} from "@latchkey/testkit";
import { sha256 } from "#crypto/tokens.ts";

const elsewhere = { code: 4450, reason: "session resumed elsewhere" };

async function isAuthorized(peer: RawPeer): Promise<boolean> {
  return (await ask(peer, packet.getCurrentLicense))["status"] === 1;
}

async function authorized(server: TestServer, application: Product, license: string, clientId = "client-1") {
  const peer = await openLive(server, application, clientId);
  assert.equal((await ask(peer, packet.authorizeByLicense, { license }))["status"], 1);
  return peer;
}

onEachDatabase("a restart", (newDatabase) => {
  let data: string;
  before(() => {
    data = mkdtempSync(join(tmpdir(), "latchkey-resume-"));
  });
  after(() => {
    rmSync(data, { recursive: true, force: true });
  });

  test("[LP-RES-5][LP-RES-1][LP-CONN-6] a server that stops says 1012, and the next one gives its sessions back, the lost ones too", async () => {
    const settings = { ...(await newDatabase()), data };
    const first = await startTestServer({ settings });
    const application = await newApplication(first.console);
    const license = await newLicense(first.console, application, { seats: 4 });
    const connected = await authorized(first, application, license);
    await ask(connected, packet.setSessionValue, { key: "k", value: "kept" });
    const loggedOut = await authorized(first, application, license);
    assert.equal((await ask(loggedOut, packet.logout))["status"], 1);
    const lost = await authorized(first, application, license);
    await lost.cut();
    const goodbye = await authorized(first, application, license);
    goodbye.socket.close(1000);
    await goodbye.closing();
    const resuming = await authorized(first, application, license);
    await resuming.cut();
    // Its resume lands while the server stops, and nobody takes the answer.
    const witness = await RawPeer.connect(first.url);
    const gone = await TcpPeer.connect(first, [`Resume-Id: ${resuming.resumeId}`]);
    await ask(witness, packet.ping);
    await Promise.all([first[Symbol.asyncDispose](), gone[Symbol.asyncDispose]()]);
    assert.deepEqual(await connected.closing(), { code: 1012, reason: "server restarting" });

    await using second = await startTestServer({ settings });
    for (const before of [connected, lost, resuming]) {
      await using peer = await RawPeer.resume(second.url, before.resumeId);
      assert.ok(await isAuthorized(peer));
      if (before !== connected) continue;
      assert.equal((await ask(peer, packet.getSessionValue, { key: "k" }))["value"], "kept");
    }
    await using peer = await RawPeer.resume(second.url, loggedOut.resumeId);
    assert.deepEqual(await ask(peer, packet.getCurrentLicense), { status: 3 });
    await using none = await RawPeer.resume(second.url, goodbye.resumeId);
    assert.equal((await none.closing()).code, 4401);
  });
});

suite("two servers over one PostgreSQL", () => {
  let postgres: PostgresServer;
  let one: TestServer;
  let other: TestServer;
  let application: Product;
  before(async () => {
    postgres = await startPostgres();
    const settings = { database: await postgres.newDatabase() };
    one = await startTestServer({ settings });
    other = await startTestServer({ settings });
    application = await newApplication(one.console);
  });
  after(async () => {
    await Promise.all([one, other].map((server) => server[Symbol.asyncDispose]()));
    await postgres[Symbol.asyncDispose]();
  });

  /** Until this many statements wait for a row that somebody else has locked. */
  function waiting(count: number): Promise<void> {
    return eventually(`${count} statements that wait`, async () => (await blocked()) === count);
  }

  function rowOf({ resumeId }: RawPeer) {
    return one.db.selectFrom("session").selectAll().where("secretHash", "=", sha256(resumeId));
  }

  test("[LP-RES-6][LP-RES-1] a session goes on at the other server, and the connection that had it is closed with 4450", async () => {
    const license = await newLicense(one.console, application, { seats: 1 });
    const peers = [await authorized(one, application, license)];
    for (const server of [other, one, other, other, one]) {
      const before = peers.at(-1);
      assert.ok(before);
      const next = await RawPeer.resume(server.url, before.resumeId);
      peers.push(next);
      assert.deepEqual(await before.closing(), elsewhere);
      assert.ok(await isAuthorized(next));
    }
    await Promise.all(peers.map((peer) => peer.cut()));
  });

  test("[LP-RES-2][LP-RES-6] what the old connection still asked for is not run behind the back of the new one", async () => {
    await using old = await openLive(one, application);
    const { id } = await rowOf(old).executeTakeFirstOrThrow();
    const value = { key: "k", value: "old" };
    const resuming = await one.db.transaction().execute(async (tx) => {
      // Locked and not updated: then whoever waits first is let in first.
      await tx.selectFrom("session").select("id").where("id", "=", id).forUpdate().execute();
      const resumed = RawPeer.resume(other.url, old.resumeId);
      await waiting(1);
      for (const type of [packet.setSessionValue, packet.deleteSessionValue]) old.sendAs("7", type, value);
      old.sendAs("7", packet.setPanelEventsSubscription, { subscribed: true });
      await eventually("the requests to wait too", async () => (await blocked()) >= 3);
      return { resumed };
    });
    await using next = await resuming.resumed;
    assert.deepEqual(await old.closing(), elsewhere);
    assert.equal((await ask(next, packet.getSessionValue, { key: "k" }))["status"], 700);
    assert.equal((await rowOf(next).executeTakeFirstOrThrow()).subscribedAt, null);
    assert.equal((await next.requestAs("7", packet.setSessionValue, value))["status"], 1);
    assert.equal((await ask(next, packet.getSessionValue, { key: "k" }))["value"], "old");
  });

  /** Statements of this database only, and rows only: whoever notifies waits for a lock as well. */
  async function blocked(): Promise<number> {
    type Activity = Record<"datname" | "wait_event", string>;
    const db = one.db.withoutPlugins().$extendTables<{ pg_stat_activity: Activity }>();
    const rows = await db
      .selectFrom("pg_stat_activity")
      .select("wait_event")
      .where("wait_event", "in", ["transactionid", "tuple"])
      .whereRef("datname", "=", (e) => e.fn("current_database"))
      .execute();
    return rows.length;
  }

  test("[LP-LIC-6][LP-RES-1] a lost session that is resumed just now does not give way to another of its client", async () => {
    const license = await newLicense(one.console, application, { seats: 1 });
    const lost = await authorized(one, application, license);
    await lost.cut();
    await eventually("the resume window", async () => (await rowOf(lost).executeTakeFirst())?.leaseUntil !== null);
    await using rival = await openLive(other, application);
    const { id } = await rowOf(lost).executeTakeFirstOrThrow();
    const resuming = await one.db.transaction().execute(async (tx) => {
      // Locked and not updated: then whoever waits first is let in first.
      await tx.selectFrom("session").select("id").where("id", "=", id).forUpdate().execute();
      const resumed = RawPeer.resume(one.url, lost.resumeId);
      await waiting(1);
      const refused = ask(rival, packet.authorizeByLicense, { license });
      await eventually("the rival to wait too", async () => (await blocked()) >= 2);
      return { resumed, refused };
    });
    await using resumed = await resuming.resumed;
    assert.deepEqual(await resuming.refused, { status: 801 });
    assert.ok(await isAuthorized(resumed));
    assert.ok(await rowOf(resumed).executeTakeFirst());
  });
});
