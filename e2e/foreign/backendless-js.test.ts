import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, suite, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import type { ApplicationId } from "@latchkey/server/storage/tables.ts";
import {
  changeSettings,
  flush,
  ManualClock,
  must,
  newApplication,
  openLive,
  packet,
  pauseApplication,
  type Product,
  type RawPeer,
  RestPeer,
  startTestServer,
  type TestServer,
  within,
} from "@latchkey/testkit";
import Backendless from "backendless";

const email = "ann@example.com";
const password = "correct horse";
const unknownId = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0";

/** The SDK as its documentation shows it; `standalone` only gives each test an SDK of its own. */
type Sdk = typeof Backendless;
interface Undeclared {
  getCurrentUserToken(): string | null;
  appInfoPromise(reset: boolean): Promise<object>;
}
type SdkUser = Record<string, unknown>;

suite("the Backendless JavaScript SDK, unmodified", () => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock, settings: { signInsPerAddress: "1000000" } });
  });
  after(() => server[Symbol.asyncDispose]());

  function initialize(appId: string, apiKey = ""): Sdk {
    const config = { appId, apiKey, serverURL: server.url, standalone: true };
    return Backendless.initApp(config) as Sdk;
  }

  async function open(settings: Partial<ApplicationSettings> = {}) {
    const product = await newApplication(server.console, settings);
    const sdk = initialize(product.id, product.apiKeys.JS);
    const { objectId } = await sdk.UserService.register<SdkUser>({ email, password });
    return { product, sdk, objectId, rest: RestPeer.of(server, product) };
  }

  /** The code that a call is rejected with. */
  async function codeOf(call: Promise<unknown>): Promise<unknown> {
    try {
      return { resolvedTo: await call };
    } catch (error) {
      return (error as { code?: unknown }).code;
    }
  }

  function tokenOf(sdk: Sdk): string | null {
    return (sdk as unknown as Undeclared).getCurrentUserToken();
  }

  function logout(sdk: Sdk): Promise<unknown> {
    return sdk.UserService.logout();
  }

  test("[US-REG-1] [US-LOGIN-1] register answers a user, and login makes it the current one", async () => {
    const product = await newApplication(server.console);
    const sdk = initialize(product.id, product.apiKeys.JS);
    const user = await sdk.UserService.register<SdkUser>({ email, password, name: "Ann", plan: "pro" });
    assert.ok(user instanceof sdk.User);
    assert.deepEqual([user["email"], user["name"], user["plan"], user["user-token"]], [email, "Ann", "pro", undefined]);
    assert.equal(tokenOf(sdk), null);
    assert.equal(await sdk.UserService.getCurrentUser(), null);

    const signedIn = await sdk.UserService.login<SdkUser>(email, password);
    assert.ok(signedIn instanceof sdk.User);
    assert.equal(signedIn["objectId"], user["objectId"]);
    assert.equal(signedIn["lastLogin"], clock.now());
    assert.equal(tokenOf(sdk), signedIn["user-token"]);
  });

  test("[US-TABLE-1] getCurrentUser answers what it has, and reads it again when asked to", async () => {
    const { sdk, objectId } = await open();
    const user = await sdk.UserService.login<SdkUser>(email, password);
    assert.equal(await sdk.UserService.getCurrentUser<SdkUser>(), user);
    const properties = JSON.stringify({ plan: "gold" });
    await server.db
      .updateTable("account")
      .set({ properties })
      .where("id", "=", objectId as never)
      .execute();
    const reloaded = await sdk.UserService.getCurrentUser<SdkUser>(true);
    assert.deepEqual([reloaded["objectId"], reloaded["plan"]], [objectId, "gold"]);
    assert.equal(await sdk.UserService.isValidLogin(), true);
  });

  test("[US-SESS-8] [US-TABLE-1] a user who stays logged in is read again by a fresh SDK with what was kept", async () => {
    const { product, sdk, objectId } = await open();
    await sdk.UserService.login(email, password, true);
    const fresh = initialize(product.id, product.apiKeys.JS);
    assert.equal(await fresh.UserService.getCurrentUser(), null);
    for (const key of ["stayLoggedIn", "user-token", "current-user-id"]) {
      const kept: unknown = sdk.LocalCache.get(key);
      assert.ok(kept, key);
      fresh.LocalCache.set(key, kept);
    }
    assert.equal(await fresh.UserService.isValidLogin(), true);
    const user = await fresh.UserService.getCurrentUser<SdkUser>();
    assert.deepEqual([user["objectId"], user["email"]], [objectId, email]);
    await fresh.UserService.logout();
    assert.equal(fresh.LocalCache.get("user-token"), undefined);
    assert.equal(await sdk.UserService.isValidLogin(), false);
  });

  test("[US-SESS-8] staying logged in is nothing that the server knows of", async () => {
    const { sdk, objectId } = await open({ enableMultipleLogins: true, maxConcurrentLogins: 0 });
    for (const stay of [true, false]) await sdk.UserService.login(email, password, stay);
    const sessions = await server.db
      .selectFrom("session")
      .selectAll()
      .where("accountId", "=", objectId as never)
      .execute();
    const [one, other] = sessions.map(
      ({ id: _id, secretHash: _hash, authorizationId: _authorization, ...rest }) => rest,
    );
    assert.ok(one);
    assert.deepEqual(one, other);
  });

  test("[US-ROLE-1] [US-LOGOUT-22] a user has AuthenticatedUser only while logged in", async () => {
    const { sdk } = await open();
    const anonymous = ["JSUser", "NotAuthenticatedUser"];
    assert.deepEqual(await sdk.UserService.getUserRoles(), anonymous);
    await sdk.UserService.login(email, password);
    assert.deepEqual(await sdk.UserService.getUserRoles(), ["JSUser", "AuthenticatedUser"]);
    await sdk.UserService.logout();
    assert.deepEqual(await sdk.UserService.getUserRoles(), anonymous);
  });

  test("[US-LOGOUT-1] [US-LOGOUT-2] logout forgets the user, and once more it is a success without a token", async () => {
    const { sdk, rest } = await open();
    await sdk.UserService.login(email, password);
    const token = tokenOf(sdk)!;
    for (let time = 0; time < 2; time++) {
      assert.equal(await logout(sdk), undefined);
      assert.equal(tokenOf(sdk), null);
      assert.equal(await sdk.UserService.getCurrentUser(), null);
      assert.equal(await sdk.UserService.isValidLogin(), false);
    }
    assert.equal(await rest.isLive(token), false);
    await sdk.UserService.login(email, password);
    assert.equal(await sdk.UserService.isValidLogin(), true);
  });

  test("[US-LOGOUT-4] a logout with a dead token forgets the user and is rejected all the same", async () => {
    const { sdk, rest } = await open();
    await sdk.UserService.login(email, password);
    assert.equal((await rest.get("/users/logout", tokenOf(sdk)!)).text, "null");
    assert.equal(await sdk.UserService.isValidLogin(), false);
    assert.equal(await codeOf(sdk.UserService.getUserRoles()), 3064);
    assert.equal(await codeOf(sdk.UserService.logout()), 3064);
    assert.equal(tokenOf(sdk), null);
    assert.equal(await sdk.UserService.getCurrentUser(), null);
    assert.equal(await logout(sdk), undefined);
  });

  test("[US-LOGOUT-12] a logout that ends in 2002 is rejected and leaves the user logged in", async () => {
    const { product, sdk } = await open();
    const user = await sdk.UserService.login<SdkUser>(email, password);
    await pauseApplication(server, product);
    assert.equal(await codeOf(sdk.UserService.logout()), 2002);
    assert.equal(await sdk.UserService.getCurrentUser<SdkUser>(), user);
    await must(server.console, "unpauseApplication", { applicationId: product.id });
    assert.equal(await sdk.UserService.isValidLogin(), true);
    assert.equal(await logout(sdk), undefined);
  });

  test("[US-ADDR-1] [US-LOGOUT-16] an address that is wrong is rejected with 2002, at logout with 3007 if it is malformed", async (t) => {
    // The SDK reports on the console what it asks for by itself.
    t.mock.method(console, "error", () => undefined);
    const stranger = initialize(unknownId, unknownId);
    assert.equal(await codeOf(stranger.UserService.login(email, password)), 2002);
    assert.equal(await codeOf(stranger.UserService.logout()), 2002);
    assert.equal(await codeOf(initialize("my-app", unknownId).UserService.logout()), 3007);
  });

  test("[US-REG-7] [US-LOGIN-2] registering twice is rejected with 3033, a wrong password or user with 3003", async () => {
    const { sdk } = await open();
    assert.equal(await codeOf(sdk.UserService.register({ email, password })), 3033);
    assert.equal(await codeOf(sdk.UserService.login(email, "wrong")), 3003);
    assert.equal(await codeOf(sdk.UserService.login("nobody@example.com", password)), 3003);
    assert.equal(await codeOf(sdk.UserService.login(unknownId)), 2014);
    assert.equal(tokenOf(sdk), null);
  });

  test("[US-LOGIN-7] with a BL key the SDK logs in by objectId", async () => {
    const { product, objectId } = await open();
    const serverCode = initialize(product.id, product.apiKeys.BL);
    const user = await serverCode.UserService.login<SdkUser>(String(objectId));
    assert.deepEqual([user["objectId"], user["email"]], [objectId, email]);
    assert.equal(await serverCode.UserService.isValidLogin(), true);
  });

  test("[US-LOGOUT-31] the SDK makes no logout ahead of a new login; the policy ends the old session", async () => {
    const { product, sdk, rest } = await open({ enableMultipleLogins: true, maxConcurrentLogins: 0 });
    await sdk.UserService.login(email, password);
    const first = tokenOf(sdk)!;
    await sdk.UserService.login(email, password);
    const second = tokenOf(sdk)!;
    assert.deepEqual([await rest.isLive(first), await rest.isLive(second)], [true, true]);
    await changeSettings(server, product, { enableMultipleLogins: false });
    await sdk.UserService.login(email, password);
    assert.deepEqual([await rest.isLive(first), await rest.isLive(second)], [false, false]);
    await changeSettings(server, product, { logoutLastUser: true });
    assert.equal(await codeOf(sdk.UserService.login(email, password)), 3002);
  });

  test("[US-INFO-1] [US-INFO-2] the SDK drops a stale token when it loads the application's info", async () => {
    const { product, sdk, rest } = await open();
    await sdk.UserService.login(email, password);
    await rest.get("/users/logout", tokenOf(sdk)!);
    const dropped = async () => {
      while (tokenOf(sdk) !== null) await flush();
    };
    // After 3064 the SDK asks again without the token, but its promise is kept for good.
    void (sdk as unknown as Undeclared).appInfoPromise(true);
    await within(dropped(), "the SDK to drop its token");
    assert.deepEqual(await sdk.UserService.getUserRoles(), ["JSUser", "NotAuthenticatedUser"]);
    const info = await (sdk as unknown as Undeclared).appInfoPromise(true);
    assert.deepEqual(info, { appId: product.id, apiKey: product.apiKeys.JS, rtURL: null, loggers: [] });
  });

  test("[US-CLIENT-4] the SDK that everybody imports, with a server address that ends in a slash", async () => {
    const product = await newApplication(server.console);
    Backendless.serverURL = `${server.url}/`;
    Backendless.initApp(product.id, product.apiKeys.REST ?? "");
    await Backendless.UserService.register({ email, password });
    await Backendless.UserService.login(email, password);
    assert.deepEqual(await Backendless.UserService.getUserRoles(), ["RestUser", "AuthenticatedUser"]);
    await Backendless.UserService.logout();
  });

  test("[US-ADDR-2] [US-ADDR-3] [US-EP-1] the domain form: a port in the address survives", async () => {
    const product = await newApplication(server.console);
    const keyHash = createHash("sha256")
      .update(product.apiKeys.JS ?? "")
      .digest("hex");
    await server.db
      .insertInto("host")
      .values({ host: "127.0.0.1", applicationId: product.id as ApplicationId, keyHash })
      .execute();
    Backendless.initApp(server.url);
    assert.equal(Backendless.appPath, `${server.url}/api`);
    await Backendless.UserService.register({ email, password });
    await Backendless.UserService.login(email, password);
    assert.equal(await Backendless.UserService.isValidLogin(), true);
    assert.equal((await Backendless.UserService.getCurrentUser<SdkUser>(true))["email"], email);
    await Backendless.UserService.logout();
    assert.deepEqual(await Backendless.UserService.getUserRoles(), ["JSUser", "NotAuthenticatedUser"]);
  });

  test("[US-HTTP-7] [US-HTTP-8] a browser is allowed the headers that the SDK sends", async () => {
    const { id, apiKeys } = await newApplication(server.console);
    for (const path of ["login", "logout", "register", "userroles"]) {
      const headers = {
        origin: "https://shop.example.com",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,user-token",
      };
      const response = await fetch(`${server.url}/${id}/${apiKeys.JS ?? ""}/users/${path}`, {
        method: "OPTIONS",
        headers,
      });
      assert.equal(response.status, 204);
      assert.equal(response.headers.get("access-control-allow-origin"), "*");
      for (const name of ["content-type", "user-token"]) {
        assert.ok(response.headers.get("access-control-allow-headers")?.split(", ").includes(name), name);
      }
    }
  });

  test("[US-CLIENT-1] [US-UPD-1] [US-TABLE-1] a user who is updated is read again as it is now", async () => {
    const { sdk } = await open();
    const user = await sdk.UserService.login<SdkUser>(email, password);
    user["plan"] = "pro";
    user["since"] = new Date(1_760_000_000_000);
    user["tags"] = ["a", { b: 1 }];
    const updated = await sdk.UserService.update<SdkUser>(user);
    assert.ok(updated instanceof sdk.User);
    assert.deepEqual([updated["plan"], updated["tags"]], ["pro", ["a", { b: 1 }]]);
    const reloaded = await sdk.UserService.getCurrentUser<SdkUser>(true);
    assert.deepEqual(
      Object.entries(reloaded).toSorted(),
      Object.entries({ ...(updated as object), "user-token": tokenOf(sdk) }).toSorted(),
    );
    assert.equal(await codeOf(sdk.UserService.update({ objectId: unknownId, plan: "max" })), 3029);
    await sdk.UserService.logout();
    assert.equal(await codeOf(sdk.UserService.update(user)), 3028);
  });

  test("[US-CLIENT-1] [US-UPD-8] [US-UPD-9] a password that is sent along is changed only when it is another", async () => {
    const { sdk, rest } = await open({ enableMultipleLogins: true, maxConcurrentLogins: 0 });
    const user = await sdk.UserService.login<SdkUser>(email, password);
    const elsewhere = await rest.login(email, password);
    await sdk.UserService.update({ ...user, password });
    assert.equal(await rest.isLive(elsewhere), true);
    await sdk.UserService.update({ ...user, password: "another horse" });
    assert.equal(await rest.isLive(elsewhere), false);
    assert.equal(await sdk.UserService.isValidLogin(), true);
    assert.equal(await codeOf(sdk.UserService.login(email, password)), 3003);
  });

  test("[US-CLIENT-1] [US-DATA-13] describeUserClass names every column", async () => {
    const { sdk } = await open();
    await sdk.UserService.register({ email: "bob@example.com", password, age: 7 });
    const columns = (await sdk.UserService.describeUserClass()) as unknown as SdkUser[];
    const age = columns.find(({ name }) => name === "age");
    assert.deepEqual([age?.["type"], age?.["required"], age?.["identity"]], ["INT", false, false]);
    assert.deepEqual(
      columns.filter(({ required }) => required).map(({ name }) => name),
      ["email", "password"],
    );
  });

  test("[US-CLIENT-1] [US-TABLE-2] [US-TABLE-3] [US-TABLE-6] [US-TABLE-7] the data store of users saves, finds and removes", async () => {
    const { product, sdk, objectId } = await open();
    const users = initialize(product.id, product.apiKeys.BL).Data.of("Users");
    // Of accounts of one age nobody is the first.
    await clock.advance(1);
    const saved = await users.save<SdkUser>({ email: "bob@example.com", password, plan: "pro", age: 7 });
    assert.deepEqual([saved["email"], saved["plan"], saved["user-token"]], ["bob@example.com", "pro", undefined]);
    await users.save({ objectId: saved["objectId"], plan: "max" });
    const all = await users.find<SdkUser>();
    assert.deepEqual(all.map((user) => user["objectId"]).toSorted(), [objectId, saved["objectId"]].toSorted());
    const query = Backendless.DataQueryBuilder.create()
      .setWhereClause("plan = 'max' and age = 7")
      .setSortBy("created desc")
      .setProperties(["email", "plan"])
      .setPageSize(5);
    const [found, ...others] = await users.find<SdkUser>(query);
    assert.deepEqual(
      [found?.["email"], found?.["plan"], found?.["age"], others],
      [saved["email"], "max", undefined, []],
    );
    assert.equal((await users.findFirst<SdkUser>())["objectId"], objectId);
    assert.equal((await users.findById<SdkUser>(String(objectId)))["email"], email);
    assert.equal(await codeOf(users.find(Backendless.DataQueryBuilder.create().setWhereClause("age > 6"))), 2004);

    const own = sdk.Data.of("Users");
    assert.deepEqual(await own.find(), []);
    await sdk.UserService.login(email, password);
    assert.deepEqual(
      (await own.find<SdkUser>()).map((user) => user["objectId"]),
      [objectId],
    );
    assert.equal(await codeOf(own.remove(String(saved["objectId"]))), 3095);
    const removed = (await own.remove(String(objectId))) as unknown as SdkUser;
    assert.equal(removed["deletionTime"], clock.now());
    assert.equal(await sdk.UserService.isValidLogin(), false);
  });

  suite("together with the live door", () => {
    async function authorize(peer: RawPeer, login: string): Promise<unknown> {
      return (await peer.request(packet.authorizeByCredentials, { login, password }))["status"];
    }

    function openDoor(product: Product): Promise<RawPeer> {
      return openLive(server, product);
    }

    test("[US-LOGIN-1] [US-DATA-7] an account of one door signs in at the other", async () => {
      const { product, sdk } = await open();
      await using peer = await openDoor(product);
      assert.equal(await authorize(peer, email), 1);
      assert.equal((await peer.request(packet.createAccount, { login: "bob.builder", password }))["status"], 1);
      const bob = await sdk.UserService.login<SdkUser>("Bob.Builder", password);
      assert.equal(bob["login"], "bob.builder");
      assert.equal(await codeOf(sdk.UserService.register({ email: "BOB.builder", password })), 3040);
      assert.equal((await peer.request(packet.createAccount, { login: "ANN@example.com", password }))["status"], 202);
    });

    test("[US-LOGOUT-1] [US-LOGOUT-23] a logout at one door ends exactly its own session", async () => {
      const { product, sdk } = await open();
      await using peer = await openDoor(product);
      const alreadyAuthorized = 7;
      await sdk.UserService.login(email, password);
      assert.equal(await authorize(peer, email), 1);
      assert.equal(await sdk.UserService.isValidLogin(), true);

      await sdk.UserService.logout();
      assert.equal(await authorize(peer, email), alreadyAuthorized);
      await sdk.UserService.login(email, password);
      assert.deepEqual(
        [(await peer.request(packet.logout))["status"], (await peer.request(packet.logout))["status"]],
        [1, 3],
      );
      assert.equal(await sdk.UserService.isValidLogin(), true);
      assert.deepEqual(await sdk.UserService.getUserRoles(), ["JSUser", "AuthenticatedUser"]);
      assert.equal(await authorize(peer, email), 1);
    });
  });
});
