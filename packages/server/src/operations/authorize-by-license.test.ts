import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import {
  addAccount,
  addLicense,
  ask,
  type Cause,
  changeLicense,
  changeSettings,
  eventually,
  judge,
  knownPassword,
  ManualClock,
  must,
  newApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  type RawPeer,
  startTestServer,
  type TestServer,
  withoutTable,
} from "@latchkey/testkit";
import { sha256 } from "#crypto/tokens.ts";
import type { NewLicense, NodeId } from "#storage/tables.ts";

const hourMs = 3_600_000;
const resumeWindowMs = 300_000;

onEachDatabase("authorize_by_license", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    // Nobody answers pings while the clock is moved by hand.
    server = await startTestServer({ clock, settings: { ...(await newDatabase()), pingInterval: "30d" } });
  });
  after(() => server[Symbol.asyncDispose]());

  function authorize(peer: RawPeer, license: string): Promise<Record<string, unknown>> {
    return ask(peer, packet.authorizeByLicense, { license });
  }

  async function statusOf(peer: RawPeer, license: string): Promise<unknown> {
    return (await authorize(peer, license))["status"];
  }

  /** What a client that comes for this one request is answered. */
  async function statusFor(application: Product, clientId: string, license: string): Promise<unknown> {
    await using peer = await openLive(server, application, clientId);
    return await statusOf(peer, license);
  }

  function stateOf({ id }: Product, license: string) {
    return must(server.console, "showLicense", { applicationId: id, license }).then((shown) => shown.license);
  }

  test("it answers the license, its levels and comment and the client's address, and nothing else", async () => {
    const application = await newApplication(server.console);
    const plan = { levels: ["pro", "beta"], comment: "for Alice", durationMs: hourMs, seats: 1 };
    const license = await newLicense(server.console, application, plan);
    await using peer = await openLive(server, application);
    assert.deepEqual(await authorize(peer, license), {
      status: 1,
      license,
      levels: ["pro", "beta"],
      comment: "for Alice",
      ip_address: "127.0.0.1",
      time_left: 3600,
      expires_at: (clock.now() + hourMs) / 1000,
    });
  });

  test("a key has 6 to 64 code points, or is answered with 101 or 102", async () => {
    await using peer = await openLive(server, await newApplication(server.console));
    for (const [key, status] of [
      ["", 101],
      ["12345", 101],
      ["🔑🔑🔑🔑🔑", 101],
      ["123456", 100],
      ["🔑".repeat(64), 100],
      ["x".repeat(65), 102],
    ] as const) {
      assert.deepEqual(await authorize(peer, key), { status }, key);
    }
  });

  test("a license of another application answers 100 and stays available", async () => {
    const another = await newApplication(server.console);
    const license = await newLicense(server.console, another);
    await using peer = await openLive(server, await newApplication(server.console));
    assert.deepEqual(await authorize(peer, license), { status: 100 });
    assert.equal((await stateOf(another, license)).state, "available");
  });

  test("[LP-LIC-1] the first authorize activates an available license, and its duration runs from there", async () => {
    const application = await newApplication(server.console);
    const license = await newLicense(server.console, application, { durationMs: 60_000 });
    await clock.advance(90_000);
    assert.equal((await stateOf(application, license)).state, "available");
    const activatedAt = clock.now();

    await using peer = await openLive(server, application);
    assert.equal((await authorize(peer, license))["time_left"], 60);
    await clock.advance(10_000);
    await using another = await openLive(server, application, "client-2");
    const later = await authorize(another, license);
    assert.equal(later["time_left"], 50);
    assert.equal(later["expires_at"], activatedAt / 1000 + 60);
    const { state, expiresAt, ...shown } = await stateOf(application, license);
    assert.deepEqual([state, shown.activatedAt, expiresAt], ["activated", activatedAt, activatedAt + 60_000]);
  });

  test("[LP-LIC-1] the authorization lasts until the license expires, and then the license answers 103", async () => {
    const application = await newApplication(server.console);
    const license = await newLicense(server.console, application, { durationMs: 60_000 });
    await using peer = await openLive(server, application);
    await authorize(peer, license);
    await clock.advance(59_999);
    assert.deepEqual(await authorize(peer, license), { status: 7 });
    await clock.advance(1);
    assert.deepEqual(await ask(peer, packet.logout), { status: 3 });
    assert.deepEqual(await authorize(peer, license), { status: 103, levels: [] });
  });

  suite("[LP-LIC-2] a license that requires a client id", () => {
    test("is bound to the first client id that authorizes; another one answers 502", async () => {
      const application = await newApplication(server.console);
      const license = await newLicense(server.console, application, {
        bindsClient: true,
        levels: ["pro"],
        comment: "x",
      });
      assert.equal(await statusFor(application, "mine", license), 1);
      assert.equal((await stateOf(application, license)).clientId, "mine");
      await using other = await openLive(server, application, "other");
      assert.deepEqual(await authorize(other, license), { status: 502 });
      assert.equal(await statusFor(application, "mine", license), 1);
    });

    test("is bound at its next authorize when it is activated and not bound yet", async () => {
      const application = await newApplication(server.console);
      const license = await newLicense(server.console, application, { bindsClient: true, durationMs: hourMs });
      assert.equal(await statusFor(application, "former", license), 1);
      const { expiresAt } = await stateOf(application, license);
      await changeLicense(server, license, { clientId: null });
      await clock.advance(1_000);
      assert.equal(await statusFor(application, "next", license), 1);
      assert.equal(await statusFor(application, "former", license), 502);
      assert.equal((await stateOf(application, license)).expiresAt, expiresAt, "binding activates nothing anew");
    });

    test("is bound by no client that is refused", async () => {
      const application = await newApplication(server.console, { sessionQuota: 1 });
      const license = await newLicense(server.console, application, { bindsClient: true });
      const filler = await newLicense(server.console, application);
      await using first = await openLive(server, application, "first");
      await using refused = await openLive(server, application, "refused");
      await authorize(first, filler);
      assert.equal(await statusOf(refused, license), 602);
      const { state, clientId } = await stateOf(application, license);
      assert.deepEqual([state, clientId], ["available", undefined]);
    });

    test("while any other license admits every client id and is bound to none", async () => {
      const application = await newApplication(server.console);
      const license = await newLicense(server.console, application);
      for (const clientId of ["one-", "two-"]) assert.equal(await statusFor(application, clientId, license), 1);
      assert.equal((await stateOf(application, license)).clientId, undefined);
    });
  });

  test("[LP-LIC-3] time_left are the seconds that remain, expires_at is the unix second of the end", async () => {
    const application = await newApplication(server.console);
    await using peer = await openLive(server, application);
    for (const [remainingMs, timeLeft] of [
      [1, 1],
      [1_000, 1],
      [90_000, 90],
      [400 * 86_400_000, 400 * 86_400],
    ] as const) {
      const key = `ENDS-IN-${remainingMs}`;
      const expiresAt = clock.now() + remainingMs;
      await addLicense(server, application, { key, activatedAt: 1, expiresAt });
      const { time_left, expires_at } = await authorize(peer, key);
      assert.deepEqual([time_left, expires_at], [timeLeft, Math.floor(expiresAt / 1000)]);
      await ask(peer, packet.logout);
    }
  });

  test("[LP-LIC-3] a license without an end has neither", async () => {
    const application = await newApplication(server.console);
    const license = await newLicense(server.console, application);
    await using peer = await openLive(server, application);
    assert.deepEqual(await authorize(peer, license), { status: 1, license, levels: [], ip_address: "127.0.0.1" });
  });

  test("[LP-LIC-4] 103, 104 and 105 carry levels and comment too", async () => {
    const application = await newApplication(server.console);
    await using peer = await openLive(server, application);
    const terms = { levels: '["pro"]', comment: "ask support" };
    for (const [status, state] of [
      [103, { activatedAt: 1, expiresAt: clock.now() }],
      [104, { pausedAt: 1 }],
      [105, { blacklistedAt: 1 }],
    ] as const) {
      await addLicense(server, application, { key: `WITH-${status}`, ...terms, ...state });
      await addLicense(server, application, { key: `PLAIN-${status}`, ...state });
      assert.deepEqual(await authorize(peer, `WITH-${status}`), { status, levels: ["pro"], comment: "ask support" });
      assert.deepEqual(await authorize(peer, `PLAIN-${status}`), { status, levels: [] });
    }
  });

  test("[LP-LIC-5] where several refusals apply, the first in the order of the rule is answered", async () => {
    const { observed, expected } = await judge(causes, async (because) => {
      const application = await newApplication(server.console);
      if (because.license) await addLicense(server, application, { key, ...because.license });
      const filler = await newLicense(server.console, application);
      await using peer = await openLive(server, application);
      if (because.session?.authorized) assert.equal(await statusOf(peer, filler), 1);
      if (because.quota?.reached) await changeSettings(server, application, { sessionQuota: 0 });
      return await statusOf(peer, because.fields?.license ?? filler);
    });
    assert.deepEqual(observed, expected);
  });

  suite("[LP-LIC-6] a license with a number of seats", () => {
    /** A client whose connection is gone, and whose session is in its resume window. */
    async function lose(peer: RawPeer): Promise<void> {
      peer.socket.terminate();
      await eventually("the session to be disconnected", async () => {
        const row = await rowOf(peer);
        return row !== undefined && row.nodeId === null;
      });
    }

    function rowOf({ resumeId }: RawPeer) {
      return server.db.selectFrom("session").selectAll().where("secretHash", "=", sha256(resumeId)).executeTakeFirst();
    }

    async function oneSeat() {
      const application = await newApplication(server.console);
      return { application, license: await newLicense(server.console, application, { seats: 1 }) };
    }

    test("has no more authorized sessions than seats; one more answers 801", async () => {
      const application = await newApplication(server.console);
      const license = await newLicense(server.console, application, { seats: 2, levels: ["pro"], comment: "x" });
      await using first = await openLive(server, application, "first");
      await using second = await openLive(server, application, "second");
      await using third = await openLive(server, application, "third");
      assert.equal(await statusOf(first, license), 1);
      assert.equal(await statusOf(second, license), 1);
      assert.deepEqual(await authorize(third, license), { status: 801 });
      await ask(first, packet.logout);
      assert.equal(await statusOf(third, license), 1);
      assert.equal(await statusOf(first, license), 801);
    });

    test("counts sessions, not clients: a connected session keeps its seat from its own client id", async () => {
      const { application, license } = await oneSeat();
      await using first = await openLive(server, application, "client");
      assert.equal(await statusOf(first, license), 1);
      assert.equal(await statusFor(application, "client", license), 801);
      assert.deepEqual(await ask(first, packet.logout), { status: 1 });
    });

    test("lets a client id take the seat of its own disconnected session, which ends", async () => {
      const { application, license } = await oneSeat();
      await using lost = await openLive(server, application, "client");
      assert.equal(await statusOf(lost, license), 1);
      await lose(lost);
      await using back = await openLive(server, application, "client");
      assert.equal(await statusOf(back, license), 1);
      assert.equal(await rowOf(lost), undefined);
      assert.equal(await statusFor(application, "client", license), 801, "there is still one seat");
    });

    test("keeps the seat of a disconnected session from every other client id for the resume window", async () => {
      const { application, license } = await oneSeat();
      await using lost = await openLive(server, application, "client");
      assert.equal(await statusOf(lost, license), 1);
      await lose(lost);
      await using other = await openLive(server, application, "other");
      assert.equal(await statusOf(other, license), 801);
      await clock.advance(resumeWindowMs - 1);
      assert.equal(await statusOf(other, license), 801);
      await clock.advance(1);
      assert.equal(await statusOf(other, license), 1);
    });

    test("takes no session of a client id that holds no seat of this license", async () => {
      const { application, license } = await oneSeat();
      const another = await newLicense(server.console, application);
      await using holder = await openLive(server, application, "holder");
      await using lost = await openLive(server, application, "client");
      assert.equal(await statusOf(holder, license), 1);
      assert.equal(await statusOf(lost, another), 1);
      await lose(lost);
      assert.equal(await statusFor(application, "client", license), 801);
      assert.ok(await rowOf(lost));
    });

    suite("whose holder's server has crashed", () => {
      /** Hands a session over to a server of which nothing is left but its lease. */
      async function crash(peer: RawPeer, leaseUntil: number): Promise<void> {
        const id = `node of ${peer.resumeId}` as NodeId;
        await server.db.insertInto("node").values({ id, leaseUntil }).execute();
        const moved = server.db.updateTable("session").set({ nodeId: id });
        await moved.where("secretHash", "=", sha256(peer.resumeId)).returning("id").executeTakeFirstOrThrow();
      }

      for (const [when, leaseEndedMsAgo, ofTheSame, ofAnother] of [
        ["is held as long as that server's lease runs", -1, 801, 801],
        ["falls to its own client id once the lease has ended", 0, 1, 801],
        ["falls to its own client id until the resume window is over", resumeWindowMs - 1, 1, 801],
        ["is free when the resume window is over", resumeWindowMs, 1, 1],
      ] as const) {
        test(when, async () => {
          for (const [clientId, expected] of [
            ["client", ofTheSame],
            ["other", ofAnother],
          ] as const) {
            const { application, license } = await oneSeat();
            await using holder = await openLive(server, application, "client");
            assert.equal(await statusOf(holder, license), 1);
            await crash(holder, clock.now() - leaseEndedMsAgo);
            assert.equal(await statusFor(application, clientId, license), expected, clientId);
          }
        });
      }
    });
  });

  test("requests of every kind that want one license at once never block each other for good", async () => {
    const limits = { sessionQuota: 100, accountsPerAddressPerDay: null };
    const application = await newApplication(server.console, limits);
    await using open = new AsyncDisposableStack();
    const peers = await Promise.all(Array.from({ length: 6 }, (_, n) => openLive(server, application, `client-${n}`)));
    for (const peer of peers) open.use(peer);
    for (let round = 0; round < 4; round++) {
      const license = await newLicense(server.console, application);
      await addAccount(server, application, { login: `known-${round}` });
      const requests = [
        [packet.authorizeByLicense, { license }],
        [packet.createAccount, { license, login: `new-${round}`, password: knownPassword }],
        [packet.authorizeByCredentials, { license, login: `known-${round}`, password: knownPassword }],
      ] as const;
      const answers = peers.map((peer, n) => {
        const [type, fields] = requests[n % requests.length]!;
        return ask(peer, type, fields);
      });
      const statuses = (await Promise.all(answers)).map(({ status }) => status);
      assert.ok(!statuses.includes(6), `round ${round} came to ${statuses.join(", ")}`);
      for (const peer of peers) await ask(peer, packet.logout);
    }
  });

  test("a failure inside answers 6, and leaves the license as it was", async () => {
    const application = await newApplication(server.console);
    const license = await newLicense(server.console, application);
    await using peer = await openLive(server, application);
    await withoutTable(server, "session", async () => {
      assert.deepEqual(await authorize(peer, license), { status: 6 });
    });
    assert.equal((await stateOf(application, license)).state, "available");
    assert.equal(await statusOf(peer, license), 1);
  });
});

interface Aspects {
  readonly fields: { readonly license: string };
  readonly license: NewLicense;
  readonly session: { readonly authorized: boolean };
  readonly quota: { readonly reached: boolean };
}

const key = "LICENSE";
const fields = { license: key };
const causes: readonly Cause<Aspects>[] = [
  [101, { fields: { license: "short" } }],
  [102, { fields: { license: "x".repeat(65) } }],
  [7, { session: { authorized: true } }],
  [100, { fields: { license: "NO-SUCH-LICENSE" } }],
  [105, { fields, license: { blacklistedAt: 1 } }],
  [104, { fields, license: { pausedAt: 1 } }],
  [103, { fields, license: { activatedAt: 1, expiresAt: 2 } }],
  [502, { fields, license: { clientPolicy: "first", clientId: "somebody else" } }],
  [602, { quota: { reached: true } }],
  // A seat that nobody can have: the shortest way to none being free.
  [801, { fields, license: { seats: 0 } }],
];
