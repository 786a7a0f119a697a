import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import {
  addAccount,
  ask,
  type Cause,
  changeSettings,
  judge,
  knownPassword,
  must,
  newApplication,
  newLicense,
  nextEvent,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  RawPeer,
  RestPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

const wide = { signInsPerIdentity: "100000", signInsPerAddress: "100000" };
const blacklisted = { code: 4203, reason: "session was blacklisted" };
const email = "anna@example.com";
const credentials = { login: "anna", password: knownPassword };

onEachDatabase("blacklist", (newDatabase) => {
  let server: TestServer;
  before(async () => {
    const settings = { ...(await newDatabase()), ...wide, blacklistsPerAddress: "100000" };
    server = await startTestServer({ settings });
  });
  after(() => server[Symbol.asyncDispose]());

  async function entriesOf({ id }: Product) {
    const { entries } = await must(server.console, "listBlacklist", { applicationId: id });
    return entries.map(({ createdAt: _, ...entry }) => entry);
  }

  /** What a newcomer is told, and how it is closed. */
  async function turnedAway({ websocketApiKey }: Product, clientId: string) {
    await using peer = await RawPeer.connect(server.url);
    const answer = await ask(peer, packet.initialize, { websocket_api_key: websocketApiKey, client_id: clientId });
    return [answer, await peer.closing()];
  }
  const keptOut = [{ status: 503 }, { code: 4204, reason: "external ID is blacklisted" }];

  suite("by a client", () => {
    test("[LP-BLK-1] answers 1, closes with 4203, records the client id, and lets it in no more", async () => {
      const product = await newApplication(server.console);
      await using peer = await openLive(server, product, "cheater");
      assert.deepEqual(await ask(peer, packet.blacklist, { comment: "x".repeat(300) }), { status: 1 });
      assert.deepEqual(await peer.closing(), blacklisted);
      const entry = { kind: "client", value: "cheater", madeBy: "client", comment: "x".repeat(256) };
      assert.deepEqual(await entriesOf(product), [entry]);
      assert.deepEqual(await turnedAway(product, "cheater"), keptOut);
      await using other = await openLive(server, product, "honest");
      assert.deepEqual(await ask(other, packet.ping), { status: 1 });
      await using elsewhere = await openLive(server, await newApplication(server.console), "cheater");
      assert.deepEqual(await ask(elsewhere, packet.ping), { status: 1 });
    });

    test("[LP-BLK-1] on a session authorized by license records that license: 201 for others, 105 from then on", async () => {
      const product = await newApplication(server.console);
      const license = await newLicense(server.console, product);
      await using peer = await openLive(server, product, "cheater");
      await using other = await openLive(server, product, "other");
      await ask(other, packet.setPanelEventsSubscription, { subscribed: true });
      for (const one of [peer, other]) await ask(one, packet.authorizeByLicense, { license });
      assert.deepEqual(await ask(peer, packet.blacklist), { status: 1 });
      assert.deepEqual(await peer.closing(), blacklisted);
      assert.deepEqual(await nextEvent(other), [201, undefined]);
      assert.deepEqual(await ask(other, packet.authorizeByLicense, { license }), { levels: [], status: 105 });
      const shown = await must(server.console, "showLicense", { license, applicationId: product.id });
      assert.equal(shown.license.state, "blacklisted");
    });

    test("[LP-BLK-1] on a session authorized by account records that account, at both doors", async () => {
      const product = await newApplication(server.console);
      await addAccount(server, product, { login: "anna", email });
      const rest = RestPeer.of(server, product);
      const token = await rest.login(email, knownPassword);
      await using peer = await openLive(server, product, "cheater");
      await using other = await openLive(server, product, "other");
      await ask(other, packet.setPanelEventsSubscription, { subscribed: true });
      for (const one of [peer, other]) await ask(one, packet.authorizeByCredentials, credentials);
      assert.deepEqual(await ask(peer, packet.blacklist), { status: 1 });
      assert.deepEqual(await peer.closing(), blacklisted);
      assert.deepEqual(await nextEvent(other), [811, undefined]);
      assert.deepEqual(await ask(other, packet.authorizeByCredentials, credentials), { status: 201 });
      assert.equal(await rest.isLive(token), false);
      // The license of an account is not the account.
      assert.deepEqual(await entriesOf(product), [{ kind: "client", value: "cheater", madeBy: "client" }]);
    });

    test("[LP-BLK-1] ends the other live sessions of the client id", async () => {
      const product = await newApplication(server.console);
      await using peer = await openLive(server, product, "cheater");
      await using twin = await openLive(server, product, "cheater");
      await using honest = await openLive(server, product, "honest");
      await ask(twin, packet.setPanelEventsSubscription, { subscribed: true });
      assert.deepEqual(await ask(peer, packet.blacklist, { comment: "" }), { status: 1 });
      assert.deepEqual(await nextEvent(twin), [1, undefined]);
      assert.equal((await twin.closing()).code, 4100);
      assert.deepEqual(await ask(honest, packet.ping), { status: 1 });
      assert.deepEqual(await entriesOf(product), [{ kind: "client", value: "cheater", madeBy: "client" }]);
    });

    test("[LP-RES-3] neither its session nor its twin's can be resumed, nor one whose connection was lost before", async () => {
      const product = await newApplication(server.console);
      await using lost = await openLive(server, product, "given up");
      lost.socket.close(1001);
      await lost.closing();
      await using peer = await openLive(server, product, "given up");
      await ask(peer, packet.blacklist);
      // On record it has ended before it is answered: a crash here leaves nothing to resume.
      const rows = await server.db
        .selectFrom("session")
        .select(["nodeId", "leaseUntil"])
        .where("clientId", "=", "given up")
        .execute();
      assert.ok(rows.every(({ nodeId, leaseUntil }) => nodeId === null && leaseUntil !== null));
      for (const { resumeId } of [lost, peer]) {
        await using again = await RawPeer.connect(server.url, { "resume-id": resumeId });
        assert.equal((await again.closing()).code, 4401);
      }
    });

    test("[LP-BLK-1] at the quota answers 604, records nothing, and the socket stays; operators' entries do not count", async () => {
      const product = await newApplication(server.console, { blacklistQuota: 1 });
      const applicationId = product.id;
      await must(server.console, "addBlacklistEntry", { applicationId, kind: "client", value: "by operator" });
      await using first = await openLive(server, product, "first");
      await using second = await openLive(server, product, "second");
      const license = await newLicense(server.console, product);
      await ask(second, packet.authorizeByLicense, { license });
      assert.deepEqual(await ask(first, packet.blacklist), { status: 1 });
      assert.deepEqual(await ask(second, packet.blacklist), { status: 604 });
      assert.equal((await ask(second, packet.getCurrentLicense))["status"], 1);
      assert.equal((await entriesOf(product)).length, 2);
      await changeSettings(server, product, { blacklistQuota: null });
      assert.deepEqual(await ask(second, packet.blacklist), { status: 1 });
    });

    test("[LP-BLK-1] of clients that race for the last place under the quota exactly one gets it", async () => {
      const product = await newApplication(server.console, { blacklistQuota: 1 });
      await using opened = new AsyncDisposableStack();
      const peers: RawPeer[] = [];
      for (let n = 0; n < 8; n++) peers.push(opened.use(await openLive(server, product, `racer-${n}`)));
      const statuses = await Promise.all(peers.map(async (peer) => (await ask(peer, packet.blacklist))["status"]));
      assert.deepEqual(statuses.toSorted(), [1, 604, 604, 604, 604, 604, 604, 604]);
      assert.equal((await entriesOf(product)).length, 1);
    });

    test("[LP-CONN-4] a body of another shape closes with 4302, and before initialize it closes with 4200", async () => {
      const product = await newApplication(server.console);
      await using peer = await openLive(server, product, "malformed");
      peer.send(packet.blacklist, { comment: 7 });
      assert.equal((await peer.closing()).code, 4302);
      await using early = await RawPeer.connect(server.url);
      early.send(packet.blacklist);
      assert.equal((await early.closing()).code, 4200);
      assert.deepEqual(await entriesOf(product), []);
    });
  });

  suite("by the operator", () => {
    test("[LP-INIT-1] a client id or an address on the list is kept out, and let in again when it is taken off", async () => {
      const product = await newApplication(server.console);
      const applicationId = product.id;
      for (const entry of [
        { kind: "client", value: "cheater" },
        { kind: "address", value: "127.0.0.1" },
      ] as const) {
        await using live = await openLive(server, product, "cheater");
        await ask(live, packet.setPanelEventsSubscription, { subscribed: true });
        await must(server.console, "addBlacklistEntry", { applicationId, ...entry });
        await must(server.console, "addBlacklistEntry", { applicationId, ...entry });
        assert.deepEqual(await nextEvent(live), [1, undefined]);
        assert.equal((await live.closing()).code, 4100);
        assert.deepEqual(await turnedAway(product, "cheater"), keptOut);
        assert.deepEqual(await entriesOf(product), [{ ...entry, madeBy: "operator" }]);
        await must(server.console, "removeBlacklistEntry", { applicationId, ...entry });
        await using again = await openLive(server, product, "cheater");
        assert.deepEqual(await ask(again, packet.ping), { status: 1 });
        const twice = await server.console.call("removeBlacklistEntry", { applicationId, ...entry });
        assert.deepEqual(twice, { ok: false, refusal: "blacklistEntryNotFound" });
      }
    });

    test("[LP-INIT-4] 503 comes after 601 and before 602", async () => {
      interface Aspects {
        application: { paused: boolean };
        list: { has: "client" | "address" };
        quota: { full: boolean };
      }
      const causes: readonly Cause<Aspects>[] = [
        [601, { application: { paused: true } }],
        [503, { list: { has: "client" } }],
        [503, { list: { has: "address" } }],
        [602, { quota: { full: true } }],
      ];
      const { observed, expected } = await judge(causes, async ({ application, list, quota }) => {
        const product = await newApplication(server.console, quota ? { sessionQuota: 0 } : {});
        const applicationId = product.id;
        const value = list?.has === "client" ? "cheater" : "127.0.0.1";
        if (list?.has) await must(server.console, "addBlacklistEntry", { applicationId, kind: list.has, value });
        if (application) await must(server.console, "pauseApplication", { applicationId });
        await using peer = await RawPeer.connect(server.url);
        const { websocketApiKey } = product;
        return (await ask(peer, packet.initialize, { websocket_api_key: websocketApiKey, client_id: "cheater" }))[
          "status"
        ];
      });
      assert.deepEqual(observed, expected);
    });

    test("[LP-BLK-1] the list of an application that does not exist is refused, and touches no other", async () => {
      const product = await newApplication(server.console);
      const entry = { applicationId: "none", kind: "client", value: "someone" } as const;
      const outcomes = [
        await server.console.call("addBlacklistEntry", entry),
        await server.console.call("listBlacklist", entry),
        await server.console.call("removeBlacklistEntry", entry),
      ];
      const refusals = outcomes.map((outcome) => "refusal" in outcome && outcome.refusal);
      assert.deepEqual(refusals, ["applicationNotFound", "applicationNotFound", "blacklistEntryNotFound"]);
      assert.deepEqual(await entriesOf(product), []);
    });
  });

  test("[LP-BLK-1] more than the limit of one address an hour answers 604 as well, and the socket stays", async () => {
    await using strict = await startTestServer({ settings: { ...(await newDatabase()), blacklistsPerAddress: "1" } });
    const product = await newApplication(strict.console);
    await using first = await openLive(strict, product, "first");
    await using second = await openLive(strict, product, "second");
    assert.deepEqual(await ask(first, packet.blacklist), { status: 1 });
    assert.deepEqual(await ask(second, packet.blacklist), { status: 604 });
    assert.deepEqual(await ask(second, packet.ping), { status: 1 });
  });
});
