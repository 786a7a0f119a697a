import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type ApplicationSettings, CredentialsType } from "@latchkey/protocol";
import {
  addAccount,
  ask,
  knownPassword,
  must,
  newApplication,
  onEachDatabase,
  openLive,
  packet,
  type RestAnswer,
  RestPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

const ann = "ann@example.com";
const wide = { signInsPerIdentity: "100000", signInsPerAddress: "100000" };

function codeOf({ status, fields }: RestAnswer): unknown {
  return status === 200 ? "ok" : fields["code"];
}

/** Each policy at every door that it concerns, changed as an operator does while everybody is connected. */
onEachDatabase("policies at every door", (newDatabase) => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ settings: { ...(await newDatabase()), ...wide } });
  });
  after(() => server[Symbol.asyncDispose]());

  async function open(settings: Partial<ApplicationSettings> = {}) {
    const product = await newApplication(server.console, { accountsPerAddressPerDay: null, ...settings });
    const { id } = await addAccount(server, product, { login: ann });
    const rest = RestPeer.of(server, product);
    const peer = await openLive(server, product);
    let names = 0;
    return {
      product,
      id,
      rest,
      serverCode: RestPeer.of(server, product, "BL"),
      change: (changes: Partial<ApplicationSettings>) =>
        must(server.console, "updateApplication", { applicationId: product.id, settings: changes }),
      register: async (password: string, changes: object = {}, token = "") => {
        const body = { email: `user${++names}@example.com`, password, ...changes };
        return codeOf(await rest.post("/users/register", body, token));
      },
      createAccount: async (password: string) =>
        (await ask(peer, packet.createAccount, { login: `user${++names}`, password }))["status"],
      login: async (password = knownPassword) => codeOf(await rest.post("/users/login", { login: ann, password })),
      authorize: async (password = knownPassword) =>
        (await ask(peer, packet.authorizeByCredentials, { login: ann, password }))["status"],
      leave: () => ask(peer, packet.logout),
      [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
    };
  }

  async function newGuest(rest: RestPeer) {
    const { fields } = await rest.post("/users/register/guest");
    return { objectId: String(fields["objectId"]), token: String(fields["user-token"]) };
  }

  test("[US-ADMIN-2] [US-REG-4] passwordMinLength, for whoever gives an account a password", async () => {
    await using app = await open();
    const { objectId, token } = await newGuest(app.rest);
    const [short, long] = ["123456789", "1234567890"];
    const byOperator = async (password: string) => {
      const plan = { applicationId: app.product.id, credentialsType: CredentialsType.LoginPassword } as const;
      const added = await server.console.call("addAccount", { ...plan, identity: `op${password}`, password });
      const set = await server.console.call("setAccountPassword", { accountId: app.id, password });
      return [added, set].map((outcome) => outcome.ok || ("refusal" in outcome && outcome.refusal));
    };
    assert.deepEqual([await app.register(short), await app.createAccount(short)], ["ok", 1]);
    await app.change({ passwordMinLength: 10 });
    assert.deepEqual([await app.register(short), await app.createAccount(short)], [40_001, 207]);
    assert.equal(await app.register(short, { objectId }, token), 40_001);
    assert.deepEqual(await byOperator(short), ["passwordTooShort", "passwordRefused"]);
    assert.deepEqual([await app.register(long), await app.createAccount(long)], ["ok", 1]);
    assert.equal(await app.register(long, { objectId }, token), "ok");
    assert.deepEqual(await byOperator(long), [true, true]);
  });

  test("[US-ADMIN-2] [US-REG-2] userRegistrationEnabled, at both doors", async () => {
    await using app = await open();
    const { objectId, token } = await newGuest(app.rest);
    await app.change({ userRegistrationEnabled: false });
    assert.deepEqual([await app.register(knownPassword), await app.createAccount(knownPassword)], [3009, 802]);
    assert.equal(await app.register(knownPassword, { objectId }, token), 3009);
    await app.change({ userRegistrationEnabled: true });
    assert.deepEqual([await app.register(knownPassword), await app.createAccount(knownPassword)], ["ok", 1]);
    assert.equal(await app.register(knownPassword, { objectId }, token), "ok");
  });

  test("[US-ADMIN-2] [US-LOCK-2] failedLoginsLock counts over both doors, and locks both", async () => {
    await using app = await open();
    for (let n = 0; n < 3; n++) await app.login("wrong");
    await app.change({ failedLoginsLock: 4 });
    assert.deepEqual([await app.login("wrong"), await app.authorize("wrong")], [3003, 200]);
    assert.deepEqual([await app.login("wrong"), await app.authorize("wrong")], [3003, 200]);
    assert.deepEqual([await app.login(), await app.authorize()], [3036, 5]);
    assert.equal(codeOf(await app.serverCode.post("/users/login", { objectId: app.id })), "ok");
    await app.change({ failedLoginsLock: 0 });
    assert.deepEqual([await app.login(), await app.authorize()], ["ok", 1]);
  });

  test("[US-ADMIN-2] [US-LOGIN-4] [US-LOGIN-7] [US-GUEST-2] [US-LOGOUT-11] enableLogin, for every new session of the user service", async () => {
    await using app = await open();
    const token = await app.rest.login(ann);
    const guest = async () => codeOf(await app.rest.post("/users/register/guest"));
    const byId = async () => codeOf(await app.serverCode.post("/users/login", { objectId: app.id }));
    await app.change({ enableLogin: false });
    assert.deepEqual([await app.login(), await byId(), await guest()], [3034, 3034, 3034]);
    assert.equal(codeOf(await app.rest.get("/info", token)), "ok", "who is logged in already goes on");
    assert.equal(await app.authorize(), 1, "the live door has no such switch");
    assert.equal((await app.rest.get("/users/logout", token)).text, "null");
    await app.change({ enableLogin: true, guestLoginEnabled: false });
    assert.deepEqual([await app.login(), await byId(), await guest()], ["ok", "ok", 3034]);
  });

  test("[US-ADMIN-2] [US-SESS-20] [US-SESS-21] [US-SESS-22] [US-SESS-24] the concurrent-login policy, for every way in", async () => {
    await using app = await open();
    const byId = async () => codeOf(await app.serverCode.post("/users/login", { objectId: app.id }));
    const token = await app.rest.login(ann);
    await app.change({ logoutLastUser: true });
    assert.deepEqual([await app.login(), await byId(), await app.authorize()], [3002, 3002, 1]);
    await app.leave();
    await app.change({ countLiveSessions: true });
    assert.equal(await app.authorize(), 602);
    await app.change({ enableMultipleLogins: true, maxConcurrentLogins: 1 });
    assert.deepEqual([await app.login(), await byId(), await app.authorize()], [3044, 3044, 602]);
    await app.change({ maxConcurrentLogins: 2 });
    assert.equal(await app.authorize(), 1);
    assert.deepEqual([await app.login(), await byId()], [3044, 3044]);
    assert.equal(await app.rest.isLive(token), true);
    await app.change({ enableMultipleLogins: false, logoutLastUser: false });
    assert.equal(await byId(), "ok");
    assert.equal(await app.rest.isLive(token), false);
  });

  test("[US-ADMIN-2] [US-REG-11] accountQuota and licenseRequired, for whoever makes an account", async () => {
    await using app = await open();
    const { objectId, token } = await newGuest(app.rest);
    await app.change({ licenseRequired: true });
    assert.deepEqual([await app.register(knownPassword), await app.createAccount(knownPassword)], [3009, 204]);
    assert.equal(await app.register(knownPassword, { objectId }, token), 3009);
    await app.change({ licenseRequired: false, accountQuota: 1 });
    assert.deepEqual([await app.register(knownPassword), await app.createAccount(knownPassword)], [3009, 603]);
    assert.equal(codeOf(await app.rest.post("/users/register/guest")), 3034);
    assert.equal(await app.register(knownPassword, { objectId }, token), "ok", "it has its place already");
  });
});
