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
  type PostgresServer,
  type Product,
  type RawPeer,
  RestPeer,
  startPostgres,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";
import type { ApplicationId } from "#storage/tables.ts";

const email = "anna@example.com";
const wide = { signInsPerIdentity: "100000", signInsPerAddress: "100000" };

async function subscribed(server: TestServer, product: Product): Promise<RawPeer> {
  const peer = await openLive(server, product);
  await ask(peer, packet.setPanelEventsSubscription, { subscribed: true });
  return peer;
}

onEachDatabase("once an operation is answered", (newDatabase) => {
  let server: TestServer;
  before(async () => {
    // The clock stands still: nothing here is owed to a look that time would bring.
    server = await startTestServer({ clock: new ManualClock(), settings: { ...(await newDatabase()), ...wide } });
  });
  after(() => server[Symbol.asyncDispose]());

  test("[LP-EVT-1] a paused license authorizes nothing in this process, and the client has been told", async () => {
    const product = await newApplication(server.console);
    for (let turn = 0; turn < 20; turn++) {
      await using peer = await subscribed(server, product);
      const [license, other] = [await newLicense(server.console, product), await newLicense(server.console, product)];
      assert.equal((await ask(peer, packet.authorizeByLicense, { license }))["status"], 1);
      await must(server.console, "pauseLicense", { license, applicationId: product.id });
      const again = ask(peer, packet.authorizeByLicense, { license: other });
      assert.equal((await again)["status"], 1, `turn ${turn}`);
    }
  });

  test("[LP-EVT-1] a paused application serves nothing in this process", async () => {
    const product = await newApplication(server.console);
    await using peer = await subscribed(server, product);
    await must(server.console, "pauseApplication", { applicationId: product.id });
    peer.send(packet.getOnlineUsersCount);
    assert.deepEqual(await nextEvent(peer), [101, undefined]);
    assert.equal((await peer.closing()).code, 4101);
  });
});

suite("on two nodes, while an older transaction holds up the log", () => {
  let postgres: PostgresServer;
  let here: TestServer;
  let there: TestServer;
  before(async () => {
    postgres = await startPostgres();
    const database = await postgres.newDatabase();
    const clock = new ManualClock();
    here = await startTestServer({ clock, settings: { database, ...wide } });
    there = await startTestServer({ clock, settings: { database, ...wide } });
  });
  after(async () => {
    await there[Symbol.asyncDispose]();
    await here[Symbol.asyncDispose]();
    await postgres[Symbol.asyncDispose]();
  });

  /** Runs `work` while a transaction is open that has written something. */
  async function heldUp(work: () => Promise<void>): Promise<void> {
    await there.db.transaction().execute(async (tx) => {
      await tx
        .insertInto("node")
        .values({ id: "another writer" as never, leaseUntil: 1 })
        .execute();
      await work();
      await tx.deleteFrom("node").where("leaseUntil", "=", 1).execute();
    });
  }

  async function newProduct() {
    const product = await newApplication(here.console);
    const { id: accountId } = await addAccount(here, product, { login: "anna", email });
    const applicationId = product.id as ApplicationId;
    await must(here.console, "setVariable", { applicationId, name: "secret", content: "42", public: false });
    return { product, accountId };
  }

  const protectedOperations = [
    [packet.getCurrentAccount, {}],
    [packet.getVariable, { name: "secret" }],
    [packet.listSessions, {}],
    [packet.linkLicenseToAccount, { license: "NO-SUCH" }],
    [packet.endSessions, { others: true }],
    [packet.getCurrentAccount, {}],
    [packet.logout, {}],
  ] as const;

  test("[US-LOGOUT-26] after a REST logout no protected operation succeeds on any node; then all are told", async () => {
    const { product } = await newProduct();
    const rest = RestPeer.of(here, product);
    const token = await rest.login(email, knownPassword);
    await using near = await subscribed(here, product);
    await using far = await subscribed(there, product);
    for (const peer of [near, far]) {
      assert.equal((await ask(peer, packet.attach, { user_token: token }))["status"], 1);
      assert.equal((await ask(peer, packet.getVariable, { name: "secret" }))["status"], 1);
    }
    await heldUp(async () => {
      assert.equal((await rest.get("/users/logout", token)).text, "null");
      for (const peer of [near, far]) {
        for (const [type, fields] of protectedOperations) {
          assert.deepEqual(await ask(peer, type, fields), { status: 3 }, `packet ${type}`);
        }
        assert.equal((await ask(peer, packet.ping))["status"], 1);
      }
    });
    for (const peer of [near, far]) assert.deepEqual(await nextEvent(peer), [813, { by: "user" }]);
  });

  test("[LP-EVT-1] [LP-CONN-5] whoever has lost its license is not said to be authorized, and uses another one", async () => {
    const product = await newApplication(here.console);
    const [license, other] = [await newLicense(here.console, product), await newLicense(here.console, product)];
    await using near = await subscribed(here, product);
    assert.equal((await ask(near, packet.authorizeByLicense, { license }))["status"], 1);
    await heldUp(async () => {
      await must(here.console, "pauseLicense", { license, applicationId: product.id });
      assert.equal((await ask(near, packet.authorizeByLicense, { license: other }))["status"], 1);
    });
  });

  test("[LP-EVT-1] after an operator's change neither", async () => {
    const { product, accountId } = await newProduct();
    await using far = await subscribed(there, product);
    const credentials = { login: "anna", password: knownPassword };
    assert.equal((await ask(far, packet.authorizeByCredentials, credentials))["status"], 1);
    await heldUp(async () => {
      await must(here.console, "blacklistAccount", { accountId });
      for (const [type, fields] of protectedOperations) {
        assert.deepEqual(await ask(far, type, fields), { status: 3 }, `packet ${type}`);
      }
    });
    assert.deepEqual(await nextEvent(far), [811, undefined]);
  });

  test("[LP-CUR-1] nor the license of a session that another node has revoked", async () => {
    const { product } = await newProduct();
    const license = await newLicense(here.console, product);
    await using far = await subscribed(there, product);
    assert.equal((await ask(far, packet.authorizeByLicense, { license }))["status"], 1);
    await heldUp(async () => {
      await must(here.console, "pauseLicense", { license, applicationId: product.id });
      assert.deepEqual(await ask(far, packet.getCurrentLicense), { status: 3 });
      assert.deepEqual(await ask(far, packet.getVariable, { name: "secret" }), { status: 3 });
    });
    assert.deepEqual(await nextEvent(far), [205, undefined]);
  });
});
