import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import {
  addAccount,
  addLicense,
  ask,
  changeSettings,
  knownPassword,
  ManualClock,
  newApplication,
  nextEvent,
  onEachDatabase,
  openLive,
  packet,
  RawPeer,
  type RestAnswer,
  RestPeer,
  startTestServer,
  subscribe,
  type TestServer,
} from "@latchkey/testkit";

const email = "ann@example.com";
const credentials = { login: email, password: knownPassword };
const wide = { signInsPerIdentity: "100000", signInsPerAddress: "100000", pingInterval: "30d" };
const several = { enableMultipleLogins: true };

onEachDatabase("sessions of the live door as logins", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock, settings: { ...(await newDatabase()), ...wide } });
  });
  after(() => server[Symbol.asyncDispose]());

  async function open(settings: Partial<ApplicationSettings> = {}) {
    const product = await newApplication(server.console, { countLiveSessions: true, ...settings });
    const account = await addAccount(server, product, { login: email });
    const rest = RestPeer.of(server, product);
    const opened = new AsyncDisposableStack();
    const connect = async (clientId?: string) => {
      const peer = opened.use(await openLive(server, product, clientId));
      await subscribe(peer);
      return peer;
    };
    /** 1, or the status that refuses. */
    const authorize = async (peer: RawPeer) => (await ask(peer, packet.authorizeByCredentials, credentials))["status"];
    const login = async () => codeOf(await rest.post("/users/login", credentials));
    return { product, account, rest, connect, authorize, login, [Symbol.asyncDispose]: () => opened.disposeAsync() };
  }

  const codeOf = ({ status, fields }: RestAnswer) => (status === 200 ? "ok" : fields["code"]);
  const isAuthorized = async (peer: RawPeer) => (await ask(peer, packet.getCurrentAccount))["status"] === 1;
  const evicted = async (peer: RawPeer) => {
    assert.deepEqual(await nextEvent(peer), [813, { by: "policy" }]);
    assert.equal((await ask(peer, packet.getCurrentAccount))["status"], 3);
  };

  test("[US-SESS-24] by default no session of the live door counts, is refused or is ended", async () => {
    for (const policy of [{}, { logoutLastUser: true }, { ...several, maxConcurrentLogins: 1 }]) {
      await using scene = await open({ countLiveSessions: false, ...policy });
      const [one, other] = [await scene.connect(), await scene.connect("client-2")];
      assert.equal(await scene.authorize(one), 1);
      const token = await scene.rest.login(email);
      assert.equal(await scene.authorize(other), 1);
      assert.deepEqual([await isAuthorized(one), await isAuthorized(other)], [true, true]);
      assert.equal(await scene.rest.isLive(token), true);
    }
  });

  test("[US-SESS-20] [US-SESS-24] [US-SESS-13] a login at either door ends the earlier ones at both, and they are told", async () => {
    await using scene = await open();
    const [one, other] = [await scene.connect(), await scene.connect("client-2")];
    const token = await scene.rest.login(email);
    assert.equal(await scene.authorize(one), 1);
    assert.equal(await scene.rest.isLive(token), false);
    assert.equal(await scene.authorize(other), 1);
    await evicted(one);
    const again = await scene.rest.login(email);
    await evicted(other);
    assert.equal(await scene.authorize(one), 1);
    assert.equal(await scene.rest.isLive(again), false);
    assert.equal(await isAuthorized(one), true);
  });

  test("[US-SESS-24] [LP-ATT-1] what is attached to a token is one login with it, and goes with it", async () => {
    await using scene = await open({ ...several, maxConcurrentLogins: 2 });
    const token = await scene.rest.login(email);
    const [attached, second, peer] = [
      await scene.connect(),
      await scene.connect("client-2"),
      await scene.connect("client-3"),
    ];
    for (const each of [attached, second]) {
      assert.equal((await ask(each, packet.attach, { user_token: token }))["status"], 1);
    }
    assert.equal(await scene.authorize(peer), 1);
    assert.equal(await scene.login(), 3044);
    await changeSettings(server, scene.product, { enableMultipleLogins: false });
    await scene.rest.login(email);
    for (const each of [attached, second, peer]) await evicted(each);
  });

  test("[US-SESS-21] [US-SESS-24] where the first login stays, others get 602 and 3002, at whichever door it is", async () => {
    await using scene = await open({ logoutLastUser: true });
    const [one, other] = [await scene.connect(), await scene.connect("client-2")];
    assert.equal(await scene.authorize(one), 1);
    assert.deepEqual([await scene.login(), await scene.authorize(other)], [3002, 602]);
    assert.equal(await isAuthorized(one), true);
    await ask(one, packet.logout);
    const token = await scene.rest.login(email);
    assert.deepEqual([await scene.authorize(one), await scene.login()], [602, 3002]);
    assert.equal(await scene.rest.isLive(token), true);
    await scene.rest.get("/users/logout", token);
    assert.equal(await scene.authorize(other), 1);
  });

  test("[US-SESS-22] [US-SESS-24] [US-SESS-14] both doors share maxConcurrentLogins; what has ended or expired is free", async () => {
    await using scene = await open({ ...several, maxConcurrentLogins: 2 });
    const [one, other, third] = [
      await scene.connect(),
      await scene.connect("client-2"),
      await scene.connect("client-3"),
    ];
    assert.equal(await scene.authorize(one), 1);
    const token = await scene.rest.login(email);
    assert.deepEqual([await scene.authorize(other), await scene.login()], [602, 3044]);
    await ask(one, packet.logout);
    assert.equal(await scene.authorize(other), 1);
    assert.equal(await scene.authorize(third), 602);
    await scene.rest.get("/users/logout", token);
    assert.equal(await scene.authorize(third), 1);
    assert.equal(await scene.login(), 3044);
  });

  test("[US-SESS-24] [LP-CRED-6] 602 comes after 203, and a login that ends another finds its seat free", async () => {
    await using scene = await open({ licenseRequired: true, logoutLastUser: true });
    const [one, other] = [await scene.connect(), await scene.connect("client-2")];
    const token = await scene.rest.login(email);
    assert.equal(await scene.authorize(one), 203);
    await addLicense(server, scene.product, { key: "LICENSE", accountId: scene.account.id, activatedAt: 1, seats: 1 });
    assert.equal(await scene.authorize(one), 602);
    await scene.rest.get("/users/logout", token);
    assert.equal(await scene.authorize(one), 1);
    await changeSettings(server, scene.product, { logoutLastUser: false });
    assert.equal(await scene.authorize(other), 1);
    await evicted(one);
  });

  test("[US-SESS-24] a refused authorize leaves every session as it was", async () => {
    await using scene = await open({ licenseRequired: true });
    const token = await scene.rest.login(email);
    const peer = await scene.connect();
    assert.equal(await scene.authorize(peer), 203);
    assert.equal(
      (await ask(peer, packet.authorizeByCredentials, { ...credentials, password: "wrong" }))["status"],
      200,
    );
    assert.equal(await scene.rest.isLive(token), true);
  });

  test("[US-SESS-24] a lost session counts while it can be resumed, and comes back without what was taken", async () => {
    await using scene = await open({ logoutLastUser: true });
    const peer = await scene.connect();
    assert.equal(await scene.authorize(peer), 1);
    await peer.cut();
    assert.equal(await scene.login(), 3002);
    await changeSettings(server, scene.product, { logoutLastUser: false });
    assert.equal(await scene.login(), "ok");
    await using resumed = await RawPeer.resume(server.url, peer.resumeId);
    assert.equal(await isAuthorized(resumed), false);
  });

  test("[US-SESS-23] [US-SESS-24] however many sign in at both doors at once, the limits hold", async () => {
    const policies: [Partial<ApplicationSettings>, number][] = [
      [{}, 1],
      [{ logoutLastUser: true }, 1],
      [{ ...several, maxConcurrentLogins: 2 }, 2],
    ];
    for (const [settings, atMost] of policies) {
      await using scene = await open(settings);
      const peers = await Promise.all([1, 2, 3].map((n) => scene.connect(`client-${n}`)));
      const tokens: string[] = [];
      const logins = [1, 2, 3].map(async () => {
        const { fields } = await scene.rest.post("/users/login", credentials);
        if (typeof fields["user-token"] === "string") tokens.push(fields["user-token"]);
      });
      await Promise.all([...peers.map(scene.authorize), ...logins]);
      const live = await Promise.all([...peers.map(isAuthorized), ...tokens.map((token) => scene.rest.isLive(token))]);
      assert.equal(live.filter(Boolean).length, atMost, JSON.stringify(settings));
    }
  });
});
