import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  ask,
  eventually,
  ManualClock,
  newApplication,
  onEachDatabase,
  opcode,
  openLive,
  packet,
  RawPeer,
  startTestServer,
  TcpPeer,
  type TestServer,
  within,
} from "@latchkey/testkit";

const resume = 100;
const overLimit = { code: 4201, reason: "rate limit hit" };
const limits = { sessionActionsPerMinute: "10" };

async function ping(peer: RawPeer, times: number): Promise<void> {
  for (let n = 0; n < times; n++) assert.deepEqual(await ask(peer, packet.ping), { status: 1 });
}

/** Breaks a connection, and waits until the server has opened the resume window of its session. */
async function lose(server: TestServer, peer: RawPeer): Promise<void> {
  peer.socket.terminate();
  await eventually("the loss of the connection", async () => {
    const [session] = await server.db.selectFrom("session").select("nodeId").execute();
    return session?.nodeId === null;
  });
}

onEachDatabase("the count of a session that is resumed", (newDatabase, kind) => {
  test("[LP-RATE-1] goes on when its connection was lost, and what has left the minute counts no more", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: { ...limits, ...(await newDatabase()) } });
    await using first = await openLive(server, await newApplication(server.console));
    await ping(first, 3);
    await clock.advance(30_000);
    await ping(first, 4);
    await lose(server, first);
    await using second = await RawPeer.connect(server.url, { "resume-id": first.resumeId });
    await ping(second, 2);
    await lose(server, second);
    await clock.advance(30_000);
    await using third = await RawPeer.connect(server.url, { "resume-id": second.resumeId });
    await ping(third, 5);
    assert.deepEqual(await third.closing(), overLimit);
  });

  test("[LP-RATE-1] goes on when it is taken over from an open connection; the resume packet counts", async () => {
    const settings = { ...limits, ...(await newDatabase()) };
    await using server = await startTestServer({ clock: new ManualClock(), settings });
    await using first = await openLive(server, await newApplication(server.console));
    await ping(first, 4);
    await using second = await RawPeer.connect(server.url);
    await ping(second, 1);
    assert.equal((await ask(second, resume, { resume_id: first.resumeId }))["status"], 1);
    await ping(second, 3);
    await ping(second, 1);
    assert.deepEqual(await second.closing(), overLimit);
  });

  test("[LP-RATE-1] is crossed by a resume packet too: it is answered, and the session is over", async () => {
    const settings = { ...limits, ...(await newDatabase()) };
    await using server = await startTestServer({ clock: new ManualClock(), settings });
    await using first = await openLive(server, await newApplication(server.console));
    await ping(first, 9);
    await using second = await RawPeer.connect(server.url);
    assert.equal((await ask(second, resume, { resume_id: first.resumeId }))["status"], 1);
    assert.deepEqual(await second.closing(), overLimit);
    await using third = await RawPeer.connect(server.url, { "resume-id": second.resumeId });
    assert.equal((await third.closing()).code, 4401);
  });

  test("[LP-RATE-1] is not let off by a repeated initialize", async () => {
    const settings = { ...limits, ...(await newDatabase()) };
    await using server = await startTestServer({ clock: new ManualClock(), settings });
    const application = await newApplication(server.console);
    await using peer = await openLive(server, application);
    const fields = { websocket_api_key: application.websocketApiKey, client_id: "client-1" };
    for (let n = 0; n < 9; n++) await ask(peer, packet.initialize, fields);
    await ping(peer, 1);
    assert.deepEqual(await peer.closing(), overLimit);
  });

  // SQLite has one server process.
  if (kind === "SQLite") return;
  test("[LP-RATE-1] goes along to another process that resumes a lost connection", async () => {
    const settings = { ...limits, ...(await newDatabase()) };
    const clock = new ManualClock();
    await using one = await startTestServer({ clock, settings });
    await using other = await startTestServer({ clock, settings });
    await using first = await openLive(one, await newApplication(one.console));
    await ping(first, 5);
    await lose(one, first);
    await using second = await RawPeer.connect(other.url, { "resume-id": first.resumeId });
    await ping(second, 2);
    await lose(other, second);
    await using third = await RawPeer.connect(one.url, { "resume-id": second.resumeId });
    await ping(third, 3);
    assert.deepEqual(await third.closing(), overLimit);
  });
});

suite("pings of a client that does not read", () => {
  test("[LP-CONN-9] their pongs count as waiting, and it is closed with 4451", async () => {
    await using server = await startTestServer({ clock: new ManualClock(), settings: { outgoingLimit: "65536" } });
    await using witness = await RawPeer.connect(server.url);
    await using peer = await TcpPeer.connect(server);
    // Many times what the system buffers by itself.
    for (let chunk = 0; chunk < 200; chunk++) await peer.sendPings(1000);
    peer.read();
    await within(peer.closed, "the close");
    const last = peer.frames.at(-1);
    assert.deepEqual([last?.opcode, last?.payload.readUInt16BE(0)], [opcode.close, 4451]);
    assert.ok(peer.frames.length > 1000 && peer.frames.length < 200_000, `${peer.frames.length} frames`);
    await ping(witness, 1);
  });
});
