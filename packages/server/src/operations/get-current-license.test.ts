import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import {
  addAccount,
  addLicense,
  ask,
  changeSettings,
  knownPassword,
  ManualClock,
  must,
  newApplication,
  newLicense,
  nextEvent,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  RawPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

const minute = 60;
const minuteMs = minute * 1000;
const credentials = { login: "anna", password: knownPassword };
const plan = { levels: ["pro"], comment: "c", durationMs: minuteMs };

onEachDatabase("the current authorization", (newDatabase) => {
  let clock: ManualClock;
  let server: TestServer;
  before(async () => {
    clock = new ManualClock();
    const wide = { signInsPerIdentity: "100000", signInsPerAddress: "100000", pingInterval: "30d" };
    server = await startTestServer({ clock, settings: { ...(await newDatabase()), ...wide } });
  });
  after(() => server[Symbol.asyncDispose]());

  const current = (peer: RawPeer) => ask(peer, packet.getCurrentLicense);
  const currentAccount = (peer: RawPeer) => ask(peer, packet.getCurrentAccount);
  const authorize = (peer: RawPeer, license: string) => ask(peer, packet.authorizeByLicense, { license });

  /** A subscribed session that was authorized by a license of one minute. */
  async function licensed() {
    const product = await newApplication(server.console);
    const license = await newLicense(server.console, product, plan);
    const peer = await openLive(server, product);
    await ask(peer, packet.setPanelEventsSubscription, { subscribed: true });
    assert.equal((await authorize(peer, license))["status"], 1);
    const named = { license, applicationId: product.id };
    return { product, license, named, peer, [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose]() };
  }

  /** Lets a license of an authorized session come to its end. */
  async function expire(peer: RawPeer): Promise<void> {
    await clock.advance(minuteMs);
    for (;;) {
      const [type] = await nextEvent(peer);
      if (type === 2) return;
    }
  }

  suite("get_current_license", () => {
    test("[LP-CUR-1] answers as the authorize did, with what the time has made of it", async () => {
      await using scene = await licensed();
      const { peer, license } = scene;
      const expiresAt = Math.floor(clock.now() / 1000) + minute;
      const answer = {
        license,
        levels: ["pro"],
        comment: "c",
        ip_address: "127.0.0.1",
        expires_at: expiresAt,
        status: 1,
      };
      assert.deepEqual(await current(peer), { ...answer, time_left: minute });
      await clock.advance(10_000);
      assert.deepEqual(await current(peer), { ...answer, time_left: minute - 10 });
    });

    test("[LP-CUR-1] without an end it has neither time_left nor expires_at", async () => {
      const product = await newApplication(server.console);
      const license = await newLicense(server.console, product);
      await using peer = await openLive(server, product);
      await authorize(peer, license);
      assert.deepEqual(await current(peer), { license, levels: [], ip_address: "127.0.0.1", status: 1 });
    });

    test("[LP-CUR-1] from an expiry to the next authorize it answers 103 with the payload, also after a resume", async () => {
      await using scene = await licensed();
      const { peer, license, product } = scene;
      await expire(peer);
      const answer = {
        license,
        levels: ["pro"],
        comment: "c",
        ip_address: "127.0.0.1",
        time_left: 0,
        expires_at: Math.floor(clock.now() / 1000),
        status: 103,
      };
      assert.deepEqual(await current(peer), answer);
      assert.deepEqual(await ask(peer, packet.logout), { status: 3 });
      assert.deepEqual(await current(peer), answer);
      peer.socket.close(1001);
      await peer.closing();
      await using again = await RawPeer.connect(server.url, { "resume-id": peer.resumeId });
      assert.deepEqual(await current(again), answer);
      const other = await newLicense(server.console, product);
      assert.equal((await authorize(again, other))["status"], 1);
      assert.deepEqual(await current(again), { license: other, levels: [], ip_address: "127.0.0.1", status: 1 });
      await ask(again, packet.logout);
      assert.deepEqual(await current(again), { status: 3 });
    });

    test("[LP-CUR-1] at the very second of the end, before anything is written, it answers 103", async () => {
      const product = await newApplication(server.console);
      const end = clock.now() + 500;
      await addLicense(server, product, { key: "ENDS-SOON", activatedAt: 1, durationMs: 1, expiresAt: end });
      await using peer = await openLive(server, product);
      assert.equal((await authorize(peer, "ENDS-SOON"))["status"], 1);
      await clock.advance(500);
      const { status, license } = await current(peer);
      assert.deepEqual([status, license], [103, "ENDS-SOON"]);
      // On whole seconds again, as the other tests count.
      await clock.advance(500);
    });

    test("[LP-CUR-1] an account's authorization that has expired was none by license", async () => {
      const product = await newApplication(server.console, { licenseRequired: true });
      const { id: accountId } = await addAccount(server, product, { login: "anna" });
      const end = clock.now() + minuteMs;
      await addLicense(server, product, {
        key: "OF-ANNA",
        accountId,
        activatedAt: 1,
        durationMs: minuteMs,
        expiresAt: end,
      });
      await using peer = await openLive(server, product);
      await ask(peer, packet.setPanelEventsSubscription, { subscribed: true });
      assert.equal((await ask(peer, packet.authorizeByCredentials, credentials))["status"], 1);
      assert.deepEqual(await current(peer), { status: 3 });
      await expire(peer);
      assert.deepEqual([await current(peer), await currentAccount(peer)], [{ status: 3 }, { status: 3 }]);
    });

    const revocations = {
      paused: "pauseLicense",
      blacklisted: "blacklistLicense",
      reinitialized: "reinitializeLicense",
      deleted: "deleteLicense",
    } as const;
    for (const [what, operation] of Object.entries(revocations)) {
      test(`[LP-CUR-1] a license that was ${what} answers 3, also when its time is up`, async () => {
        await using scene = await licensed();
        const { peer, named } = scene;
        await must(server.console, operation, named);
        assert.deepEqual(await current(peer), { status: 3 });
        if (operation === "pauseLicense") await must(server.console, "unpauseLicense", named);
        await clock.advance(minuteMs);
        assert.deepEqual(await current(peer), { status: 3 });
      });

      test(`[LP-CUR-1] one that was ${what} after it had expired answers ${what === "paused" || what === "blacklisted" ? 103 : 3}`, async () => {
        await using scene = await licensed();
        const { peer, named } = scene;
        await expire(peer);
        await must(server.console, operation, named);
        const { status } = await current(peer);
        assert.equal(status, what === "paused" || what === "blacklisted" ? 103 : 3);
      });
    }

    test("[LP-CUR-1] one that was extended after it had expired is no longer expired", async () => {
      await using scene = await licensed();
      const { peer, named, license } = scene;
      await expire(peer);
      await must(server.console, "extendLicense", { ...named, durationMs: minuteMs });
      assert.deepEqual(await current(peer), { status: 3 });
      assert.equal((await authorize(peer, license))["status"], 1);
    });

    test("[LP-CUR-1] without any authorization it answers 3, before initialize it closes with 4200", async () => {
      await using peer = await openLive(server, await newApplication(server.console));
      assert.deepEqual(await current(peer), { status: 3 });
      await using early = await RawPeer.connect(server.url);
      early.send(packet.getCurrentLicense);
      assert.equal((await early.closing()).code, 4200);
    });
  });

  suite("get_current_account", () => {
    async function withAccount(product: Product) {
      const account = await addAccount(server, product, { login: "anna", comment: "c", levels: '["base"]' });
      const peer = await openLive(server, product);
      return { account, peer, [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose]() };
    }

    test("[LP-CUR-1] answers as the authorize did, with what its licenses are worth now", async () => {
      const product = await newApplication(server.console);
      await using scene = await withAccount(product);
      const { peer, account } = scene;
      const authorized = await ask(peer, packet.authorizeByCredentials, credentials);
      const plain = { login: "anna", comment: "c", ip_address: "127.0.0.1", license_required: false, status: 1 };
      assert.deepEqual(authorized, { ...plain, levels: ["base"] });
      assert.deepEqual(await currentAccount(peer), authorized);
      const end = clock.now() + minuteMs;
      const linked = { key: "LINKED", accountId: account.id, activatedAt: 1, durationMs: minuteMs, expiresAt: end };
      await addLicense(server, product, { ...linked, levels: '["pro"]' });
      const worth = { levels: ["base", "pro"], time_left: minute, expires_at: end / 1000 };
      assert.deepEqual(await currentAccount(peer), { ...plain, ...worth });
      await clock.advance(minuteMs);
      assert.deepEqual(await currentAccount(peer), authorized);
    });

    test("[LP-CUR-1] a session authorized the other way, or not at all, gets 3", async () => {
      const product = await newApplication(server.console);
      await using scene = await withAccount(product);
      const { peer } = scene;
      assert.deepEqual(await currentAccount(peer), { status: 3 });
      await authorize(peer, await newLicense(server.console, product));
      assert.deepEqual(await currentAccount(peer), { status: 3 });
      await ask(peer, packet.logout);
      await ask(peer, packet.authorizeByCredentials, credentials);
      assert.deepEqual(await current(peer), { status: 3 });
      await ask(peer, packet.logout);
      assert.deepEqual(await currentAccount(peer), { status: 3 });
    });

    test("[LP-CRED-3] 203 while the application asks for a license that the account does not have", async () => {
      const product = await newApplication(server.console);
      await using scene = await withAccount(product);
      const { peer, account } = scene;
      await ask(peer, packet.authorizeByCredentials, credentials);
      await changeSettings(server, product, { licenseRequired: true });
      assert.deepEqual(await currentAccount(peer), { status: 203 });
      await addLicense(server, product, { key: "LINKED", accountId: account.id, activatedAt: 1 });
      assert.equal((await currentAccount(peer))["license_required"], true);
    });

    for (const operation of ["disableAccount", "blacklistAccount", "deleteAccount"] as const) {
      test(`[LP-CUR-1] after ${operation} it answers 3`, async () => {
        await using scene = await withAccount(await newApplication(server.console));
        const { peer, account } = scene;
        await ask(peer, packet.authorizeByCredentials, credentials);
        await must(server.console, operation, { accountId: account.id });
        assert.deepEqual(await currentAccount(peer), { status: 3 });
      });
    }
  });
});
