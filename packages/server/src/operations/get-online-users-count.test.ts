import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import {
  addAccount,
  ask,
  knownPassword,
  ManualClock,
  must,
  newApplication,
  newLicense,
  nextEvent,
  onEachDatabase,
  openLive,
  packet,
  RawPeer,
  RestPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

onEachDatabase("presence and events", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock, settings: { ...(await newDatabase()), pingInterval: "30d" } });
  });
  after(() => server[Symbol.asyncDispose]());

  test("[LP-ONL-1] counts the sessions of the application that are authorized now, either way, and no others", async () => {
    const product = await newApplication(server.console);
    const other = await newApplication(server.console);
    const email = "anna@example.com";
    await addAccount(server, product, { login: "anna", email });
    const license = await newLicense(server.console, product);
    await using watching = await openLive(server, product);
    await using elsewhere = await openLive(server, other);
    const count = async () => (await ask(watching, packet.getOnlineUsersCount))["online_users_count"];
    const counts: Record<string, unknown> = { nobody: await count() };

    await using first = await openLive(server, product);
    await ask(first, packet.authorizeByLicense, { license });
    await using second = await openLive(server, product);
    await ask(second, packet.authorizeByCredentials, { login: "anna", password: knownPassword });
    counts["by license and by account"] = await count();
    const foreign = await newLicense(server.console, other);
    await ask(elsewhere, packet.authorizeByLicense, { license: foreign });
    await RestPeer.of(server, product).login(email, knownPassword);
    counts["and one of another application, and a user token"] = await count();
    await ask(watching, packet.authorizeByLicense, { license });
    counts["with oneself"] = await count();
    first.socket.close(1001);
    await first.closing();
    counts["one lost, that may come back"] = await count();
    await clock.advance(5 * 60_000);
    counts["one lost for good"] = await count();
    await ask(second, packet.logout);
    counts["one logged out"] = await count();
    await must(server.console, "pauseLicense", { license, applicationId: product.id });
    counts["one whose license is paused"] = await count();
    assert.deepEqual(counts, {
      nobody: 0,
      "by license and by account": 2,
      "and one of another application, and a user token": 2,
      "with oneself": 3,
      "one lost, that may come back": 3,
      "one lost for good": 2,
      "one logged out": 1,
      "one whose license is paused": 0,
    });
    assert.deepEqual(await ask(elsewhere, packet.getOnlineUsersCount), { online_users_count: 1, status: 1 });
  });

  test("[LP-ONL-1] an expired authorization does not count from the second of its end on", async () => {
    const product = await newApplication(server.console);
    const license = await newLicense(server.console, product, { durationMs: 10_000 });
    await using peer = await openLive(server, product);
    await ask(peer, packet.authorizeByLicense, { license });
    const online = async () => (await ask(peer, packet.getOnlineUsersCount))["online_users_count"];
    await clock.advance(9_999);
    const before = await online();
    await clock.advance(1);
    assert.deepEqual([before, await online()], [1, 0]);
  });

  test("[LP-ONL-1] before initialize it closes with 4200", async () => {
    await using early = await RawPeer.connect(server.url);
    early.send(packet.getOnlineUsersCount);
    assert.equal((await early.closing()).code, 4200);
  });

  suite("set_panel_events_subscription", () => {
    const subscribe = (peer: RawPeer, subscribed: unknown) =>
      ask(peer, packet.setPanelEventsSubscription, { subscribed });

    test("[LP-EVT-4] a fresh session hears nothing, a subscribed one does until it says otherwise; the effect comes anyway", async () => {
      const product = await newApplication(server.console);
      await using fresh = await openLive(server, product);
      await using peer = await openLive(server, product);
      const rename = (version: string) =>
        must(server.console, "updateApplication", { applicationId: product.id, version });
      await rename("2");
      assert.deepEqual(await subscribe(peer, true), { status: 1 });
      assert.deepEqual(await subscribe(peer, true), { status: 1 });
      await rename("3");
      assert.deepEqual(await nextEvent(peer), [102, { version: "3" }]);
      assert.deepEqual(await subscribe(peer, false), { status: 1 });
      await rename("4");
      for (const one of [peer, fresh]) {
        const id = one.send(packet.ping);
        assert.equal((await one.next())["id"], id);
      }
      const license = await newLicense(server.console, product);
      await ask(peer, packet.authorizeByLicense, { license });
      await must(server.console, "pauseLicense", { license, applicationId: product.id });
      const id = peer.send(packet.getCurrentLicense);
      const answer = await peer.next();
      assert.deepEqual([answer["id"], answer["status"]], [id, 3]);
    });

    test("[LP-OUT-5] the subscription outlives a logout and a resume, and is the session's own", async () => {
      const product = await newApplication(server.console);
      const license = await newLicense(server.console, product);
      await using peer = await openLive(server, product);
      await using twin = await openLive(server, product);
      await subscribe(peer, true);
      await ask(peer, packet.authorizeByLicense, { license });
      await ask(peer, packet.logout);
      peer.socket.close(1001);
      await peer.closing();
      await using again = await RawPeer.connect(server.url, { "resume-id": peer.resumeId });
      await ask(again, packet.ping);
      await must(server.console, "updateApplication", { applicationId: product.id, version: "2" });
      assert.deepEqual(await nextEvent(again), [102, { version: "2" }]);
      const id = twin.send(packet.ping);
      assert.equal((await twin.next())["id"], id);
    });

    test("[LP-ENV-3] anything but a boolean closes with 4302", async () => {
      const product = await newApplication(server.console);
      for (const fields of [{}, { subscribed: 1 }, { subscribed: "true" }, { subscribed: null }]) {
        await using peer = await openLive(server, product);
        peer.send(packet.setPanelEventsSubscription, fields);
        assert.equal((await peer.closing()).code, 4302, JSON.stringify(fields));
      }
    });
  });
});
