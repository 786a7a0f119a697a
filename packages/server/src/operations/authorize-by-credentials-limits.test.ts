import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import {
  addAccount,
  ask,
  knownPassword,
  ManualClock,
  newApplication,
  openLive,
  packet,
  type Product,
  type RawAnswer,
  type RawPeer,
  RestPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";
import { readConfig } from "#config.ts";

const password = knownPassword;
const wrong = { password: "wrong password" };

const clock = new ManualClock();
let server: TestServer;
before(async () => {
  // Clients say their own address, as they would through a proxy.
  server = await startTestServer({ clock, settings: { trustedProxies: "127.0.0.1", pingInterval: "30d" } });
});
after(() => server[Symbol.asyncDispose]());

function authorize(peer: RawPeer, given: object = {}): Promise<Record<string, unknown>> {
  return ask(peer, packet.authorizeByCredentials, { login: "alice", password, ...given });
}

/** A client at an address, at both doors. */
async function clientAt(address: string, application: Product, on = server) {
  const headers = { "X-Forwarded-For": address };
  const peer = await openLive(on, application, "client", headers);
  const rest = new RestPeer(on.url, `/${application.id}/${application.apiKeys.JS ?? ""}`, headers);
  return {
    live: (given: object = {}) => authorize(peer, given),
    /** The error code of the user service; none: signed in. */
    async login(given: object = {}) {
      const { fields, headers: answered } = await rest.post("/users/login", { login: "alice", password, ...given });
      return { code: fields["code"], retryAfter: answered["retry-after"] };
    },
    logout: () => ask(peer, packet.logout),
    [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
  };
}

suite("[LP-CRED-5] sign-ins of one identity from one address", () => {
  test("are limited to ten a minute over both doors; then 5 with the seconds to wait, even with the right password", async () => {
    const application = await newApplication(server.console);
    await addAccount(server, application, { login: "alice" });
    await using client = await clientAt("192.0.2.1", application);
    for (let n = 0; n < 5; n++) {
      assert.deepEqual(await client.live(wrong), { status: 200 });
      await clock.advance(1_000);
      assert.equal((await client.login({ ...wrong, login: " ALICE" })).code, 3003);
      await clock.advance(1_000);
    }
    assert.deepEqual(await client.live(), { status: 5, retry_after: 50 });
    assert.deepEqual(await client.login(), { code: 42900, retryAfter: "50" });
    await clock.advance(49_001);
    assert.deepEqual(await client.live(), { status: 5, retry_after: 1 });
    await clock.advance(999);
    assert.equal((await client.live())["status"], 1, "what was refused did not count");
    assert.deepEqual(await client.login(), { code: 42900, retryAfter: "1" });
  });

  test("are counted whether or not the identity exists, and whether or not they succeed", async () => {
    const application = await newApplication(server.console);
    await addAccount(server, application, { login: "alice" });
    await using client = await clientAt("192.0.2.2", application);
    for (let n = 0; n < 10; n++) {
      assert.equal((await client.live({ login: "nobody" }))["status"], 200);
      assert.equal((await client.live())["status"], 1);
      await client.logout();
    }
    assert.deepEqual(await client.live({ login: "nobody" }), { status: 5, retry_after: 60 });
    assert.deepEqual(await client.live(), { status: 5, retry_after: 60 });
  });

  test("leave other identities, addresses and applications alone", async () => {
    const application = await newApplication(server.console);
    const another = await newApplication(server.console);
    for (const product of [application, another]) await addAccount(server, product, { login: "alice" });
    await using client = await clientAt("192.0.2.3", application);
    await using neighbor = await clientAt("192.0.2.4", application);
    await using elsewhere = await clientAt("192.0.2.3", another);
    for (let n = 0; n < 10; n++) await client.live(wrong);
    assert.equal((await client.live())["status"], 5);
    assert.equal((await client.live({ login: "another" }))["status"], 200);
    assert.equal((await neighbor.live())["status"], 1);
    assert.equal((await elsewhere.live())["status"], 1);
  });
});

suite("[LP-CRED-5] sign-ins from one address", () => {
  test("are limited for all identities, doors and applications together", async () => {
    const settings = { signInsPerAddress: "4", trustedProxies: "127.0.0.1" };
    await using strict = await startTestServer({ clock, settings });
    const application = await newApplication(strict.console);
    const another = await newApplication(strict.console);
    await using client = await clientAt("2001:db8::1", application, strict);
    await using sameNetwork = await clientAt("2001:db8::2", another, strict);
    await using neighbor = await clientAt("2001:db8:0:1::1", application, strict);
    assert.equal((await client.live({ login: "first" }))["status"], 200);
    assert.equal((await client.login({ login: "second" })).code, 3003);
    assert.equal((await sameNetwork.live({ login: "third" }))["status"], 200);
    assert.equal((await sameNetwork.login({ login: "fourth" })).code, 3003);
    await clock.advance(10_000);
    assert.deepEqual(await client.live({ login: "fifth" }), { status: 5, retry_after: 50 });
    assert.deepEqual(await sameNetwork.login({ login: "fifth" }), { code: 42900, retryAfter: "50" });
    assert.equal((await neighbor.live({ login: "fifth" }))["status"], 200);
    await clock.advance(50_000);
    assert.equal((await client.live({ login: "fifth" }))["status"], 200);
  });

  test("are a hundred a minute unless the operator says otherwise", () => {
    const read = readConfig({});
    assert.ok("config" in read);
    assert.deepEqual([read.config.signInsPerIdentity, read.config.signInsPerAddress], [10, 100]);
  });
});

suite("[LP-CRED-5] the lock-out after failed sign-ins", () => {
  const settings = { failedLoginsLock: 3, failedLoginsUnlockSeconds: 100 };

  test("adds up both doors; then even the right password answers 5 with the seconds to wait", async () => {
    const application = await newApplication(server.console, settings);
    await addAccount(server, application, { login: "alice" });
    await using client = await clientAt("192.0.2.5", application);
    await using neighbor = await clientAt("192.0.2.6", application);
    await client.live(wrong);
    await neighbor.login(wrong);
    assert.deepEqual(await client.live({ ...wrong, login: "Alice " }), { status: 200 });
    await clock.advance(30_000);
    assert.deepEqual(await client.live(), { status: 5, retry_after: 70 });
    assert.deepEqual(await neighbor.live(wrong), { status: 5, retry_after: 70 });
    assert.equal((await neighbor.login()).code, 3036);
    await clock.advance(69_999);
    assert.deepEqual(await client.live(), { status: 5, retry_after: 1 });
    await clock.advance(1);
    assert.equal((await client.live())["status"], 1);
  });

  test("starts anew after a success at either door", async () => {
    const application = await newApplication(server.console, settings);
    await addAccount(server, application, { login: "alice" });
    await using client = await clientAt("192.0.2.7", application);
    for (let n = 0; n < 2; n++) {
      assert.equal((await client.live(wrong))["status"], 200);
      assert.equal((await client.login(wrong)).code, 3003);
      if (n === 0) assert.equal((await client.login()).code, undefined);
    }
    assert.equal((await client.live())["status"], 1);
  });

  test("locks an identity that does not exist just the same", async () => {
    const application = await newApplication(server.console, settings);
    await using client = await clientAt("192.0.2.8", application);
    for (let n = 0; n < 3; n++) await client.live({ login: "nobody" });
    assert.deepEqual(await client.live({ login: "nobody" }), { status: 5, retry_after: 100 });
  });
});

test("[LP-CRED-1] [LP-CRED-5] an unknown login waits to be hashed like any other; beyond the limits nothing is hashed", async () => {
  // Hashes that take so long that whatever waits for one is refused until everything below is answered.
  const slow = { hashConcurrency: "1", hashWaiting: "1", hashPasses: "50", signInsPerIdentity: "1" };
  await using busy = await startTestServer({ clock, settings: slow });
  const application = await newApplication(busy.console, { accountsPerAddressPerDay: null });
  const locking = await newApplication(busy.console, { failedLoginsLock: 1, failedLoginsUnlockSeconds: 100 });
  for (const login of ["alice", "limited"]) await addAccount(busy, application, { login });
  await addAccount(busy, locking, { login: "locked" });
  await using peer = await openLive(busy, application);
  await using lockedOut = await openLive(busy, locking);
  assert.deepEqual(await authorize(peer, { ...wrong, login: "limited" }), { status: 200 });
  assert.deepEqual(await authorize(lockedOut, { ...wrong, login: "locked" }), { status: 200 });
  await using creator = await openLive(busy, application);
  const refused = { status: 5, retry_after: 1 };
  const create = (login: string) => creator.send(packet.createAccount, { login, password });

  create("is hashed");
  create("waits");
  const third = create("is refused");
  assert.deepEqual(await creator.next().then(withoutFrame), { id: third, ...refused });

  assert.deepEqual(await authorize(peer, { login: "alice" }), refused);
  assert.deepEqual(await authorize(peer, { login: "nobody" }), refused);
  assert.deepEqual(await authorize(peer, { login: "limited" }), { status: 5, retry_after: 60 });
  await clock.advance(60_000);
  assert.deepEqual(await authorize(lockedOut, { login: "locked" }), { status: 5, retry_after: 40 });

  const fourth = create("is refused too");
  assert.deepEqual(await creator.next().then(withoutFrame), { id: fourth, ...refused }, "nothing was hashed meanwhile");
});

function withoutFrame({ frame: _, ...answer }: RawAnswer): Record<string, unknown> {
  return answer;
}
