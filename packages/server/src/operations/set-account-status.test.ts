import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
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
  type RestAnswer,
  RestPeer,
  startTestServer,
  subscribe,
  type TestServer,
} from "@latchkey/testkit";

const unknownId = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0";
const email = "ann@example.com";

function outcomeOf({ status, body, fields }: RestAnswer): unknown {
  return status === 200 ? body : fields["code"];
}

onEachDatabase("the status call", (newDatabase) => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ settings: await newDatabase() });
  });
  after(() => server[Symbol.asyncDispose]());

  async function open(settings: Partial<ApplicationSettings> = {}) {
    const product = await newApplication(server.console, settings);
    const { id } = await addAccount(server, product, { login: email });
    const serverCode = RestPeer.of(server, product, "BL");
    const put = async (peer: RestPeer, body: unknown, token = "", to: string = id) =>
      outcomeOf(await peer.request("PUT", `/users/${to}/status`, { body, token }));
    const set = (userStatus: unknown, to: string = id) => put(serverCode, { userStatus }, "", to);
    const status = async (of: string = id) => (await serverCode.get(`/users/${of}`)).fields["userStatus"];
    return { product, id, rest: RestPeer.of(server, product), serverCode, put, set, status };
  }

  test("[US-STATUS-1] [US-KEY-1] [US-ERR-7] of several reasons to refuse it the first in the order is answered", async () => {
    const { product, rest, serverCode, put, set } = await open();
    const token = await rest.login(email);
    assert.equal(await put(rest, { userStatus: "DISABLED" }, "dead"), 3064);
    assert.equal(await put(serverCode, { userStatus: "DISABLED" }, "dead"), 3064);
    for (const kind of ["JS", "REST", "ANDROID", "IOS", "WP", "AS"] as const) {
      const peer = RestPeer.of(server, product, kind);
      for (const body of [{}, "{", undefined, { userStatus: "DISABLED" }]) {
        for (const given of ["", token]) assert.equal(await put(peer, body, given), 3054, kind);
      }
    }
    const message = (await rest.request("PUT", `/users/${unknownId}/status`)).fields["message"];
    assert.equal(message, "Operation allowed only for BL logic.");
    for (const body of [undefined, {}, { userStatus: null }]) {
      assert.equal(await put(serverCode, body, "", unknownId), 3038);
    }
    assert.equal(await put(serverCode, "{", "", unknownId), 2004);
    for (const value of ["", "enabled", "GUEST", "EMAIL_CONFIRMATION_PENDING", 1, true, {}, ["ENABLED"]]) {
      assert.equal(await set(value, unknownId), 2004, JSON.stringify(value));
    }
    for (const value of ["ENABLED", "DISABLED"]) assert.equal(await set(value, unknownId), 3057);
  });

  test("[US-SEC-13] an account of another application is unknown", async () => {
    const [ours, theirs] = [await open(), await open()];
    for (const value of ["ENABLED", "DISABLED"]) assert.equal(await ours.set(value, theirs.id), 3057);
    assert.equal(await theirs.status(), "ENABLED");
  });

  test("[US-STATUS-2] what is so already answers 3085 and 3086, for guests too", async () => {
    const { set, status, rest, product } = await open();
    assert.equal(await set("ENABLED"), 3086);
    assert.equal(await set("DISABLED"), null);
    assert.equal(await set("DISABLED"), 3085);
    assert.equal(await status(), "DISABLED");
    assert.equal(await set("ENABLED"), null);
    assert.equal(await status(), "ENABLED");

    const guest = String((await rest.post("/users/register/guest")).fields["objectId"]);
    assert.equal(await set("ENABLED", guest), 3086);
    assert.equal(await set("DISABLED", guest), null);
    assert.equal(await set("ENABLED", guest), null);
    assert.equal(await status(guest), "GUEST");

    const { id: pending } = await addAccount(server, product, { login: "bob", status: "unconfirmed" });
    assert.equal(await set("ENABLED", pending), null);
    assert.equal(await status(pending), "ENABLED");
  });

  test("[US-STATUS-2] of calls in parallel one changes it, the others hear that it is so", async () => {
    const { set } = await open();
    for (const [value, already] of [
      ["DISABLED", 3085],
      ["ENABLED", 3086],
    ] as const) {
      const codes = await Promise.all([set(value), set(value), set(value)]);
      assert.deepEqual(
        codes.filter((code) => code !== null),
        [already, already],
      );
    }
  });

  test("[US-STATUS-3] [US-LOGOUT-8] disabling ends the sessions of both doors, and enabling brings none back", async () => {
    const { product, rest, set } = await open({ enableMultipleLogins: true, maxConcurrentLogins: 0 });
    const [one, other] = [await rest.login(email), await rest.login(email)];
    await using peer = await openLive(server, product);
    await using attached = await openLive(server, product, "client-2");
    for (const each of [peer, attached]) await subscribe(each);
    const credentials = { login: email, password: knownPassword };
    assert.equal((await ask(peer, packet.authorizeByCredentials, credentials))["status"], 1);
    assert.equal((await ask(attached, packet.attach, { user_token: one }))["status"], 1);
    assert.equal(await set("DISABLED"), null);
    for (const each of [peer, attached]) {
      assert.deepEqual(await nextEvent(each), [813, { by: "operator" }]);
      assert.equal((await ask(each, packet.getCurrentAccount))["status"], 3);
    }
    assert.equal(outcomeOf(await rest.get("/info", one)), 3090);
    assert.equal(outcomeOf(await rest.post("/users/login", credentials)), 3090);
    assert.equal(await set("ENABLED"), null);
    for (const token of [one, other]) {
      assert.equal(await rest.isLive(token), false);
      assert.notEqual(outcomeOf(await rest.get("/users/logout", token)), null);
      assert.equal(outcomeOf(await rest.get("/info", token)), 3064);
    }
    assert.equal(await rest.isLive(await rest.login(email)), true);
  });

  test("[US-ADMIN-1] the operator sets the status of an account with the same effect", async () => {
    const { product, id, rest, status } = await open();
    const token = await rest.login(email);
    await must(server.console, "disableAccount", { accountId: id });
    assert.equal(await status(), "DISABLED");
    assert.equal(outcomeOf(await rest.get("/info", token)), 3090);
    await must(server.console, "enableAccount", { accountId: id });
    assert.equal(await status(), "ENABLED");
    const { id: pending } = await addAccount(server, product, { login: "bob", status: "unconfirmed" });
    await must(server.console, "enableAccount", { accountId: pending });
    assert.equal(await status(pending), "ENABLED");
  });
});
