import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  addAccount,
  ask,
  type Cause,
  judge,
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
  type RawPeer,
  RestPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

const severalLogins = { enableMultipleLogins: true, maxConcurrentLogins: 0, sessionTimeoutSeconds: 60 };
const wide = { signInsPerIdentity: "100000", signInsPerAddress: "100000", pingInterval: "30d" };
const endedByUser = [813, { by: "user" }];

interface Listed extends Record<string, unknown> {
  readonly session_id: string;
  readonly client_id: string | undefined;
  readonly current: boolean;
}

async function list(peer: RawPeer): Promise<Listed[]> {
  const { status, sessions } = await ask(peer, packet.listSessions);
  assert.equal(status, 1);
  return sessions as Listed[];
}

async function idOf(peer: RawPeer, clientId: string | undefined): Promise<string> {
  const found = (await list(peer)).find((session) => session.client_id === clientId);
  assert.ok(found, `no session of ${clientId ?? "a token"}`);
  return found.session_id;
}

onEachDatabase("sessions of one's own account", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  let application: Product;
  let rest: RestPeer;
  let logins = 0;
  before(async () => {
    server = await startTestServer({ clock, settings: { ...(await newDatabase()), ...wide } });
    application = await newApplication(server.console, severalLogins);
    rest = RestPeer.of(server, application);
  });
  after(() => server[Symbol.asyncDispose]());

  async function newAccount(): Promise<string> {
    const login = `account-${++logins}`;
    await addAccount(server, application, { login, email: `${login}@example.com` });
    return login;
  }

  async function signIn(login: string, clientId: string): Promise<RawPeer> {
    const peer = await openLive(server, application, clientId);
    const { status } = await ask(peer, packet.authorizeByCredentials, { login, password: knownPassword });
    assert.equal(status, 1);
    await ask(peer, packet.setPanelEventsSubscription, { subscribed: true });
    return peer;
  }

  const tokenOf = (login: string) => rest.login(`${login}@example.com`, knownPassword);

  test("[LP-OWN-1] list_sessions names the account's sessions of both doors, field by field, and nothing secret", async () => {
    const login = await newAccount();
    const second = Math.floor(clock.now() / 1000);
    await using peer = await signIn(login, "desktop");
    const token = await tokenOf(login);
    const sessions = await list(peer);
    const rows = await server.db.selectFrom("session").select(["id", "door"]).execute();
    const common = { ip_address: "127.0.0.1", created_at: second, last_seen_at: second };
    const [desktop, user] = ["desktop", undefined].map((id) => sessions.find((session) => session.client_id === id));
    assert.equal(sessions.length, 2);
    assert.deepEqual(desktop, {
      session_id: desktop?.session_id,
      client_id: "desktop",
      ...common,
      transport: "live",
      current: true,
    });
    assert.deepEqual(user, { session_id: user?.session_id, ...common, transport: "user-service", current: false });
    const doors = sessions.map(({ session_id }) => rows.find(({ id }) => id === session_id)?.door);
    assert.deepEqual(doors.toSorted(), ["live", "user-service"]);
    assert.ok(!JSON.stringify(sessions).includes(token));
  });

  test("[LP-OWN-1] list_sessions leaves out who is another account, unauthorized, gone, or timed out", async () => {
    const login = await newAccount();
    await using peer = await signIn(login, "owner");
    await using other = await signIn(await newAccount(), "other account");
    await using guest = await openLive(server, application, "no account");
    await using gone = await signIn(login, "gone");
    await tokenOf(login);
    const clients = async () => (await list(peer)).map(({ client_id: id }) => id).toSorted();
    assert.deepEqual(await clients(), ["gone", "owner", undefined]);
    gone.socket.close(1000);
    await gone.closing();
    const before = await clients();
    await clock.advance(60_000);
    assert.deepEqual([before, await clients()], [["owner", undefined], ["owner"]]);
    assert.equal((await list(other)).length, 1);
    assert.deepEqual(await ask(guest, packet.listSessions), { status: 3 });
  });

  test("[LP-OWN-2] end_sessions ends one session, which hears 813 by user and is unauthorized at once", async () => {
    const login = await newAccount();
    await using peer = await signIn(login, "here");
    await using lost = await signIn(login, "there");
    await using third = await signIn(login, "third");
    assert.deepEqual(await ask(peer, packet.endSessions, { session_id: await idOf(peer, "there") }), {
      ended: 1,
      status: 1,
    });
    assert.deepEqual(await ask(lost, packet.getCurrentAccount), { status: 3 });
    assert.deepEqual(await ask(lost, packet.logout), { status: 3 });
    assert.equal((await ask(third, packet.getCurrentAccount))["status"], 1);
    assert.deepEqual((await list(peer)).map(({ client_id: id }) => id).toSorted(), ["here", "third"]);
  });

  test("[LP-OWN-2] whoever is ended hears event 813 with by: user, stays connected, and may authorize again", async () => {
    const login = await newAccount();
    await using peer = await signIn(login, "here");
    await using lost = await signIn(login, "there");
    const sessionId = await idOf(peer, "there");
    await ask(peer, packet.endSessions, { session_id: sessionId, others: false });
    assert.deepEqual(await nextEvent(lost), endedByUser);
    assert.deepEqual(await ask(lost, packet.listSessions), { status: 3 });
    const again = await ask(lost, packet.authorizeByCredentials, { login, password: knownPassword });
    assert.equal(again["status"], 1);
  });

  test("[LP-OWN-2] end_sessions with others ends every other one at both doors: their tokens are refused", async () => {
    const login = await newAccount();
    await using peer = await signIn(login, "here");
    await using live = await signIn(login, "there");
    const tokens = [await tokenOf(login), await tokenOf(login)];
    assert.deepEqual(await ask(peer, packet.endSessions, { others: true }), { ended: 3, status: 1 });
    const codes = [];
    for (const token of tokens) codes.push((await rest.get("/users/userroles", token)).fields["code"]);
    assert.deepEqual(codes, [3064, 3064]);
    assert.deepEqual(await nextEvent(live), endedByUser);
    assert.deepEqual(
      (await list(peer)).map(({ client_id: id, current }) => [id, current]),
      [["here", true]],
    );
    assert.deepEqual(await ask(peer, packet.endSessions, { others: true }), { ended: 0, status: 1 });
  });

  test("[LP-ATT-1] a token and what is attached to it end together, whichever of them is named", async () => {
    for (const name of ["the token", "the connection"]) {
      const login = await newAccount();
      await using peer = await signIn(login, "here");
      await using attached = await openLive(server, application, "attached");
      const token = await tokenOf(login);
      assert.equal((await ask(attached, packet.attach, { user_token: token }))["status"], 1);
      const named = await idOf(peer, name === "the token" ? undefined : "attached");
      assert.deepEqual(await ask(peer, packet.endSessions, { session_id: named }), { ended: 2, status: 1 }, name);
      assert.equal(await rest.isLive(token), false, name);
      assert.deepEqual(await ask(attached, packet.getCurrentAccount), { status: 3 }, name);
    }
  });

  test("[LP-ATT-1] others spares the token that the caller is attached to, and no other connection of it", async () => {
    const login = await newAccount();
    const token = await tokenOf(login);
    await using peer = await openLive(server, application, "attached");
    await using twin = await openLive(server, application, "twin");
    for (const one of [peer, twin]) await ask(one, packet.attach, { user_token: token });
    const other = await tokenOf(login);
    assert.deepEqual(await ask(peer, packet.endSessions, { others: true }), { ended: 2, status: 1 });
    assert.deepEqual([await rest.isLive(token), await rest.isLive(other)], [true, false]);
    assert.deepEqual(await ask(twin, packet.getCurrentAccount), { status: 3 });
    assert.equal((await ask(peer, packet.getCurrentAccount))["status"], 1);
  });

  test("[LP-OWN-2] ending one's own session is a logout", async () => {
    const login = await newAccount();
    await using peer = await signIn(login, "here");
    const own = await idOf(peer, "here");
    assert.deepEqual(await ask(peer, packet.endSessions, { session_id: own }), { ended: 1, status: 1 });
    assert.deepEqual(await ask(peer, packet.getCurrentAccount), { status: 3 });
    assert.deepEqual(await ask(peer, packet.logout), { status: 3 });
  });

  test("[LP-OWN-2] end_sessions that names neither or both closes with 4302, and ends nothing", async () => {
    const login = await newAccount();
    await using peer = await signIn(login, "here");
    const own = await idOf(peer, "here");
    for (const fields of [{}, { others: false }, { session_id: own, others: true }, { session_id: 7 }]) {
      await using asking = await signIn(login, "asking");
      asking.send(packet.endSessions, fields);
      assert.equal((await asking.closing()).code, 4302, JSON.stringify(fields));
    }
    assert.equal((await ask(peer, packet.getCurrentAccount))["status"], 1);
  });

  test("[LP-OWN-2] refusals come in the order 3, 800: someone else's session is as unknown as none", async () => {
    interface Aspects {
      caller: { authorized: boolean };
      named: { session: "unknown" | "ended" | "another account's" | "a guest's" };
    }
    const causes: readonly Cause<Aspects>[] = [
      [3, { caller: { authorized: false } }],
      [800, { named: { session: "unknown" } }],
      [800, { named: { session: "ended" } }],
      [800, { named: { session: "another account's" } }],
      [800, { named: { session: "a guest's" } }],
    ];
    const { observed, expected } = await judge(causes, async ({ caller, named }) => {
      const login = await newAccount();
      await using peer = await signIn(login, "asking");
      await using victim = named?.session === "a guest's" ? await openLive(server, application, "victim") : undefined;
      await using other = await signIn(named?.session === "ended" ? login : await newAccount(), "other");
      const ids: Record<string, string> = { unknown: "no such session" };
      if (named?.session === "ended") {
        ids["ended"] = await idOf(other, "other");
        await ask(other, packet.logout);
      }
      if (named?.session === "another account's") ids[named.session] = await idOf(other, "other");
      if (victim) {
        const { sessions } = await must(server.console, "findSessions", { applicationId: application.id });
        ids["a guest's"] = sessions.find(({ clientId }) => clientId === "victim")?.id ?? "";
      }
      if (caller?.authorized === false) await ask(peer, packet.logout);
      const { status } = await ask(peer, packet.endSessions, { session_id: ids[named?.session ?? "unknown"] });
      if (named?.session === "another account's") assert.equal((await list(other)).length, 1);
      return status;
    });
    assert.deepEqual(observed, expected);
  });

  test("[LP-OWN-1] a session authorized by license has no account whose sessions it could see or end", async () => {
    await using peer = await openLive(server, application);
    await ask(peer, packet.authorizeByLicense, { license: await newLicense(server.console, application) });
    assert.deepEqual(await ask(peer, packet.listSessions), { status: 3 });
    assert.deepEqual(await ask(peer, packet.endSessions, { others: true }), { status: 3 });
  });

  test("[LP-OWN-2] of sessions that all end all others at once exactly one is left, and no one fails", async () => {
    const login = await newAccount();
    await using stack = new AsyncDisposableStack();
    const peers: RawPeer[] = [];
    for (let n = 0; n < 8; n++) peers.push(stack.use(await signIn(login, `racer-${n}`)));
    const statuses = await Promise.all(
      peers.map(async (peer) => (await ask(peer, packet.endSessions, { others: true }))["status"]),
    );
    assert.deepEqual(statuses.toSorted(), [1, 3, 3, 3, 3, 3, 3, 3]);
    const winner = peers[statuses.indexOf(1)];
    assert.ok(winner);
    assert.equal((await list(winner)).length, 1);
    assert.deepEqual(
      server.logged.filter((line) => line.startsWith("failed")),
      [],
    );
  });
});
