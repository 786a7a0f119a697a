import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import {
  addAccount,
  AmfPeer,
  changeSettings,
  ManualClock,
  newApplication,
  onEachDatabase,
  pauseApplication,
  type Product,
  RestPeer,
  startTestServer,
  type TestServer,
  userPassword,
  withoutTable,
} from "@latchkey/testkit";
import type { Account, ApplicationId, NewAccount } from "#storage/tables.ts";
import { endUserSessions } from "#storage/user-sessions.ts";

const email = "ann@example.com";
const unknownId = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0";

interface Scene {
  readonly product: Product;
  readonly amf: AmfPeer;
  readonly serverCode: AmfPeer;
  readonly account: Account;
  readonly token: string;
}

onEachDatabase("logout by AMF", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock, settings: { ...(await newDatabase()), signInsPerAddress: "1000000" } });
  });
  after(() => server[Symbol.asyncDispose]());

  async function signIn(settings: Partial<ApplicationSettings> = {}): Promise<Scene> {
    const product = await newApplication(server.console, settings);
    const account = await addAccount(server, product, { login: email });
    const amf = AmfPeer.of(server, product);
    return { product, account, amf, serverCode: AmfPeer.of(server, product, "BL"), token: await amf.login(email) };
  }

  function change({ account }: Scene, changes: Partial<NewAccount>): Promise<unknown> {
    return server.db.updateTable("account").set(changes).where("id", "=", account.id).execute();
  }

  async function disable(scene: Scene): Promise<void> {
    await change(scene, { status: "disabled" });
    await endUserSessions(server.db, scene.account.id, clock.now());
  }

  /** `null`, or the code of the fault. */
  async function logout(amf: AmfPeer, token?: string): Promise<unknown> {
    const { body, code, message } = await amf.call("logout", [], token === undefined ? {} : { token });
    if (code === undefined) assert.deepEqual(Object.keys(message), ["$class", "body"]);
    return body === null ? null : code;
  }

  async function stateOf({ id }: Product) {
    const applicationId = id as ApplicationId;
    const [sessions, accounts] = await Promise.all([
      server.db.selectFrom("session").selectAll().where("applicationId", "=", applicationId).orderBy("id").execute(),
      server.db.selectFrom("account").selectAll().where("applicationId", "=", applicationId).execute(),
    ]);
    return { sessions, accounts };
  }

  test("[US-LOGOUT-1] [US-LOGOUT-21] [US-LOGOUT-22] a live token is acknowledged with null, and dead from then on", async () => {
    const { amf, token } = await signIn();
    assert.equal(await logout(amf, token), null);
    assert.equal((await amf.call("isValidUserToken", [token])).body, false);
    assert.equal((await amf.call("getUserRoles", [], { token })).code, "3064");
    assert.deepEqual((await amf.call("getUserRoles")).body, ["AndroidUser", "NotAuthenticatedUser"]);
    assert.equal((await amf.rest.get("/users/userroles", token)).fields["code"], 3064);
  });

  test("[US-LOGOUT-2] no token, or an empty one, is acknowledged without effect", async () => {
    const { amf, serverCode, product } = await signIn();
    const before = await stateOf(product);
    for (const peer of [amf, serverCode])
      for (const token of [undefined, ""]) assert.equal(await logout(peer, token), null);
    assert.deepEqual(await stateOf(product), before);
  });

  const dead: Record<string, (scene: Scene) => Promise<string>> = {
    "[US-LOGOUT-3] a token that was never issued": () => Promise.resolve(unknownId),
    "[US-LOGOUT-3] a malformed token": () => Promise.resolve("no token' or 1=1 -- \u0000 💣"),
    "[US-LOGOUT-3] a token of another application": async () => (await signIn()).token,
    "[US-LOGOUT-4] a token that has been logged out": async ({ amf, token }) => {
      assert.equal(await logout(amf, token), null);
      return token;
    },
    "[US-LOGOUT-5] a token whose session timed out": async (scene) => {
      await changeSettings(server, scene.product, { sessionTimeoutSeconds: 60 });
      await clock.advance(60_000);
      return scene.token;
    },
    "[US-LOGOUT-6] a token evicted by a newer login": async ({ amf, token }) => {
      await amf.login(email);
      return token;
    },
    "[US-LOGOUT-7] a token ended by a password change, a recovery or the operator": async ({ account, token }) => {
      await endUserSessions(server.db, account.id, null);
      return token;
    },
  };
  for (const [situation, prepare] of Object.entries(dead)) {
    test(`${situation} is a fault with the code "3064" and changes nothing`, async () => {
      const scene = await signIn();
      const token = await prepare(scene);
      const before = await stateOf(scene.product);
      for (const peer of [scene.amf, scene.serverCode]) assert.equal(await logout(peer, token), "3064");
      assert.deepEqual(await stateOf(scene.product), before);
    });
  }

  test("[US-ERR-9] [US-LOGOUT-3] the fault repeats no more than 64 characters of the token, none of them control characters", async () => {
    const { amf } = await signIn();
    const { message } = await amf.call("logout", [], { token: `\n\u0000${"x".repeat(100)}` });
    const shown = `??${"x".repeat(62)}`;
    assert.equal(message["faultString"], `Not existing user token - ${shown}. Relogin user to update your user token`);
  });

  test("[US-LOGOUT-8] [US-LOGOUT-9] a session ended by disabling: 3090 once for its client, null once for server code", async () => {
    const client = await signIn();
    await disable(client);
    assert.equal((await client.amf.call("getUserRoles", [], { token: client.token })).code, "3090");
    assert.deepEqual(
      [await logout(client.amf, client.token), await logout(client.amf, client.token)],
      ["3090", "3064"],
    );
    const code = await signIn();
    await disable(code);
    assert.deepEqual(
      [await logout(code.serverCode, code.token), await logout(code.serverCode, code.token)],
      [null, "3064"],
    );
  });

  test("[US-LOGOUT-10] [US-LOGOUT-11] guests, pending accounts, locked ones and those of a closed application log out", async () => {
    for (const status of ["guest", "unconfirmed"] as const) {
      const scene = await signIn();
      await change(scene, { status });
      assert.equal(await logout(scene.amf, scene.token), null, status);
    }
    const off = await signIn();
    await changeSettings(server, off.product, { enableLogin: false });
    assert.equal(await logout(off.amf, off.token), null);
    const locked = await signIn({ failedLoginsLock: 1 });
    assert.equal((await locked.amf.call("login", [email, "wrong"])).code, "3003");
    assert.equal((await locked.amf.call("login", [email, userPassword])).code, "3036");
    assert.equal(await logout(locked.amf, locked.token), null);
  });

  test("[US-LOGOUT-12] [US-LOGOUT-16] an unknown application or key is 2002, an id of another form 3007", async () => {
    const { product, amf, token } = await signIn();
    const key = product.apiKeys.ANDROID;
    const at = (base: string) => new AmfPeer(new RestPeer(server.url, base));
    for (const base of [`/${unknownId}/${key}`, `/${product.id}/${unknownId}`, `/${product.id}/x`, "/api"]) {
      assert.equal(await logout(at(base), token), "2002", base);
    }
    for (const id of ["x", product.id.toLowerCase(), `${product.id}0`]) {
      assert.equal(await logout(at(`/${id}/${key}`), token), "3007", id);
      assert.equal((await at(`/${id}/${key}`).call("getUserRoles")).code, "2002", id);
    }
    await pauseApplication(server, product);
    assert.equal(await logout(amf, token), "2002");
  });

  test("[US-LOGOUT-13] [US-LOGOUT-18] an internal failure is the fault 3023, and the session is live still", async () => {
    const { amf, token } = await signIn();
    await withoutTable(server, "session", async () => {
      assert.equal(await logout(amf, token), "3023");
    });
    await withoutTable(server, "application", async () => {
      assert.equal(await logout(amf, token), "3023");
    });
    assert.equal((await amf.call("isValidUserToken", [token])).body, true);
    assert.equal(await logout(amf, token), null);
  });

  test("[US-LOGOUT-14] of logouts in parallel with one token, by AMF and by REST, one succeeds", async () => {
    const { amf, token } = await signIn();
    const byRest = async () => {
      const { status, fields } = await amf.rest.get("/users/logout", token);
      return status === 200 ? null : String(fields["code"]);
    };
    const codes = await Promise.all([0, 1, 2].flatMap(() => [logout(amf, token), byRest()]));
    assert.deepEqual(codes.sort(), ["3064", "3064", "3064", "3064", "3064", null]);
  });

  test("[US-LOGOUT-16] arguments are ignored, a broken message is 2004 and one that is too large 41300", async () => {
    const { amf, token } = await signIn();
    assert.equal((await amf.send(Buffer.from("000300000001", "hex"))).code, "2004");
    assert.equal((await amf.send(Buffer.alloc(65_537))).code, "41300");
    assert.equal((await amf.call("logout", ["x", 5, null, { a: [] }], { token })).body, null);
  });

  test("[US-LOGOUT-17] logging out is never limited", async () => {
    const { amf } = await signIn();
    const codes = new Set<unknown>();
    for (let times = 0; times < 150; times++) codes.add(await logout(amf, unknownId));
    assert.deepEqual([...codes], ["3064"]);
  });

  test("[US-LOGOUT-23] [US-LOGOUT-24] other sessions live on, and the place of the ended one is free at once", async () => {
    const { amf, token } = await signIn({ enableMultipleLogins: true, maxConcurrentLogins: 2 });
    const other = await amf.login(email);
    assert.equal((await amf.call("login", [email, userPassword])).code, "3044");
    assert.equal(await logout(amf, token), null);
    assert.equal((await amf.call("isValidUserToken", [other])).body, true);
    assert.ok(await amf.login(email));
  });

  test("[US-LOGOUT-30] the codes of a session that is not there are those that the Java client takes for success", async () => {
    const scene = await signIn();
    const codes = new Set<unknown>([await logout(scene.amf, unknownId)]);
    await disable(scene);
    codes.add(await logout(scene.amf, scene.token));
    assert.deepEqual([...codes], ["3064", "3090"]);
  });
});
