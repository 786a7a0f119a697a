import assert from "node:assert/strict";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { suite, test } from "node:test";
import {
  ask,
  eventually,
  ManualClock,
  newApplication,
  newLicense,
  openLive,
  packet,
  type Product,
  RawPeer,
  RestPeer,
  startTestServer,
  type TestServer,
  within,
} from "@latchkey/testkit";

const served = { status: 1 };
const overLimit = { code: 4201, reason: "rate limit hit" };
const blocked = (seconds: number) => ({ code: 4201, reason: `rate limited, ${seconds} seconds left` });

/** The server as it comes: a test server has wider limits. */
const defaults = { sessionActionsPerMinute: "90", addressActionsPerMinute: "900", uninitializedPerAddress: "200" };

async function ping(peer: RawPeer, times: number): Promise<void> {
  for (let n = 0; n < times; n++) assert.deepEqual(await ask(peer, packet.ping), served);
}

async function pingFrame(peer: RawPeer): Promise<void> {
  const pong = within(once(peer.socket, "pong"), "a pong");
  peer.socket.ping();
  await pong;
}

/** What a client that is not let in gets. */
async function refusal({ url }: TestServer, headers: Record<string, string> = {}) {
  const upgrade = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
  const key = { "sec-websocket-key": Buffer.alloc(16).toString("base64") };
  const request = get(`${url}/live`, { headers: { ...upgrade, ...key, ...headers } });
  const [response] = (await within(once(request, "response"), "a refusal")) as [IncomingMessage];
  response.resume();
  return { status: response.statusCode, retryAfter: response.headers["retry-after"] };
}

suite("the actions of a session", () => {
  test("[LP-RATE-1] 90 within a minute are served; the 91st is answered and closes with 4201", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: defaults });
    await using peer = await openLive(server, await newApplication(server.console));
    await ping(peer, 44);
    await clock.advance(30_000);
    // What is refused counts as well.
    for (let n = 0; n < 44; n++) assert.deepEqual(await ask(peer, packet.logout), { status: 3 });
    await pingFrame(peer);
    await clock.advance(29_999);
    await ping(peer, 1);
    assert.deepEqual(await peer.closing(), overLimit);
  });

  test("[LP-RATE-1] whoever stays at 90 in every minute is never closed", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: defaults });
    await using peer = await openLive(server, await newApplication(server.console));
    await ping(peer, 89);
    for (let minute = 0; minute < 3; minute++) {
      await clock.advance(60_000);
      await ping(peer, 90);
    }
    await clock.advance(59_999);
    await ping(peer, 1);
    assert.deepEqual(await peer.closing(), overLimit);
  });

  test("[LP-RATE-1] of many packets sent in one go 91 are answered and the rest is not run", async () => {
    await using server = await startTestServer({ clock: new ManualClock(), settings: defaults });
    await using peer = await RawPeer.connect(server.url);
    for (let n = 0; n < 1000; n++) peer.send(packet.ping);
    for (let id = 1; id <= 91; id++) assert.equal((await peer.next()).frame, `{"id":${id},"status":1}`);
    await assert.rejects(peer.next(), /closed with 4201 "rate limit hit"/);
  });

  test("[LP-RATE-1] the packet that crosses does its work, and then the session is over", async () => {
    await using server = await startTestServer({
      clock: new ManualClock(),
      settings: { ...defaults, sessionActionsPerMinute: "2" },
    });
    const application = await newApplication(server.console);
    const license = await newLicense(server.console, application, { seats: 1, bindsClient: true });
    await using peer = await openLive(server, application);
    await ping(peer, 1);
    assert.equal((await ask(peer, packet.authorizeByLicense, { license }))["status"], 1);
    assert.deepEqual(await peer.closing(), overLimit);
    await using stranger = await openLive(server, application, "another");
    await eventually("the end of the session", async () => {
      return (await server.db.selectFrom("session").select("id").execute()).length === 1;
    });
    assert.equal((await ask(stranger, packet.authorizeByLicense, { license }))["status"], 502, "it was bound");
    await using late = await RawPeer.connect(server.url, { "resume-id": peer.resumeId });
    assert.equal((await late.closing()).code, 4401);
  });

  test("[LP-RATE-1][LP-CONN-8] a ping frame counts once; the one that crosses gets its pong", async () => {
    await using server = await startTestServer({ clock: new ManualClock(), settings: defaults });
    await using peer = await RawPeer.connect(server.url);
    let pongs = 0;
    peer.socket.on("pong", () => pongs++);
    for (let n = 0; n < 120; n++) peer.socket.ping();
    assert.deepEqual(await peer.closing(), overLimit);
    assert.equal(pongs, 91);
  });

  test("[LP-RATE-1] each session has a count of its own", async () => {
    await using server = await startTestServer({ clock: new ManualClock(), settings: defaults });
    const application = await newApplication(server.console);
    await using one = await openLive(server, application);
    await using other = await openLive(server, application);
    await ping(one, 90);
    assert.deepEqual(await one.closing(), overLimit);
    await ping(other, 89);
  });
});

suite("the actions of an address", () => {
  test("[LP-RATE-2] 900 a minute over all sessions; one more is answered, and every connection closes for 5 minutes", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: defaults });
    const application = await newApplication(server.console);
    await using stack = new AsyncDisposableStack();
    const peers: RawPeer[] = [];
    // An upgrade and 89 packets each.
    for (let n = 0; n < 10; n++) {
      const peer = stack.use(await openLive(server, application, `client-${n}`));
      await ping(peer, 88);
      peers.push(peer);
    }
    await clock.advance(59_999);
    await ping(peers[4]!, 1);
    for (const peer of peers) assert.deepEqual(await peer.closing(), blocked(300));
    for (const [pause, left] of [
      [0, 300],
      [120_500, 180],
      [179_499, 1],
    ] as const) {
      await clock.advance(pause);
      assert.deepEqual(await refusal(server), { status: 429, retryAfter: `${left}` });
    }
    await clock.advance(1);
    await using again = await openLive(server, application);
    await ping(again, 89);
    assert.ok(server.logged.includes('address blocked {"address":"127.0.0.1","seconds":300}'));
  });

  test("[LP-RATE-2] in a minute without an action too many nobody is blocked", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: { addressActionsPerMinute: "10" } });
    await using peer = await RawPeer.connect(server.url);
    await ping(peer, 9);
    for (let minute = 0; minute < 3; minute++) {
      await clock.advance(60_000);
      await using another = await openLive(server, await newApplication(server.console));
      await ping(another, 8);
    }
  });

  test("[LP-RATE-2] an upgrade is an action: the one that crosses is refused, and closes the others", async () => {
    const settings = { addressActionsPerMinute: "4", addressBlock: "90s" };
    await using server = await startTestServer({ clock: new ManualClock(), settings });
    await using one = await RawPeer.connect(server.url);
    await using other = await openLive(server, await newApplication(server.console));
    await pingFrame(one);
    assert.deepEqual(await refusal(server), { status: 429, retryAfter: "90" });
    assert.deepEqual(await one.closing(), blocked(90));
    assert.deepEqual(await other.closing(), blocked(90));
  });

  test("[LP-RATE-2] the ping frame that crosses gets its pong, then it closes", async () => {
    await using server = await startTestServer({
      clock: new ManualClock(),
      settings: { addressActionsPerMinute: "2" },
    });
    await using peer = await RawPeer.connect(server.url);
    await pingFrame(peer);
    await pingFrame(peer);
    assert.deepEqual(await peer.closing(), blocked(300));
  });

  test("[LP-RATE-2] a session whose address was blocked has ended: nothing resumes it after the block", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({
      clock,
      settings: { addressActionsPerMinute: "2", addressBlock: "1s" },
    });
    await using peer = await openLive(server, await newApplication(server.console));
    await ping(peer, 1);
    assert.deepEqual(await peer.closing(), blocked(1));
    assert.equal((await refusal(server, { "resume-id": peer.resumeId })).status, 429);
    await clock.advance(1_000);
    await using late = await RawPeer.connect(server.url, { "resume-id": peer.resumeId });
    assert.equal((await late.closing()).code, 4401);
  });

  test("[LP-RATE-2][LP-RATE-3] IPv6 addresses behind a trusted proxy count by their /64, and others not with them", async () => {
    const settings = { addressActionsPerMinute: "4", trustedProxies: "127.0.0.1" };
    await using server = await startTestServer({ clock: new ManualClock(), settings });
    const from = (address: string) => RawPeer.connect(server.url, { "x-forwarded-for": address });
    await using one = await from("2001:db8:1:2::1");
    await using other = await from("2001:db8:1:2:ffff::2");
    await using neighbor = await from("2001:db8:1:3::1");
    await using forged = await from("2001:db8:1:2::1, 203.0.113.7");
    await ping(one, 1);
    await ping(other, 2);
    assert.deepEqual(await one.closing(), blocked(300));
    assert.deepEqual(await other.closing(), blocked(300));
    assert.equal((await refusal(server, { "x-forwarded-for": "2001:db8:1:2:3:4:5:6" })).status, 429);
    await ping(neighbor, 3);
    await ping(forged, 3);
    await using direct = await RawPeer.connect(server.url);
    await ping(direct, 3);
  });

  test("[LP-RATE-3] what an untrusted socket says about its address changes nothing", async () => {
    await using server = await startTestServer({
      clock: new ManualClock(),
      settings: { addressActionsPerMinute: "3" },
    });
    for (const claimed of ["192.0.2.1", "192.0.2.2", "192.0.2.3"]) {
      await using peer = await RawPeer.connect(server.url, { "x-forwarded-for": claimed });
      peer.socket.close();
    }
    assert.equal((await refusal(server, { "x-forwarded-for": "192.0.2.99" })).status, 429);
  });
});

suite("uninitialized connections", () => {
  test("[LP-RATE-2] an address may have 200 at a time; one more blocks it", async () => {
    await using server = await startTestServer({ clock: new ManualClock(), settings: defaults });
    await using stack = new AsyncDisposableStack();
    const initialized = stack.use(await openLive(server, await newApplication(server.console)));
    const peers: RawPeer[] = [];
    for (let n = 0; n < 200; n++) peers.push(stack.use(await RawPeer.connect(server.url)));
    await ping(peers[199]!, 1);
    assert.deepEqual(await refusal(server), { status: 429, retryAfter: "300" });
    for (const peer of [initialized, ...peers]) assert.deepEqual(await peer.closing(), blocked(300));
  });

  test("[LP-RATE-2] whoever is initialized, has resumed, was closed or is gone is none of them", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: { uninitializedPerAddress: "2" } });
    const application = await newApplication(server.console);
    await using waiting = await RawPeer.connect(server.url);

    await using initialized = await openLive(server, application);
    await using resumedByHeader = await RawPeer.connect(server.url, { "resume-id": initialized.resumeId });
    await using resumedByPacket = await RawPeer.connect(server.url);
    assert.equal((await ask(resumedByPacket, 100, { resume_id: resumedByHeader.resumeId }))["status"], 1);
    await using closed = await RawPeer.connect(server.url);
    closed.socket.send("no packet");
    assert.equal((await closed.closing()).code, 4300);
    const gone = await RawPeer.connect(server.url);
    gone.socket.close(1000);
    await gone.closing();
    await using late = await RawPeer.connect(server.url);
    await clock.advance(15_000);
    for (const peer of [waiting, late]) assert.equal((await peer.closing()).code, 4202);
    // No upgrade after all.
    assert.equal((await refusal(server, { "sec-websocket-version": "7" })).status, 400);

    await using first = await RawPeer.connect(server.url);
    await using second = await RawPeer.connect(server.url);
    await ping(first, 1);
    await ping(second, 1);
    assert.equal((await refusal(server)).status, 429);
  });
});

suite("a blocked address", () => {
  const attacker = { "x-forwarded-for": "203.0.113.66" };

  test("[LP-RATE-2] floods without effect: others are served meanwhile, and nothing is kept of it", async () => {
    const settings = { ...defaults, trustedProxies: "127.0.0.1" };
    await using server = await startTestServer({ clock: new ManualClock(), settings });
    const application = await newApplication(server.console);
    await using witness = await openLive(server, application, "witness", { "x-forwarded-for": "198.51.100.7" });
    await using stack = new AsyncDisposableStack();
    const peers: RawPeer[] = [];
    for (let n = 0; n < 10; n++) peers.push(stack.use(await RawPeer.connect(server.url, attacker)));
    for (const peer of peers) for (let packets = 0; packets < 90; packets++) peer.send(packet.ping);
    for (const peer of peers) assert.deepEqual(await peer.closing(), blocked(300));
    for (let round = 0; round < 20; round++) {
      const refusals = Array.from({ length: 25 }, () => refusal(server, attacker));
      await ping(witness, 1);
      for (const { status } of await Promise.all(refusals)) assert.equal(status, 429);
    }
    assert.equal((await server.db.selectFrom("session").select("id").execute()).length, 1);
  });

  test("[LP-RATE-2] is kept from the live door alone: the user service and the plain /live answer", async () => {
    await using server = await startTestServer({
      clock: new ManualClock(),
      settings: { addressActionsPerMinute: "1" },
    });
    const product: Product = await newApplication(server.console);
    await using peer = await RawPeer.connect(server.url);
    peer.send(packet.ping);
    await peer.closing();
    assert.equal((await refusal(server)).status, 429);
    assert.equal((await RestPeer.of(server, product).get("/users/logout")).status, 200);
    assert.equal((await fetch(`${server.url}/live`)).status, 200);
  });

  test("[LP-RATE-2] does not keep a socket by leaving its own side open", async () => {
    await using server = await startTestServer({
      clock: new ManualClock(),
      settings: { addressActionsPerMinute: "1" },
    });
    await using peer = await RawPeer.connect(server.url);
    peer.send(packet.ping);
    await peer.closing();
    const { hostname: host, port } = new URL(server.url);
    const socket = connect({ host, port: Number(port), allowHalfOpen: true });
    socket.write("GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    const chunks: Buffer[] = [];
    socket.on("data", (bytes: Buffer) => chunks.push(bytes));
    await within(once(socket, "end"), "the end of the server's side");
    assert.match(Buffer.concat(chunks).toString(), /^HTTP\/1\.1 429 Too Many Requests\r\nRetry-After: 300\r\n/);
    socket.on("error", () => undefined);
    const dropped = new Promise((resolve) => socket.on("close", resolve));
    const timer = setInterval(() => socket.write("still here"), 1).unref();
    await within(dropped, "the server to have dropped the socket");
    clearInterval(timer);
  });
});
