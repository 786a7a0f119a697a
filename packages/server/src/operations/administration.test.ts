import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type ApplicationSettings, applicationSettings, clientKeyKinds, keyKinds } from "@latchkey/protocol";
import {
  addAccount,
  ask,
  knownPassword,
  must,
  newApplication,
  nextEvent,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  type RestAnswer,
  RestPeer,
  startTestServer,
  subscribe,
  type TestServer,
} from "@latchkey/testkit";

const ann = "ann@example.com";
const bob = "bob@example.com";
const several = { enableMultipleLogins: true, maxConcurrentLogins: 0 };
const unknownId = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0";

function codeOf({ status, fields }: RestAnswer): unknown {
  return status === 200 ? "ok" : fields["code"];
}

onEachDatabase("administration of the user service", (newDatabase) => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ settings: await newDatabase() });
  });
  after(() => server[Symbol.asyncDispose]());

  async function open(settings: Partial<ApplicationSettings> = {}) {
    const product = await newApplication(server.console, settings);
    const { id } = await addAccount(server, product, { login: ann });
    return { product, applicationId: product.id, accountId: id, rest: RestPeer.of(server, product) };
  }

  const at = (host: string) => new RestPeer(server.url, "/api", { Host: host });
  const refusalOf = async (outcome: Promise<object>) => {
    const settled = await outcome;
    return "refusal" in settled ? settled.refusal : "ok";
  };
  const authorize = (product: Product, login: string, clientId: string) =>
    openLive(server, product, clientId).then(async (peer) => {
      await subscribe(peer);
      const answer = await ask(peer, packet.authorizeByCredentials, { login, password: knownPassword });
      assert.equal(answer["status"], 1);
      return peer;
    });

  test("[US-ADMIN-1] [US-ADDR-2] [US-ADDR-3] a host is bound to an application with the rights of a client key, and unbound", async () => {
    const { product, applicationId } = await open();
    const bind = (host: string, keyKind?: (typeof clientKeyKinds)[number]) =>
      server.console.call("bindHost", { applicationId, host, ...(keyKind && { keyKind }) });
    const host = `${applicationId}.example.com`.toLowerCase();
    assert.equal(codeOf(await at(host).get("/info")), 2002);
    assert.deepEqual(await bind(` ${host.toUpperCase()} `), { ok: true, output: { host, keyKind: "JS" } });
    for (const spelling of [host, host.toUpperCase(), `${host}:8443`]) {
      assert.equal((await at(spelling).get("/info")).fields["apiKey"], product.apiKeys.JS, spelling);
    }
    for (const kind of clientKeyKinds) {
      assert.equal((await bind(host, kind)).ok, true);
      assert.equal((await at(host).get("/info")).fields["apiKey"], product.apiKeys[kind], kind);
    }
    const secret = await server.console.call("bindHost", { applicationId, host, keyKind: "BL" as never });
    assert.ok("fault" in secret && secret.fault === "malformed");
    const { hosts } = await must(server.console, "listHosts", { applicationId });
    assert.deepEqual(hosts, [{ host, keyKind: "AS" }]);

    const other = await open();
    const theirs = { applicationId: other.applicationId, host };
    assert.equal(await refusalOf(server.console.call("bindHost", theirs)), "hostTaken");
    assert.equal(await refusalOf(server.console.call("unbindHost", theirs)), "hostNotFound");
    assert.equal((await at(host).get("/info")).fields["appId"], applicationId);
    await must(server.console, "unbindHost", { applicationId, host });
    assert.equal(codeOf(await at(host).get("/info")), 2002);
    assert.equal(await refusalOf(server.console.call("bindHost", theirs)), "ok");
    assert.equal(
      await refusalOf(server.console.call("bindHost", { ...theirs, applicationId: unknownId })),
      "applicationNotFound",
    );
  });

  test("[US-ADDR-2] what is no host name is not bound", async () => {
    const { applicationId } = await open();
    for (const host of [
      "",
      " ",
      "a b",
      "example.com:8443",
      "example.com/x",
      "http://example.com",
      "u@example.com",
      "?",
      "#",
    ]) {
      assert.equal(await refusalOf(server.console.call("bindHost", { applicationId, host })), "hostInvalid", host);
    }
    const { host } = await must(server.console, "bindHost", { applicationId, host: "Bücher.example" });
    assert.equal(host, "xn--bcher-kva.example");
    assert.equal(codeOf(await at(host).get("/info")), "ok");
    await must(server.console, "unbindHost", { applicationId, host: "bücher.example" });
  });

  test("[US-ADMIN-1] [US-ADMIN-3] [US-ADDR-1] a key of one kind is renewed and revoked; a BL key is shown in that answer alone", async () => {
    const { product, applicationId, rest } = await open();
    const host = `${applicationId}.example.com`.toLowerCase();
    await must(server.console, "bindHost", { applicationId, host });
    const token = await rest.login(ann);
    for (const keyKind of keyKinds) {
      const { application } = await must(server.console, "renewApiKey", { applicationId, keyKind });
      const renewed = { ...product, apiKeys: application.apiKeys };
      assert.match(application.apiKeys[keyKind] ?? "", /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
      assert.equal(codeOf(await RestPeer.of(server, product, keyKind).get("/info", token)), 2002, keyKind);
      assert.equal(codeOf(await RestPeer.of(server, renewed, keyKind).get("/info", token)), "ok", keyKind);
      const shown = (await must(server.console, "showApplication", { applicationId })).application.apiKeys;
      assert.equal(shown[keyKind], keyKind === "BL" ? undefined : application.apiKeys[keyKind]);
      if (keyKind === "JS") assert.equal((await at(host).get("/info")).fields["apiKey"], shown.JS, "its hosts go on");

      await must(server.console, "revokeApiKey", { applicationId, keyKind });
      assert.equal(codeOf(await RestPeer.of(server, renewed, keyKind).get("/info", token)), 2002, keyKind);
      const again = server.console.call("revokeApiKey", { applicationId, keyKind });
      assert.equal(await refusalOf(again), "apiKeyNotFound");
    }
    assert.equal(codeOf(await at(host).get("/info")), 2002);
    assert.equal(await refusalOf(server.console.call("bindHost", { applicationId, host })), "apiKeyNotFound");
    const { application } = await must(server.console, "renewApiKey", { applicationId, keyKind: "REST" });
    assert.deepEqual(Object.keys(application.apiKeys), ["REST"]);
  });

  test("[US-ADMIN-3] of the keys only the BL key is kept as a hash", async () => {
    const { product, applicationId } = await open();
    const { BL: _, ...others } = product.apiKeys;
    const { application } = await must(server.console, "showApplication", { applicationId });
    assert.deepEqual(application.apiKeys, others);
    assert.match(product.apiKeys.BL ?? "", /\S/);
  });

  test("[US-ADMIN-1] every setting can be changed, and is shown as it was set", async () => {
    const { applicationId } = await open();
    const changed: Partial<ApplicationSettings> = {
      userRegistrationEnabled: false,
      emailConfirmationRequired: true,
      passwordRecoveryEnabled: false,
      enableLogin: false,
      guestLoginEnabled: false,
      guestRetentionDays: 7,
      countLiveSessions: true,
      enableMultipleLogins: true,
      logoutLastUser: true,
      maxConcurrentLogins: 5,
      failedLoginsLock: 3,
      failedLoginsUnlockSeconds: 60,
      sessionTimeoutSeconds: 120,
      identityColumn: "name",
      dynamicSchema: false,
      userAccess: "open",
      revealUnknownIdentity: true,
      passwordMinLength: 12,
      publicUrl: "https://id.example.com",
    };
    const { application: before } = await must(server.console, "showApplication", { applicationId });
    for (const [name, value] of Object.entries(changed)) {
      const { application } = await must(server.console, "updateApplication", {
        applicationId,
        settings: { [name]: value },
      });
      assert.deepEqual(application.settings[name as keyof ApplicationSettings], value, name);
    }
    const { application } = await must(server.console, "showApplication", { applicationId });
    assert.deepEqual(application.settings, { ...before.settings, ...changed });
    assert.deepEqual(Object.keys(application.settings).sort(), Object.keys(applicationSettings.entries).sort());
  });

  test("[US-ADMIN-1] [US-LOCK-5] a lock is lifted, whichever identity of the account has it, and no other is", async () => {
    const { product, accountId, rest } = await open({ failedLoginsLock: 2 });
    const { id } = await addAccount(server, product, { login: "carol", email: "carol@example.com" });
    const login = async (name: string, password = knownPassword) =>
      codeOf(await rest.post("/users/login", { login: name, password }));
    for (const name of [ann, "carol", "carol@example.com"]) {
      for (let n = 0; n < 2; n++) assert.equal(await login(name, "wrong"), 3003);
      assert.equal(await login(name), 3036);
    }
    await must(server.console, "unlockAccount", { accountId: id });
    for (const name of ["carol", "carol@example.com"]) assert.equal(await login(name), "ok");
    assert.equal(await login(ann), 3036);
    await using peer = await openLive(server, product);
    const credentials = { login: ann, password: knownPassword };
    assert.equal((await ask(peer, packet.authorizeByCredentials, credentials))["status"], 5);
    await must(server.console, "unlockAccount", { accountId });
    assert.equal((await ask(peer, packet.authorizeByCredentials, credentials))["status"], 1);
    assert.equal(await refusalOf(server.console.call("unlockAccount", { accountId: unknownId })), "accountNotFound");
  });

  test("an operator sees what an account was given and what keeps it out", async () => {
    const { product, accountId, rest } = await open({ failedLoginsLock: 2 });
    const standing = () => must(server.console, "showAccountStanding", { applicationId: product.id, accountId });
    assert.deepEqual(await standing(), { roles: [] });
    await must(server.console, "createRole", { applicationId: product.id, role: "editor" });
    await must(server.console, "giveRole", { accountId, role: "editor" });
    await must(server.console, "blacklistAccount", { accountId });
    for (let n = 0; n < 2; n++) await rest.post("/users/login", { login: ann, password: "wrong" });
    const { roles, blacklistedAt, lockedUntil } = await standing();
    assert.deepEqual(roles, ["editor"]);
    assert.ok(blacklistedAt !== undefined && lockedUntil !== undefined && lockedUntil > blacklistedAt);
    await must(server.console, "unlockAccount", { accountId });
    await must(server.console, "unblacklistAccount", { accountId });
    assert.deepEqual(await standing(), { roles: ["editor"] });
    const elsewhere = { applicationId: unknownId, accountId };
    assert.equal(await refusalOf(server.console.call("showAccountStanding", elsewhere)), "accountNotFound");
  });

  test("[US-ADMIN-1] [US-LOGOUT-7] [US-SESS-13] all sessions of an account end at both doors, and of no other", async () => {
    const { product, accountId, rest } = await open(several);
    await addAccount(server, product, { login: bob });
    const tokens = [await rest.login(ann), await rest.login(ann)];
    const bobs = await rest.login(bob);
    await using peer = await authorize(product, ann, "client-1");
    await using attached = await openLive(server, product, "client-2");
    await subscribe(attached);
    assert.equal((await ask(attached, packet.attach, { user_token: tokens[0] }))["status"], 1);
    await using other = await authorize(product, bob, "client-3");
    await must(server.console, "endAccountSessions", { accountId });
    for (const token of tokens) assert.equal(codeOf(await rest.get("/info", token)), 3064);
    for (const each of [peer, attached]) {
      assert.deepEqual(await nextEvent(each), [813, { by: "operator" }]);
      assert.equal((await ask(each, packet.getCurrentAccount))["status"], 3);
    }
    assert.equal(await rest.isLive(bobs), true);
    assert.equal((await ask(other, packet.getCurrentAccount))["status"], 1);
    assert.equal(await rest.isLive(await rest.login(ann)), true);
    assert.equal(
      (await ask(peer, packet.authorizeByCredentials, { login: ann, password: knownPassword }))["status"],
      1,
    );
    assert.equal(
      await refusalOf(server.console.call("endAccountSessions", { accountId: unknownId })),
      "accountNotFound",
    );
  });

  test("[US-ADMIN-1] [US-LOGOUT-7] all sessions of an application end, and of no other", async () => {
    const [ours, theirs] = [await open(several), await open()];
    const tokens = [await ours.rest.login(ann), await ours.rest.login(ann)];
    const kept = await theirs.rest.login(ann);
    await using peer = await authorize(ours.product, ann, "client-1");
    await using other = await authorize(theirs.product, ann, "client-2");
    await must(server.console, "endApplicationSessions", { applicationId: ours.applicationId });
    assert.deepEqual(await nextEvent(peer), [1, undefined]);
    assert.equal((await peer.closing()).code, 4100);
    for (const token of tokens) assert.equal(codeOf(await ours.rest.get("/info", token)), 3064);
    const { sessions } = await must(server.console, "findSessions", { applicationId: ours.applicationId });
    assert.deepEqual(sessions, []);
    assert.equal(await theirs.rest.isLive(kept), true);
    assert.equal((await ask(other, packet.getCurrentAccount))["status"], 1);
    assert.equal(await ours.rest.isLive(await ours.rest.login(ann)), true);
    await using again = await authorize(ours.product, ann, "client-1");
    assert.equal((await ask(again, packet.getCurrentAccount))["status"], 1);
  });

  test("the list of sessions has none that has ended", async () => {
    const { rest, applicationId } = await open(several);
    const [ended, kept] = [await rest.login(ann), await rest.login(ann)];
    await rest.get("/users/logout", ended);
    const { sessions } = await must(server.console, "findSessions", { applicationId });
    assert.equal(sessions.length, 1);
    await rest.get("/users/logout", kept);
    assert.deepEqual((await must(server.console, "findSessions", { applicationId })).sessions, []);
  });

  test("[US-ADMIN-1] no call of the user service reaches what is the operator's", async () => {
    const { product } = await open();
    const serverCode = RestPeer.of(server, product, "BL");
    for (const path of ["/users/roles", "/roles", "/hosts", "/keys", "/console", "/users/x/y"]) {
      for (const method of ["GET", "POST", "PUT", "DELETE"]) {
        assert.equal((await serverCode.request(method, path)).status === 200, false, path);
      }
    }
  });
});
