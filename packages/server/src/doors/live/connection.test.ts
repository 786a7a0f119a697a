import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { suite, test } from "node:test";
import {
  addAccount,
  addLicense,
  ask,
  eventually,
  knownPassword,
  ManualClock,
  newApplication,
  newLicense,
  opcode,
  openLive,
  packet,
  pauseApplication,
  type Product,
  RawPeer,
  startTestServer,
  TcpPeer,
  type TestServer,
  within,
} from "@latchkey/testkit";
import { readConfig } from "#config.ts";
import { sha256 } from "#crypto/tokens.ts";

const timedOut = { code: 4202, reason: "session wasn't initialized in 15 seconds after connection" };
const uninitialized = { code: 4200, reason: "connection is not initialized" };
const restarting = { code: 1012, reason: "server restarting" };

function sessionOf({ db }: TestServer, { resumeId }: RawPeer) {
  return db.selectFrom("session").selectAll().where("secretHash", "=", sha256(resumeId)).executeTakeFirst();
}

suite("upgrade", () => {
  test("[LP-CONN-1] a client connects by an upgrade of / or of /live, and of nothing else", async () => {
    await using server = await startTestServer();
    for (const path of ["", "/", "/live", "/?from=here", "/live?from=here"]) {
      await using peer = await RawPeer.connect(server.url + path);
      assert.deepEqual(await ask(peer, packet.ping), { status: 1 }, path);
    }
    for (const path of ["/live/", "/live/2", "/lives", "/LIVE", "/info"]) {
      await assert.rejects(RawPeer.connect(server.url + path), /404/, path);
    }
  });

  test("[LP-CONN-2] its response has a Resume-Id of 32 random bytes in base64url", async () => {
    await using server = await startTestServer();
    const ids = new Set<string>();
    for (let n = 0; n < 20; n++) {
      await using peer = await RawPeer.connect(server.url);
      assert.match(peer.resumeId, /^[\w-]{43}$/);
      assert.equal(Buffer.from(peer.resumeId, "base64url").length, 32);
      ids.add(peer.resumeId);
    }
    assert.equal(ids.size, 20);
  });

  test("[LP-CONN-2] of the resume id the server keeps nothing but the SHA-256 hash", async () => {
    await using server = await startTestServer();
    const application = await newApplication(server.console);
    await using peer = await openLive(server, application);
    const files = readdirSync(server.dataDirectory).map((file) => readFileSync(join(server.dataDirectory, file)));
    assert.ok(files.some((bytes) => bytes.includes(sha256(peer.resumeId))));
    assert.ok(!files.some((bytes) => bytes.includes(peer.resumeId)));
    assert.ok(!server.logged.join().includes(peer.resumeId));
  });

  test("[LP-CONN-7] per-message compression is off, whatever the client offers", async () => {
    await using server = await startTestServer();
    await using peer = await RawPeer.connect(server.url);
    assert.equal(peer.socket.extensions, "");
  });
});

suite("the time to initialize", () => {
  test("[LP-CONN-3] a connection that is not initialized after 15 s is closed with 4202", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock });
    await using peer = await RawPeer.connect(server.url);
    await clock.advance(14_999);
    assert.deepEqual(await ask(peer, packet.ping), { status: 1 });
    await clock.advance(1);
    assert.deepEqual(await peer.closing(), timedOut);
  });

  test("[LP-CONN-3] only an initialize that succeeds is in time", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock });
    const application = await newApplication(server.console);
    await using peer = await openLive(server, application);
    await using refused = await RawPeer.connect(server.url);
    const fields = { websocket_api_key: application.websocketApiKey, client_id: "abc" };
    assert.deepEqual(await ask(refused, packet.initialize, fields), { status: 500 });
    await clock.advance(15_000);
    assert.deepEqual(await refused.closing(), timedOut);
    assert.deepEqual(await ask(peer, packet.logout), { status: 3 });
  });

  test("[LP-CONN-3] the operator can set another time", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: { initializeTimeout: "100ms" } });
    await using peer = await RawPeer.connect(server.url);
    await clock.advance(99);
    assert.deepEqual(await ask(peer, packet.ping), { status: 1 });
    await clock.advance(1);
    assert.equal((await peer.closing()).code, 4202);
  });
});

suite("before initialize", () => {
  for (const [name, fields] of [
    ["createAccount", { login: "alice", password: "secret" }],
    ["authorizeByLicense", { license: "NO-SUCH-LICENSE" }],
    ["authorizeByCredentials", { login: "alice", password: "secret" }],
    ["linkLicenseToAccount", { license: "NO-SUCH-LICENSE" }],
    ["logout", {}],
    // Whoever has not initialized is not told how the fields should be either.
    ["createAccount", { login: 1 }],
    ["linkLicenseToAccount", { license: 1 }],
  ] as const) {
    test(`[LP-CONN-4] ${name} ${JSON.stringify(fields)} closes the connection with 4200`, async () => {
      await using server = await startTestServer();
      await using peer = await RawPeer.connect(server.url);
      peer.send(packet[name], fields);
      const answer = peer.next().then(({ frame }) => frame);
      assert.deepEqual(await Promise.race([answer, peer.closing()]), uninitialized);
      await assert.rejects(answer, /closed with 4200/);
    });
  }

  test("[LP-CONN-4] ping is served, also beside a refused initialize, which opens nothing", async () => {
    await using server = await startTestServer();
    const application = await newApplication(server.console);
    await pauseApplication(server, application);
    await using peer = await RawPeer.connect(server.url);
    assert.deepEqual(await ask(peer, packet.ping), { status: 1 });
    const fields = { websocket_api_key: application.websocketApiKey, client_id: "client" };
    assert.deepEqual(await ask(peer, packet.initialize, fields), { status: 601 });
    assert.deepEqual(await ask(peer, packet.ping), { status: 1 });
    peer.send(packet.logout);
    assert.deepEqual(await peer.closing(), uninitialized);
  });
});

test("[LP-CONN-5] an authorize on an authorized session answers 7, and the first authorization stays", async () => {
  await using server = await startTestServer();
  const application = await newApplication(server.console);
  await addAccount(server, application, { login: "alice" });
  const license = await newLicense(server.console, application);
  const another = await newLicense(server.console, application, { seats: 1 });
  const ways = [
    [packet.authorizeByLicense, { license }],
    [packet.authorizeByCredentials, { login: "alice", password: knownPassword }],
  ] as const;
  for (const [type, fields] of ways) {
    await using peer = await openLive(server, application);
    assert.equal((await ask(peer, type, fields))["status"], 1);
    const before = await sessionOf(server, peer);
    for (const [again, itsFields] of [...ways, [packet.authorizeByLicense, { license: another }]] as const) {
      assert.deepEqual(await ask(peer, again, itsFields), { status: 7 });
    }
    assert.deepEqual(await sessionOf(server, peer), before);
  }
});

suite("the end of a connection", () => {
  test("[LP-CONN-6] a normal end is 1000 with no reason", async () => {
    await using server = await startTestServer();
    await using peer = await openLive(server, await newApplication(server.console));
    peer.socket.close(1000);
    assert.deepEqual(await peer.closing(), { code: 1000, reason: "" });
    await eventually("the session to end", async () => (await sessionOf(server, peer)) === undefined);
  });

  test("[LP-CONN-6] a server that goes down answers what has begun and closes with 1012; its sessions can be resumed", async () => {
    const clock = new ManualClock();
    await using kept = new AsyncDisposableStack();
    const data = mkdtempSync(join(tmpdir(), "latchkey-test-"));
    kept.defer(() => {
      rmSync(data, { recursive: true });
    });
    const server = await startTestServer({ clock, settings: { data } });
    const application = await newApplication(server.console);
    const license = await newLicense(server.console, application);
    await using peer = await openLive(server, application);
    await using idle = await RawPeer.connect(server.url);
    await ask(peer, packet.authorizeByLicense, { license });

    const id = peer.send(packet.createAccount, { login: "alice", password: "secret" });
    // Sent behind it, so that it has begun when this is answered.
    const ping = peer.send(packet.ping);
    assert.equal((await peer.next()).frame, `{"id":${ping},"status":1}`);
    const stopped = server[Symbol.asyncDispose]();
    assert.equal((await peer.next()).frame, `{"id":${id},"status":1}`);
    assert.deepEqual(await peer.closing(), restarting);
    assert.deepEqual(await idle.closing(), restarting);
    await stopped;

    await using again = await startTestServer({ clock, settings: { data } });
    const session = await sessionOf(again, peer);
    assert.ok(session?.licenseId, "it is still authorized");
    assert.deepEqual([session.nodeId, session.leaseUntil], [null, clock.now() + 300_000]);
  });
});

suite("frames", () => {
  test("[LP-CONN-7] a text frame of 64 KiB is read, a larger one closes with 1009", async () => {
    await using server = await startTestServer();
    for (const [bytes, filler] of [
      [65_536, "x"],
      [65_536, "é"],
    ] as const) {
      await using peer = await RawPeer.connect(server.url);
      peer.socket.send(pingOf(bytes, filler));
      assert.equal((await peer.next()).frame, '{"id":1,"status":1}');
      peer.socket.send(pingOf(bytes + 1, filler));
      assert.equal((await peer.closing()).code, 1009);
    }
  });

  test("[LP-CONN-7] fragments count together", async () => {
    await using server = await startTestServer();
    await using peer = await RawPeer.connect(server.url);
    const frame = pingOf(65_537, "x");
    peer.socket.send(frame.slice(0, 40_000), { fin: false });
    peer.socket.send(frame.slice(40_000), { fin: true });
    assert.equal((await peer.closing()).code, 1009);
  });

  test("[LP-CONN-7] the operator can set another limit", async () => {
    await using server = await startTestServer({ settings: { frameLimit: "1024" } });
    await using peer = await RawPeer.connect(server.url);
    peer.socket.send(pingOf(1024, "x"));
    assert.equal((await peer.next()).frame, '{"id":1,"status":1}');
    peer.socket.send(pingOf(1025, "x"));
    assert.equal((await peer.closing()).code, 1009);
  });
});

/** A ping packet of exactly so many bytes. */
function pingOf(bytes: number, filler: string): string {
  const [head, tail] = ['{"type":103,"id":1,"filler":"', '"}'];
  const room = bytes - head.length - tail.length;
  const width = Buffer.byteLength(filler);
  return head + filler.repeat(Math.floor(room / width)) + "x".repeat(room % width) + tail;
}

suite("liveness", () => {
  test("[LP-CONN-8] a ping goes out each 30 s, and who answers stays", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock });
    await using peer = await openLive(server, await newApplication(server.console));
    for (let n = 0; n < 6; n++) {
      let pings = 0;
      peer.socket.once("ping", () => pings++);
      await clock.advance(29_999);
      assert.deepEqual(await ask(peer, packet.logout), { status: 3 });
      assert.equal(pings, 0);
      const ping = within(once(peer.socket, "ping"), "a ping");
      await clock.advance(1);
      await ping;
      // The pong is ahead of this on its way.
      assert.deepEqual(await ask(peer, packet.logout), { status: 3 });
    }
  });

  test("[LP-CONN-8] a peer that lets two intervals pass without answering is dropped without a word", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: { initializeTimeout: "30d" } });
    await using silent = await TcpPeer.connect(server);
    silent.read();
    await clock.advance(60_000);
    silent.sendText('{"type":103,"id":1}');
    await eventually("two pings and an answer", async () => silent.frames.length === 3);
    assert.deepEqual(
      silent.frames.map(({ opcode }) => opcode),
      [opcode.ping, opcode.ping, opcode.text],
    );
    await clock.advance(29_999);
    silent.sendText('{"type":103,"id":2}');
    await eventually("an answer", async () => silent.frames.length === 4);
    await clock.advance(1);
    await within(silent.closed, "the end of the socket");
    assert.equal(silent.frames.length, 4, "neither a third ping nor a close frame");
  });

  test("[LP-CONN-8] the operator can set another interval", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: { pingInterval: "5s" } });
    await using peer = await RawPeer.connect(server.url);
    const ping = within(once(peer.socket, "ping"), "a ping");
    await clock.advance(5_000);
    await ping;
  });

  test("[LP-CONN-8] a client's own pings get their pong, with what they carry", async () => {
    await using server = await startTestServer();
    await using peer = await RawPeer.connect(server.url);
    for (const data of ["", "are you there?"]) {
      const pong = within(once(peer.socket, "pong"), "a pong");
      peer.socket.ping(data);
      assert.equal(String((await pong)[0]), data);
    }
  });
});

suite("[LP-CONN-9] a client that does not read", () => {
  /** Enough to fill what the system buffers by itself, many times over. */
  const requests = 80;
  const answerBytes = 500_000;

  /** A license whose every refusal is a large answer. */
  async function largeAnswers(server: TestServer): Promise<Product> {
    const application = await newApplication(server.console);
    const levels = JSON.stringify(["x".repeat(answerBytes)]);
    await addLicense(server, application, { key: "PAUSED", pausedAt: 1, levels });
    return application;
  }

  async function initialize(peer: TcpPeer, { websocketApiKey }: Product): Promise<void> {
    peer.sendText(JSON.stringify({ type: 0, id: 0, websocket_api_key: websocketApiKey, client_id: "client" }));
  }

  test("is closed with 4451 as soon as more than 1 MiB waits for it", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock });
    const application = await largeAnswers(server);
    await using witness = await RawPeer.connect(server.url);
    await using peer = await TcpPeer.connect(server);
    await initialize(peer, application);
    for (let id = 1; id <= requests; id++) {
      peer.sendText(`{"type":2,"id":${id},"license":"PAUSED"}`);
      // By the time this is answered the server has read the request above.
      await ask(witness, packet.ping);
    }
    peer.read();
    await within(peer.closed, "the close");
    const last = peer.frames.at(-1);
    assert.deepEqual(
      { opcode: last?.opcode, code: last?.payload.readUInt16BE(0), reason: last?.payload.toString("utf8", 2) },
      { opcode: opcode.close, code: 4451, reason: "client reads too slowly" },
    );
    const answers = peer.frames.filter((frame) => frame.payload.length > answerBytes).length;
    assert.ok(answers > 2, "up to the limit every request was answered");
    assert.ok(answers < requests, "nothing was kept for it beyond");
    assert.deepEqual(await ask(witness, packet.ping), { status: 1 }, "nobody else was in the way");
  });

  test("is dropped when it does not even read the close", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock });
    const application = await largeAnswers(server);
    await using witness = await RawPeer.connect(server.url);
    await using peer = await TcpPeer.connect(server);
    await initialize(peer, application);
    await eventually("the session", async () => (await sessions(server)) === 1);
    for (let id = 1; id <= requests; id++) {
      peer.sendText(`{"type":2,"id":${id},"license":"PAUSED"}`);
      await ask(witness, packet.ping);
    }
    // The close that it has not read has ended its session already (LP-RES-7).
    await eventually("the end of the session", async () => (await sessions(server)) === 0);
    await clock.advance(2_000);
    peer.read();
    await within(peer.closed, "the end of the connection");
    assert.ok(peer.frames.every((frame) => frame.opcode !== opcode.close));
  });

  async function sessions({ db }: TestServer): Promise<number> {
    return (await db.selectFrom("session").select("id").execute()).length;
  }
});

suite("[LP-CONN-10] the plain request GET /live", () => {
  test("answers the location, for every origin, and does not believe the Host header", async () => {
    await using server = await startTestServer({ settings: { location: "Frankfurt, rack 2" } });
    for (const path of ["/live", "/live?from=here", "/"]) {
      const { body, response } = await plain(server.url + path, { host: "evil.example" });
      assert.equal(response.statusCode, 200);
      assert.equal(response.headers["access-control-allow-origin"], "*");
      assert.match(response.headers["content-type"] ?? "", /^application\/json/);
      assert.equal(body, '{"location":"Frankfurt, rack 2"}');
    }
  });

  test("answers the name of the host where nothing else is set", () => {
    const read = readConfig({});
    assert.ok("config" in read);
    assert.equal(read.config.location, hostname());
  });
});

async function plain(url: string, headers: Record<string, string>) {
  const request = get(url, { headers });
  const [response] = (await within(once(request, "response"), "an answer")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { response, body: Buffer.concat(chunks).toString() };
}
