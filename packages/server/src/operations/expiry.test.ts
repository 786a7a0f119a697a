import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  addAccount,
  addLicense,
  ask,
  eventFrame,
  eventually,
  heardBefore,
  knownPassword,
  ManualClock,
  must,
  newGuardedApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  RawPeer,
  readProtected,
  RestPeer,
  startTestServer,
  subscribe,
  tellVersion,
  type TestServer,
} from "@latchkey/testkit";

const minuteMs = 60_000;
const expired = eventFrame(2);

onEachDatabase("expiry", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock, settings: { ...(await newDatabase()), pingInterval: "30d" } });
  });
  after(() => server[Symbol.asyncDispose]());

  test("[LP-EVT-3] [LP-EVT-1] a license expires at its second with no operation running, for whoever listens and whoever does not", async () => {
    const application = await newGuardedApplication(server);
    const license = await newLicense(server.console, application, { durationMs: minuteMs });
    await using peer = await authorized(application, license);
    await using quiet = await openLive(server, application, "quiet");
    assert.equal((await ask(quiet, packet.authorizeByLicense, { license }))["status"], 1);
    await clock.advance(minuteMs - 1);
    assert.deepEqual(await heard(application, peer), []);
    assert.equal(await readProtected(peer), 1);
    await clock.advance(1);
    assert.equal((await peer.next()).frame, expired);
    for (const session of [peer, quiet]) assert.equal(await readProtected(session), 3);
    await eventually("the end in the rows", async () => {
      const rows = await server.db
        .selectFrom("session")
        .selectAll()
        .where("applicationId", "=", application.id as never)
        .execute();
      return rows.length === 2 && rows.every(({ authorizationId }) => authorizationId === null);
    });
    await clock.advance(minuteMs);
    assert.deepEqual(await heard(application, peer), []);
  });

  test("[LP-EVT-3] a license that is extended before its end goes on to the new one", async () => {
    const application = await newGuardedApplication(server);
    const license = await newLicense(server.console, application, { durationMs: minuteMs });
    await using peer = await authorized(application, license);
    await clock.advance(minuteMs - 1000);
    await must(server.console, "extendLicense", { applicationId: application.id, license, durationMs: minuteMs });
    const expiresAt = `${(clock.now() + minuteMs + 1000) / 1000}`;
    assert.deepEqual(await heard(application, peer), [eventFrame(800, { expires_at: expiresAt })]);
    await clock.advance(minuteMs);
    assert.deepEqual(await heard(application, peer), []);
    assert.equal(await readProtected(peer), 1);
    await clock.advance(1000);
    assert.equal((await peer.next()).frame, expired);
    assert.equal(await readProtected(peer), 3);
  });

  test("[LP-RES-3] an authorization that ended while nobody was connected does not come back by an extension", async () => {
    const application = await newGuardedApplication(server);
    const license = await newLicense(server.console, application, { durationMs: minuteMs });
    const peer = await authorized(application, license);
    const { resumeId } = peer;
    await peer[Symbol.asyncDispose]();
    await eventually("the end of the connection", async () => {
      const { sessions } = await must(server.console, "findSessions", { applicationId: application.id });
      return sessions.every(({ connected }) => !connected);
    });
    await clock.advance(minuteMs + 1000);
    await must(server.console, "extendLicense", { applicationId: application.id, license, durationMs: minuteMs });
    await using again = await openResumed(resumeId);
    assert.equal(await readProtected(again), 3);
  });

  for (const licenseRequired of [true, false]) {
    const which = licenseRequired ? "that needs a license" : "that needs none";
    test(`[LP-CRED-7] an account ${which} is told of its levels when one of its licenses ends by time`, async () => {
      const application = await newGuardedApplication(server, { licenseRequired });
      await withLicenses(application, [
        ["short", minuteMs],
        ["long", 2 * minuteMs],
      ]);
      await using peer = await signedIn(application);
      await clock.advance(minuteMs - 1);
      assert.deepEqual(await heard(application, peer), []);
      await clock.advance(1001);
      assert.equal((await peer.next()).frame, eventFrame(801, { levels: "long" }));
      assert.equal(await readProtected(peer), 1);
      await clock.advance(minuteMs);
      assert.equal((await peer.next()).frame, licenseRequired ? expired : eventFrame(801, { levels: "" }));
      assert.equal(await readProtected(peer), licenseRequired ? 3 : 1);
      await clock.advance(2000);
      assert.deepEqual(await heard(application, peer), []);
    });
  }

  test("[LP-CRED-7] a session that is attached to a token is told of levels that end", async () => {
    const application = await newGuardedApplication(server);
    await withLicenses(application, [["short", minuteMs]]);
    const token = await RestPeer.of(server, application).login("alice@example.com", knownPassword);
    await using peer = await openLive(server, application);
    await subscribe(peer);
    assert.equal((await ask(peer, 104, { user_token: token }))["status"], 1);
    await clock.advance(minuteMs + 1000);
    assert.equal((await peer.next()).frame, eventFrame(801, { levels: "" }));
    assert.equal(await readProtected(peer), 1);
  });

  test("[LP-LIC-6] [LP-CRED-7] a session whose license ends needs a seat of another, or ends with it", async () => {
    const application = await newGuardedApplication(server, { licenseRequired: true });
    await withLicenses(application, [
      ["short", minuteMs, 2],
      ["long", 2 * minuteMs, 2],
    ]);
    const peers = new AsyncDisposableStack();
    await using _ = peers;
    // The one that ends last is held first.
    const holders: RawPeer[] = [];
    for (const n of [1, 2, 3, 4]) holders.push(peers.use(await signedIn(application, `client-${n}`)));
    const [firstOfLong, secondOfLong, firstOfShort, secondOfShort] = holders;
    await secondOfLong!.request(packet.logout);
    await clock.advance(minuteMs + 1000);
    const news = [(await firstOfShort!.next()).frame, (await secondOfShort!.next()).frame];
    assert.deepEqual(new Set(news), new Set([eventFrame(801, { levels: "long" }), expired]));
    assert.equal((await firstOfLong!.next()).frame, eventFrame(801, { levels: "long" }));
    const reads = [await readProtected(firstOfShort!), await readProtected(secondOfShort!)];
    assert.deepEqual(reads, news[0] === expired ? [3, 1] : [1, 3]);
    assert.deepEqual(await heard(application, firstOfShort!), []);
    assert.equal((await ask(secondOfLong!, packet.authorizeByCredentials, alice))["status"], 801);
  });

  const alice = { login: "alice@example.com", password: knownPassword };

  async function withLicenses(application: Product, plans: [level: string, durationMs: number, seats?: number][]) {
    const { id } = await addAccount(server, application, { email: alice.login, login: alice.login });
    for (const [level, durationMs, seats = null] of plans) {
      await addLicense(server, application, {
        key: `${level}-${application.id}`,
        accountId: id,
        levels: JSON.stringify([level]),
        durationMs,
        seats,
        activatedAt: clock.now(),
        expiresAt: clock.now() + durationMs,
      });
    }
  }

  async function authorized(application: Product, license: string): Promise<RawPeer> {
    const peer = await openLive(server, application);
    await subscribe(peer);
    assert.equal((await ask(peer, packet.authorizeByLicense, { license }))["status"], 1);
    return peer;
  }

  async function signedIn(application: Product, clientId = "client-1"): Promise<RawPeer> {
    const peer = await openLive(server, application, clientId);
    await subscribe(peer);
    assert.equal((await ask(peer, packet.authorizeByCredentials, alice))["status"], 1);
    return peer;
  }

  function openResumed(resumeId: string): Promise<RawPeer> {
    return RawPeer.connect(server.url, { "Resume-Id": resumeId });
  }

  /** What it has heard so far. */
  async function heard(application: Product, peer: RawPeer): Promise<string[]> {
    return heardBefore(peer, await tellVersion(server, application));
  }
});
