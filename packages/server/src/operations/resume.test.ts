import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import {
  addAccount,
  ask,
  eventually,
  knownPassword,
  ManualClock,
  must,
  newApplication,
  newLicense,
  onEachDatabase,
  openLive,
  opcode,
  packet,
  type Product,
  RawPeer,
  startTestServer,
  TcpPeer,
  type TestServer,
  within,
} from "@latchkey/testkit";
import { sha256 } from "#crypto/tokens.ts";

const unknown = { code: 4401, reason: "resume ID was not found or it is expired" };
const failed = { code: 4400, reason: "failed to resume session" };
const elsewhere = { code: 4450, reason: "session resumed elsewhere" };
const windowMs = 300_000;
const credentials = { login: "alice", password: knownPassword };

onEachDatabase("resume", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  let application: Product;
  let license: string;
  before(async () => {
    // Hours pass on this clock: nobody is to be asked whether it is still there.
    const settings = { ...(await newDatabase()), pingInterval: "30d", signInsPerIdentity: "1000" };
    server = await startTestServer({ clock, settings });
    application = await newApplication(server.console);
    license = await newLicense(server.console, application);
    await addAccount(server, application, { login: "alice" });
  });
  after(() => server[Symbol.asyncDispose]());

  /** A client that is authorized by license, and has its connection cut. */
  async function lost(authorize: readonly [number, object] = [packet.authorizeByLicense, { license }]) {
    const peer = await openLive(server, application);
    assert.equal((await ask(peer, ...authorize))["status"], 1);
    await lose(peer);
    return peer.resumeId;
  }

  async function lose(peer: RawPeer): Promise<void> {
    await peer.cut();
    await isLost(peer.resumeId);
  }

  function isLost(resumeId: string): Promise<void> {
    return eventually("the resume window to open", async () => (await rowOf(resumeId))?.leaseUntil !== null);
  }

  function rowOf(resumeId: string) {
    const rows = server.db.selectFrom("session").selectAll().where("secretHash", "=", sha256(resumeId));
    return rows.executeTakeFirst();
  }

  async function isAuthorized(peer: RawPeer): Promise<boolean> {
    return (await ask(peer, packet.getCurrentLicense))["status"] === 1;
  }

  for (const form of ["header", "packet"] as const) {
    suite(`by ${form}`, () => {
      const resume = (resumeId: string) => RawPeer.resume(server.url, resumeId, form);

      async function isUnknown(resumeId: string): Promise<void> {
        await using peer = await resume(resumeId);
        assert.deepEqual(await peer.closing(), unknown);
      }

      test("[LP-RES-1][LP-EVT-4][LP-VAL-1][LP-CONN-2] gives everything back without initialize or authorize, and a new resume id", async () => {
        const own = await newLicense(server.console, application);
        await using first = await openLive(server, application);
        assert.equal((await ask(first, packet.authorizeByLicense, { license: own }))["status"], 1);
        assert.equal((await ask(first, packet.setPanelEventsSubscription, { subscribed: true }))["status"], 1);
        assert.equal((await ask(first, packet.setSessionValue, { key: "k", value: "kept" }))["status"], 1);
        await lose(first);

        await using second = await resume(first.resumeId);
        if (form === "packet") {
          const { id: _, frame: __, ...answer } = await second.next();
          assert.deepEqual(answer, { resume_id: second.resumeId, authorized: "license", status: 1 });
        }
        assert.match(second.resumeId, /^[\w-]{43}$/);
        assert.notEqual(second.resumeId, first.resumeId);
        assert.equal((await ask(second, packet.getCurrentLicense))["license"], own);
        assert.deepEqual(await ask(second, packet.getSessionValue, { key: "k" }), { value: "kept", status: 1 });
        assert.deepEqual(await ask(second, packet.authorizeByLicense, { license: own }), { status: 7 });
        await must(server.console, "pauseLicense", { license: own, applicationId: application.id });
        assert.equal((await second.next())["event_type"], 205);
        await lose(second);
        await using third = await resume(second.resumeId);
        if (form === "packet") assert.equal((await third.next())["authorized"], "none");
        assert.equal((await ask(third, packet.logout))["status"], 3);
      });

      test("[LP-RES-1] gives an account back as well", async () => {
        await using peer = await resume(await lost([packet.authorizeByCredentials, credentials]));
        if (form === "packet") assert.equal((await peer.next())["authorized"], "account");
        assert.equal((await ask(peer, packet.getCurrentAccount))["login"], "alice");
      });

      test("[LP-RES-4] an id that nobody was given, or that is none, is closed with 4401", async () => {
        await using uninitialized = await RawPeer.connect(server.url);
        const resumeId = await lost();
        const near = resumeId.slice(0, -4) + [...resumeId.slice(-4)].reverse().join("");
        const hash = sha256(resumeId);
        for (const id of [uninitialized.resumeId, near === resumeId ? "x" : near, hash, "", "' or 1=1 --"]) {
          await isUnknown(id);
        }
        await using peer = await resume(resumeId);
        if (form === "packet") await peer.next();
        assert.ok(await isAuthorized(peer), "no attempt has touched the session");
      });

      test("[LP-RES-4] the id before stays good until the first frame shows that the new one has arrived", async () => {
        const first = await lost();
        await using second = await resume(first);
        await lose(second);
        await using third = await resume(first);
        // The answer that the second connection got is outdated by now, though its own id never was used.
        await isUnknown(second.resumeId);
        if (form === "packet") await third.next();
        assert.ok(await isAuthorized(third));
        await isUnknown(first);
        assert.ok(await isAuthorized(third), "an id that is used up takes nothing over");
        await lose(third);
        await isUnknown(first);
        await using fourth = await resume(third.resumeId);
        if (form === "packet") await fourth.next();
        assert.ok(await isAuthorized(fourth));
      });

      test("[LP-RES-4] however many answers are lost in a row, nothing else is", async () => {
        const first = await lost();
        for (let n = 0; n < 5; n++) {
          await using unseen = await resume(first);
          if (n % 2) await lose(unseen);
        }
        await using peer = await resume(first);
        if (form === "packet") await peer.next();
        assert.ok(await isAuthorized(peer));
      });

      test("[LP-RES-1][LP-RES-4] works until the last millisecond of the window, and then is closed with 4401", async () => {
        const first = await lost();
        await clock.advance(windowMs - 1);
        await using second = await resume(first);
        if (form === "packet") await second.next();
        assert.ok(await isAuthorized(second));
        await lose(second);
        await clock.advance(windowMs);
        await isUnknown(second.resumeId);
        await isUnknown(first);
      });

      test("[LP-RES-6] a connection that is still open is closed with 4450, and its session goes on with the same application and client id", async () => {
        const bound = await newLicense(server.console, application, { bindsClient: true });
        await using first = await openLive(server, application, "the client");
        assert.equal((await ask(first, packet.authorizeByLicense, { license: bound }))["status"], 1);
        await using second = await resume(first.resumeId);
        assert.deepEqual(await first.closing(), elsewhere);
        if (form === "packet") await second.next();
        assert.equal((await ask(second, packet.logout))["status"], 1);
        assert.equal((await ask(second, packet.authorizeByLicense, { license: bound }))["status"], 1, "not 502");
        const row = await rowOf(second.resumeId);
        assert.deepEqual([row?.applicationId, row?.clientId], [application.id, "the client"]);
      });

      test("[LP-RES-3][LP-OUT-4] neither id of a session that was logged out leads back into the authorization", async () => {
        const first = await lost();
        await using second = await resume(first);
        if (form === "packet") await second.next();
        assert.deepEqual(await ask(second, packet.logout), { status: 1 });
        await lose(second);
        await isUnknown(first);
        await using third = await resume(second.resumeId);
        if (form === "packet") assert.equal((await third.next())["authorized"], "none");
        assert.deepEqual(await ask(third, packet.getCurrentLicense), { status: 3 });
        assert.deepEqual(await ask(third, packet.logout), { status: 3 });
      });

      test("[LP-RES-3] an authorization that expired or was revoked meanwhile is not given back", async () => {
        const short = await newLicense(server.console, application, { durationMs: 60_000 });
        const paused = await newLicense(server.console, application);
        const expired = await lost([packet.authorizeByLicense, { license: short }]);
        const revoked = await lost([packet.authorizeByLicense, { license: paused }]);
        await must(server.console, "pauseLicense", { license: paused, applicationId: application.id });
        await clock.advance(60_000);
        for (const [resumeId, status] of [[expired, 103] as const, [revoked, 3] as const]) {
          await using peer = await resume(resumeId);
          if (form === "packet") assert.equal((await peer.next())["authorized"], "none");
          assert.equal((await ask(peer, packet.getCurrentLicense))["status"], status);
          assert.deepEqual(await ask(peer, packet.logout), { status: 3 });
        }
      });

      test("[LP-RES-3] a session that its operator has ended while nobody was connected is gone", async () => {
        const own = await newApplication(server.console);
        await using peer = await openLive(server, own);
        await using other = await openLive(server, own);
        await lose(peer);
        await lose(other);
        await must(server.console, "endSession", { sessionId: (await rowOf(peer.resumeId))?.id ?? "" });
        await isUnknown(peer.resumeId);
        await must(server.console, "pauseApplication", { applicationId: own.id });
        await must(server.console, "unpauseApplication", { applicationId: own.id });
        await isUnknown(other.resumeId);
      });
    });
  }

  const wrongs: [string, number, (peer: TcpPeer) => void][] = [
    ["a frame that is no packet", 4300, (peer) => peer.sendText("{}")],
    ["an unknown type", 4301, (peer) => peer.sendText('{"type":99,"id":9}')],
    ["a wrong body", 4302, (peer) => peer.sendText('{"type":2,"id":9}')],
    ["a failed resume", 4400, (peer) => peer.sendText('{"type":100,"id":9,"resume_id":"none"}')],
    ["a blacklist", 4203, (peer) => peer.sendText('{"type":6,"id":9}')],
  ];
  for (const [what, code, act] of wrongs) {
    test(`[LP-RES-3] a session that ${what} has ended cannot be resumed by who sees close ${code}, not even by one that does not answer it`, async () => {
      const own = await newApplication(server.console);
      const key = await newLicense(server.console, own);
      await using peer = await TcpPeer.connect(server);
      peer.read({ answersClose: false });
      const { websocketApiKey } = own;
      peer.sendText(JSON.stringify({ type: 0, id: 1, websocket_api_key: websocketApiKey, client_id: "client" }));
      peer.sendText(JSON.stringify({ type: 2, id: 2, license: key }));
      await eventually("both answers", () => Promise.resolve(peer.frames.length === 2));
      act(peer);
      await eventually("a close", () => Promise.resolve(peer.frames.at(-1)?.opcode === opcode.close));
      assert.equal(peer.frames.at(-1)?.payload.readUInt16BE(0), code);
      await using thief = await RawPeer.resume(server.url, peer.resumeId);
      assert.deepEqual(await thief.closing(), unknown);
    });
  }

  test("[LP-RES-4] a resume on a connection that is initialized is closed with 4400, by either form", async () => {
    const resumeId = await lost();
    await using initialized = await openLive(server, application);
    initialized.send(packet.resume, { resume_id: resumeId });
    assert.deepEqual(await initialized.closing(), failed);
    await using resumed = await RawPeer.resume(server.url, resumeId);
    resumed.send(packet.resume, { resume_id: resumeId });
    assert.deepEqual(await resumed.closing(), failed);
  });

  test("[LP-CONN-4] resume and ping are served before initialize, and only they", async () => {
    const resumeId = await lost();
    await using peer = await RawPeer.connect(server.url);
    assert.deepEqual(await ask(peer, packet.ping), { status: 1 });
    assert.equal((await ask(peer, packet.resume, { resume_id: resumeId }))["status"], 1);
    assert.ok(await isAuthorized(peer));
    await using other = await RawPeer.connect(server.url);
    other.send(packet.getSessionValue, { key: "k" });
    assert.equal((await other.closing()).code, 4200);
  });

  test("[LP-CONN-3] a resumed connection is initialized: the time for that does not run", async () => {
    await using peer = await RawPeer.resume(server.url, await lost());
    await using other = await RawPeer.connect(server.url);
    assert.equal((await ask(other, packet.resume, { resume_id: await lost() }))["status"], 1);
    await clock.advance(20_000);
    assert.ok((await isAuthorized(peer)) && (await isAuthorized(other)));
  });

  test("[LP-ENV-6] requests sent right behind a resume are judged by what it gives back, in their order", async () => {
    const resumeId = await lost();
    await using peer = await RawPeer.connect(server.url);
    peer.send(packet.resume, { resume_id: resumeId });
    peer.send(packet.getCurrentLicense);
    peer.send(packet.logout);
    peer.send(packet.getCurrentLicense);
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await peer.next())["status"]);
    assert.deepEqual(statuses, [1, 1, 1, 3]);
  });

  test("[LP-ENV-6] requests sent right behind a resume that fails are not run", async () => {
    await using peer = await RawPeer.connect(server.url);
    peer.send(packet.resume, { resume_id: "none" });
    peer.send(packet.initialize, { websocket_api_key: application.websocketApiKey, client_id: "never" });
    assert.deepEqual(await peer.closing(), unknown);
    const row = await server.db.selectFrom("session").selectAll().where("clientId", "=", "never").executeTakeFirst();
    assert.equal(row, undefined);
  });

  test("[LP-OUT-5] values and subscription outlive a logout, also through a resume", async () => {
    const own = await newLicense(server.console, application);
    await using first = await openLive(server, application);
    await ask(first, packet.authorizeByLicense, { license: own });
    await ask(first, packet.setSessionValue, { key: "k", value: "kept" });
    await ask(first, packet.setPanelEventsSubscription, { subscribed: true });
    assert.deepEqual(await ask(first, packet.logout), { status: 1 });
    assert.deepEqual(await ask(first, packet.getSessionValue, { key: "k" }), { value: "kept", status: 1 });
    await lose(first);
    await using second = await RawPeer.resume(server.url, first.resumeId);
    assert.deepEqual(await ask(second, packet.getSessionValue, { key: "k" }), { value: "kept", status: 1 });
    assert.equal((await ask(second, packet.authorizeByLicense, { license: own }))["status"], 1);
    await must(server.console, "pauseLicense", { license: own, applicationId: application.id });
    assert.equal((await second.next())["event_type"], 205);
  });

  test("[LP-EVT-4] a fresh session is not subscribed", async () => {
    const own = await newLicense(server.console, application);
    await using peer = await openLive(server, application);
    await ask(peer, packet.authorizeByLicense, { license: own });
    await must(server.console, "pauseLicense", { license: own, applicationId: application.id });
    await eventually("the license to be taken away", async () => !(await isAuthorized(peer)));
    peer.send(packet.ping);
    assert.equal((await peer.next())["event_type"], undefined);
  });

  suite("how a connection ends", () => {
    /** A session on the only seat of its license, and a way to see whether that is free. */
    async function seated() {
      const seat = await newLicense(server.console, application, { seats: 1 });
      const peer = await openLive(server, application, "holder");
      assert.equal((await ask(peer, packet.authorizeByLicense, { license: seat }))["status"], 1);
      return { peer, seat };
    }
    async function tryFor(seat: string): Promise<unknown> {
      await using other = await openLive(server, application, "other");
      return (await ask(other, packet.authorizeByLicense, { license: seat }))["status"];
    }

    test("[LP-RES-7] a client that closes with 1000 ends its session, and the seat is free when that is answered", async () => {
      const { peer, seat } = await seated();
      peer.socket.close(1000);
      assert.equal((await peer.closing()).code, 1000);
      assert.equal(await tryFor(seat), 1);
      await using again = await RawPeer.resume(server.url, peer.resumeId);
      assert.deepEqual(await again.closing(), unknown);
    });

    const ends: [string, (peer: RawPeer) => void][] = [
      ["1001", ({ socket }) => socket.close(1001)],
      ["1005", ({ socket }) => socket.close()],
      ["no close frame", ({ socket }) => socket.terminate()],
    ];
    for (const [code, end] of ends) {
      test(`[LP-RES-7] one that ends with ${code} opens the window, and keeps its seat until that is over`, async () => {
        const { peer, seat } = await seated();
        end(peer);
        await peer.closing();
        await isLost(peer.resumeId);
        assert.equal(await tryFor(seat), 801);
        await using again = await RawPeer.resume(server.url, peer.resumeId);
        assert.ok(await isAuthorized(again));
        await lose(again);
        await clock.advance(windowMs - 1);
        assert.equal(await tryFor(seat), 801);
        await clock.advance(1);
        assert.equal(await tryFor(seat), 1);
      });
    }

    test("[LP-RES-7] after 4450 the session is the new connection's, whatever becomes of the old one", async () => {
      const { peer, seat } = await seated();
      await using heir = await RawPeer.resume(server.url, peer.resumeId);
      assert.deepEqual(await peer.closing(), elsewhere);
      assert.ok(await isAuthorized(heir));
      assert.equal(await tryFor(seat), 801);
      assert.ok(await isAuthorized(heir));
    });
  });

  test("[LP-RES-6] of many that show one id at once the last to get it has it, and every other one is told", async () => {
    const resumeId = await lost();
    const peers = await Promise.all(Array.from({ length: 12 }, () => RawPeer.resume(server.url, resumeId)));
    const row = await server.db
      .selectFrom("session")
      .selectAll()
      .where("previousHash", "=", sha256(resumeId))
      .executeTakeFirstOrThrow();
    const owner = peers.find((peer) => sha256(peer.resumeId) === row.secretHash);
    assert.ok(owner && (await isAuthorized(owner)));
    for (const peer of peers) if (peer !== owner) assert.equal((await peer.closing()).code, 4450);
    await Promise.all(peers.map((peer) => peer.cut()));
  });

  test("[LP-RES-1] an upgrade that is given up while the resume runs leaves the session to be resumed", async () => {
    const resumeId = await lost();
    await using witness = await RawPeer.connect(server.url);
    await server.db.transaction().execute(async (tx) => {
      await tx.updateTable("session").set({ lastSeenAt: 1 }).where("secretHash", "=", sha256(resumeId)).execute();
      const gone = await TcpPeer.connect(server, [`Resume-Id: ${resumeId}`]);
      // By the time this is answered the resume has begun; it waits for the row.
      await ask(witness, packet.ping);
      await gone[Symbol.asyncDispose]();
    });
    await eventually("the window to open again", async () => {
      const rows = server.db.selectFrom("session").selectAll().where("previousHash", "=", sha256(resumeId));
      return typeof (await rows.executeTakeFirst())?.leaseUntil === "number";
    });
    await using peer = await RawPeer.resume(server.url, resumeId);
    assert.ok(await isAuthorized(peer));
  });

  test("[LP-RES-1] a handshake that fails after the resume leaves the session to be resumed", async () => {
    const resumeId = await lost();
    await using broken = await TcpPeer.connect(server, [`Resume-Id: ${resumeId}`, "Sec-WebSocket-Version: 7"]);
    broken.read();
    await within(broken.closed, "the refusal of the handshake");
    await using peer = await RawPeer.resume(server.url, resumeId);
    assert.ok(await isAuthorized(peer));
  });
});
