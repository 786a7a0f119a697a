import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  addAccount,
  ask,
  eventFrame,
  heardBefore,
  knownPassword,
  must,
  newGuardedApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  RawPeer,
  readProtected,
  startTestServer,
  subscribe,
  tellVersion,
  type TestServer,
} from "@latchkey/testkit";

const hourMs = 3_600_000;
const alice = { login: "alice", password: knownPassword };

onEachDatabase("after a revocation", (newDatabase) => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ settings: await newDatabase() });
  });
  after(() => server[Symbol.asyncDispose]());

  for (const { taking, event, giving } of [
    { taking: "pauseLicense", event: 205, giving: "unpauseLicense" },
    { taking: "blacklistLicense", event: 201, giving: "unblacklistLicense" },
    { taking: "reinitializeLicense", event: 203, giving: undefined },
    { taking: "deleteLicense", event: 204, giving: undefined },
  ] as const) {
    test(`[LP-CRED-7] [LP-EVT-1] ${taking} costs an account with another license its levels, and the last one its authorization`, async () => {
      const application = await newGuardedApplication(server, { licenseRequired: true });
      const applicationId = application.id;
      const { id: accountId } = await addAccount(server, application, { login: alice.login });
      // The one without an end is held.
      const held = await linkedLicense(application, accountId, { levels: ["held"] });
      const other = await linkedLicense(application, accountId, { levels: ["other"], durationMs: hourMs });
      await using byKey = await openSubscribed(application, "by key");
      await ask(byKey, packet.authorizeByLicense, { license: held });
      await using peer = await openSubscribed(application);
      assert.equal((await ask(peer, packet.authorizeByCredentials, alice))["status"], 1);

      await must(server.console, taking, { applicationId, license: held });
      assert.deepEqual(await heard(application, peer), [eventFrame(801, { levels: "other" })]);
      assert.equal(await readProtected(peer), 1);
      assert.equal((await byKey.next()).frame, eventFrame(event));
      assert.equal(await readProtected(byKey), 3);
      if (giving) {
        await must(server.console, giving, { applicationId, license: held });
        const [levels, ...rest] = await heard(application, peer);
        assert.deepEqual(rest, []);
        assert.deepEqual(levelsIn(levels), ["held", "other"]);
        await must(server.console, taking, { applicationId, license: held });
        assert.deepEqual(await heard(application, peer), [eventFrame(801, { levels: "other" })]);
      }
      await must(server.console, taking, { applicationId, license: other });
      assert.deepEqual(await heard(application, peer), [eventFrame(event)]);
      assert.equal(await readProtected(peer), 3);
      assert.equal((await ask(peer, packet.getCurrentAccount))["status"], 3);
      assert.equal((await ask(peer, packet.authorizeByCredentials, alice))["status"], 203);
    });
  }

  test("[LP-CRED-7] a license that one client signs in with gives its levels to the account's other sessions", async () => {
    const application = await newGuardedApplication(server);
    await addAccount(server, application, { login: alice.login });
    const license = await newLicense(server.console, application, { levels: ["new"] });
    await using peer = await openSubscribed(application);
    await ask(peer, packet.authorizeByCredentials, alice);
    await using another = await openLive(server, application, "another");
    assert.equal((await ask(another, packet.authorizeByCredentials, { ...alice, license }))["status"], 1);
    assert.deepEqual(await heard(application, peer), [eventFrame(801, { levels: "new" })]);
  });

  test("[LP-CRED-7] an account goes on only with a license that admits its client, which is bound by that", async () => {
    const application = await newGuardedApplication(server, { licenseRequired: true });
    const { id: accountId } = await addAccount(server, application, { login: alice.login });
    const held = await linkedLicense(application, accountId, {});
    const binding = await linkedLicense(application, accountId, { durationMs: hourMs, bindsClient: true });
    await using one = await openSubscribed(application, "client-1");
    await using two = await openSubscribed(application, "client-2");
    for (const peer of [one, two]) await ask(peer, packet.authorizeByCredentials, alice);
    await must(server.console, "pauseLicense", { applicationId: application.id, license: held });
    await heard(application, one);
    const reads = [await readProtected(one), await readProtected(two)];
    assert.deepEqual(reads.toSorted(), [1, 3]);
    const { license } = await must(server.console, "showLicense", { applicationId: application.id, license: binding });
    assert.equal(license.clientId, reads[0] === 1 ? "client-1" : "client-2");
  });

  test("[LP-INIT-3] [LP-LIC-6] what is revoked frees its place under the quota and its seat", async () => {
    const application = await newGuardedApplication(server, { sessionQuota: 1 });
    const license = await newLicense(server.console, application, { seats: 1 });
    await using spare = await openLive(server, application, "spare");
    await using peer = await openSubscribed(application);
    assert.equal((await ask(peer, packet.authorizeByLicense, { license }))["status"], 1);
    assert.equal((await ask(spare, packet.authorizeByLicense, { license }))["status"], 602);
    await using late = await RawPeer.connect(server.url);
    const key = { websocket_api_key: application.websocketApiKey, client_id: "late" };
    assert.equal((await ask(late, packet.initialize, key))["status"], 602);
    await must(server.console, "blacklistLicense", { applicationId: application.id, license });
    await must(server.console, "unblacklistLicense", { applicationId: application.id, license });
    assert.equal((await ask(late, packet.initialize, key))["status"], 1);
    assert.equal((await ask(spare, packet.authorizeByLicense, { license }))["status"], 1);
  });

  test("[LP-RES-3] a session whose authorization was revoked while it was connected or away resumes without it", async () => {
    const application = await newGuardedApplication(server);
    const applicationId = application.id;
    const license = await newLicense(server.console, application);
    for (const isAway of [false, true]) {
      const peer = await openSubscribed(application);
      assert.equal((await ask(peer, packet.authorizeByLicense, { license }))["status"], 1);
      if (isAway) await peer[Symbol.asyncDispose]();
      await must(server.console, "pauseLicense", { applicationId, license });
      if (!isAway) await peer[Symbol.asyncDispose]();
      await must(server.console, "unpauseLicense", { applicationId, license });
      await using resumed = await RawPeer.connect(server.url);
      const answer = await ask(resumed, packet.resume, { resume_id: peer.resumeId });
      assert.deepEqual([answer["status"], answer["authorized"]], [1, "none"]);
      assert.equal(await readProtected(resumed), 3);
      await must(server.console, "updateApplication", { applicationId, version: "2.0" });
      assert.equal((await resumed.next()).frame, eventFrame(102, { version: "2.0" }));
    }
  });

  test("[LP-RES-3] [LP-CONN-6] a session that the operator ended with any of his closes is not resumed", async () => {
    for (const [code, end] of [
      [4100, endAllSessions],
      [4101, ({ id: applicationId }: Product) => must(server.console, "pauseApplication", { applicationId })],
      [4102, ({ id: applicationId }: Product) => must(server.console, "deleteApplication", { applicationId })],
    ] as const) {
      const application = await newGuardedApplication(server);
      await using peer = await openLive(server, application);
      await end(application);
      assert.equal((await peer.closing()).code, code);
      if (code === 4101) await must(server.console, "unpauseApplication", { applicationId: application.id });
      await using again = await RawPeer.connect(server.url, { "Resume-Id": peer.resumeId });
      assert.deepEqual(await again.closing(), { code: 4401, reason: "resume ID was not found or it is expired" });
    }
  });

  async function endAllSessions({ id: applicationId }: Product): Promise<void> {
    const { sessions } = await must(server.console, "findSessions", { applicationId });
    for (const { id: sessionId } of sessions) await must(server.console, "endSession", { sessionId });
  }

  async function linkedLicense(application: Product, accountId: string, plan: object): Promise<string> {
    const license = await newLicense(server.console, application, plan);
    await must(server.console, "linkLicense", { applicationId: application.id, license, accountId });
    return license;
  }

  async function openSubscribed(application: Product, clientId = "client-1"): Promise<RawPeer> {
    const peer = await openLive(server, application, clientId);
    await subscribe(peer);
    return peer;
  }

  /** What it has heard so far. */
  async function heard(application: Product, peer: RawPeer): Promise<string[]> {
    return heardBefore(peer, await tellVersion(server, application));
  }
});

/** The levels that an event tells, in some order. */
function levelsIn(frame = "{}"): string[] {
  return String(JSON.parse(frame).content.levels).split(",").toSorted();
}
