import * as assert from "node:assert/strict";
import type { ApplicationSettings } from "@latchkey/protocol";
import { CloseCode, Status } from "@latchkey/protocol";
import type { Declare, Product, Seeds } from "@latchkey/testkit";
import { StatusError, TransportError } from "./errors.ts";
import { Session } from "./session.ts";
import type { TokenStorage } from "./token-storage.ts";
import type { RevocationReason, UserEventHooks, UserEventsOptions } from "./user-events.ts";
import { UserEvents } from "./user-events.ts";
import { UserService } from "./user-service.ts";

/** What is told of a login, and what becomes of it, in every runtime. */
export function userEventsContract(test: Declare, seeds: Seeds): void {
  const alice = { email: "alice@wonderland.com", password: "white rabbit" };
  const queen = { email: "queen@wonderland.com", password: "off with it" };

  function usersOf(product: Product, url = seeds.url, tokenStorage?: TokenStorage): UserService {
    const apiKey = product.apiKeys.JS!;
    return new UserService({ url, applicationId: product.id, apiKey, ...(tokenStorage && { tokenStorage }) });
  }

  /** Events of a service, and all that they have told. */
  function follow(product: Product, users: UserService, options: Partial<UserEventsOptions> = {}) {
    const { websocketApiKey } = product;
    const events = new UserEvents(users, { websocketApiKey, clientId: "client-1", ...options });
    const told: Partial<UserEventHooks>[] = [];
    events.on("attached", (attached) => told.push({ attached }));
    events.on("revoked", (revoked) => told.push({ revoked }));
    events.on("failed", (failed) => told.push({ failed }));
    events.on("panelEvent", (panelEvent) => told.push({ panelEvent }));
    /** What was told last by this hook; waits for its first time. */
    const heard = async <H extends keyof UserEventHooks>(hook: H, times = 1): Promise<UserEventHooks[H]> => {
      const ofHook = () => told.flatMap((one) => one[hook] ?? []);
      await until(hook, () => ofHook().length >= times);
      return ofHook().at(-1)!;
    };
    const names = () => told.flatMap((one) => Object.keys(one)).filter((name) => name !== "panelEvent");
    return { events, told, heard, names, [Symbol.asyncDispose]: () => events[Symbol.asyncDispose]() };
  }

  /** A user who is logged in behind a network, and followed. */
  async function followed(settings: Partial<ApplicationSettings> = {}) {
    const product = await seeds.newApplication(settings);
    const network = await seeds.newNetwork();
    const users = usersOf(product, network.url);
    await users.register(alice);
    const { objectId } = await users.login(alice.email, alice.password);
    const following = follow(product, users);
    await following.heard("attached");
    const end = async () => {
      await following.events.shutdown();
      await network[Symbol.asyncDispose]();
    };
    const code = new UserService({ url: seeds.url, applicationId: product.id, apiKey: product.apiKeys.BL! });
    return { ...following, product, network, users, objectId, code, [Symbol.asyncDispose]: end };
  }

  type Scene = Awaited<ReturnType<typeof followed>>;

  async function endSessionAt(door: "live" | "user-service", { product }: Scene): Promise<void> {
    const { sessions } = await seeds.operate("findSessions", { applicationId: product.id });
    await seeds.operate("endSession", { sessionId: sessions.find((session) => session.door === door)!.id });
  }

  const causes: readonly [string, RevocationReason, (scene: Scene) => Promise<unknown>][] = [
    ["[US-STATUS-3] the user disabled", "disabled", (s) => seeds.operate("disableAccount", { accountId: s.objectId })],
    ["the user blacklisted", "blacklisted", (s) => seeds.operate("blacklistAccount", { accountId: s.objectId })],
    ["[US-SESS-12] the user deleted", "deleted", (s) => seeds.operate("deleteAccount", { accountId: s.objectId })],
    [
      "[US-SESS-11] the password replaced",
      "passwordChanged",
      (s) => seeds.operate("setAccountPassword", { accountId: s.objectId, password: "another one" }),
    ],
    ["the session ended by the operator", "operator", (s) => endSessionAt("user-service", s)],
    ["the live connection ended by the operator", "operator", (s) => endSessionAt("live", s)],
    [
      "[US-SESS-20] a newer login elsewhere",
      "policy",
      ({ product }) => usersOf(product).login(alice.email, alice.password),
    ],
    ["[US-STATUS-3] the user disabled by server code", "disabled", ({ code, objectId }) => code.disableUser(objectId)],
    ["[US-TABLE-7] the user deleted by server code", "deleted", ({ code, objectId }) => code.deleteUser(objectId)],
    [
      "[US-UPD-9] the password changed elsewhere",
      "passwordChanged",
      ({ code, objectId }) => code.update({ objectId, password: "another one" }),
    ],
    [
      "[US-LOGOUT-26] a logout of the same token elsewhere",
      "loggedOut",
      async ({ product, users, objectId }) => {
        const elsewhere = usersOf(product);
        await elsewhere.loginWithToken(objectId, (await users.getUserToken())!);
        await elsewhere.logout();
      },
    ],
  ];
  for (const [cause, reason, happen] of causes) {
    test(`[US-SESS-13] ${cause}: told at once, and logged out here`, async () => {
      await using scene = await followed();
      const { users, objectId, heard, names } = scene;
      await happen(scene);
      assert.deepEqual(await heard("revoked"), { objectId, reason });
      assert.equal(await users.getCurrentUser(), null);
      assert.equal(await users.getUserToken(), null);
      assert.deepEqual(names(), ["attached", "revoked"]);
    });
  }

  test("[US-SESS-13] what ended the login while there was no connection is found afterwards", async () => {
    await using scene = await followed();
    const { network, users, objectId, heard, names } = scene;
    await network.refuse();
    await network.cut();
    await seeds.operate("setAccountPassword", { accountId: objectId, password: "another one" });
    await network.heal();
    assert.deepEqual(await heard("revoked"), { objectId, reason: "ended" });
    assert.equal(await users.getCurrentUser(), null);
    assert.deepEqual(names(), ["attached", "revoked"]);
  });

  test("[LP-SDK-3] a lost connection is resumed, attached and subscribed as it was", async () => {
    await using scene = await followed();
    const { network, objectId, heard, names } = scene;
    for (let cut = 0; cut < 3; cut++) await network.cut();
    await seeds.operate("disableAccount", { accountId: objectId });
    assert.deepEqual(await heard("revoked"), { objectId, reason: "disabled" });
    assert.deepEqual(names(), ["attached", "revoked"]);
  });

  test("a connection that cannot be had at first is tried for again", async () => {
    const product = await seeds.newApplication();
    await using network = await seeds.newNetwork();
    const users = usersOf(product);
    await users.register(alice);
    await users.login(alice.email, alice.password);
    await network.refuse();
    let attempts = 0;
    class Counted extends WebSocket {
      constructor(url: string | URL) {
        super(url);
        attempts++;
      }
    }
    await using following = follow(product, users, { url: network.url, WebSocket: Counted });
    await until("another attempt", () => attempts > 1);
    await network.heal();
    await following.heard("attached");
    assert.deepEqual(following.names(), ["attached"]);
  });

  test("the program's own logins and logouts are followed, and none is told as a revocation", async () => {
    await using scene = await followed();
    const { product, users, heard, names } = scene;
    await users.register(queen);
    await users.login(alice.email, alice.password);
    await heard("attached", 2);
    await users.login(queen.email, queen.password);
    await heard("attached", 3);
    await users.logout();
    const { objectId } = await users.login(queen.email, queen.password);
    assert.deepEqual(await heard("attached", 4), { objectId });
    await usersOf(product).login(queen.email, queen.password);
    assert.deepEqual(await heard("revoked"), { objectId, reason: "policy" });
    assert.deepEqual(names(), ["attached", "attached", "attached", "attached", "revoked"]);
  });

  async function sessionsOf({ id: applicationId }: Product): Promise<string[]> {
    const { sessions } = await seeds.operate("findSessions", { applicationId });
    return sessions.map(({ door }) => door);
  }

  test("[US-UPD-9] a password that the user changes here keeps the login, and it is followed on", async () => {
    await using scene = await followed();
    const { users, objectId, heard, names, code } = scene;
    await users.update({ objectId, password: "another one" });
    assert.equal(await users.isValidLogin(), true);
    await code.disableUser(objectId);
    assert.deepEqual(await heard("revoked"), { objectId, reason: "disabled" });
    assert.deepEqual(
      names().filter((name) => name !== "attached"),
      ["revoked"],
    );
  });

  test("[US-TABLE-7] a user who deletes himself here is logged out, and told of nothing", async () => {
    await using scene = await followed();
    const { product, users, objectId, names } = scene;
    await users.deleteUser(objectId);
    assert.equal(await users.getCurrentUser(), null);
    await until("the connection to end", async () => !(await sessionsOf(product)).includes("live"));
    assert.deepEqual(names(), ["attached"]);
  });

  test("a login that was kept is followed from the start, and is kept no longer than it lasts", async () => {
    const product = await seeds.newApplication();
    const kept: { text?: string } = {};
    const storage: TokenStorage = {
      get: () => kept.text,
      set: (text) => (kept.text = text),
      clear: () => delete kept.text,
    };
    const before = usersOf(product, seeds.url, storage);
    await before.register(alice);
    const { objectId } = await before.login(alice.email, alice.password);

    const users = usersOf(product, seeds.url, storage);
    await using following = follow(product, users);
    assert.deepEqual(await following.heard("attached"), { objectId });
    await seeds.operate("disableAccount", { accountId: objectId });
    assert.deepEqual(await following.heard("revoked"), { objectId, reason: "disabled" });
    await until("the storage to be cleared", () => kept.text === undefined);
  });

  test("the application's events are told, and change nothing of the login", async () => {
    await using scene = await followed();
    const { product, users, objectId, heard } = scene;
    await seeds.operate("updateApplication", { applicationId: product.id, version: "2" });
    assert.deepEqual(await heard("panelEvent"), { name: "appVersionChanged", type: 102, content: { version: "2" } });
    assert.equal((await users.getCurrentUser())?.objectId, objectId);
  });

  test("where the events cannot be had, that is told and the login stays", async () => {
    const product = await seeds.newApplication();
    const users = usersOf(product);
    await users.register(alice);
    const user = await users.login(alice.email, alice.password);
    await using wrong = follow(product, users, { websocketApiKey: "AA0123456789ABCDEFGHI" });
    const refused = await wrong.heard("failed");
    assert.ok(refused instanceof StatusError);
    await using short = follow(product, users, { clientId: "abc" });
    assert.equal((await short.heard("failed")).message, "client_id_too_short");
    await using paused = follow(product, users);
    await paused.heard("attached");
    await seeds.operate("pauseApplication", { applicationId: product.id });
    const closed = await paused.heard("failed");
    assert.ok(closed instanceof TransportError);
    assert.equal(closed.closeCode, CloseCode.AppPaused);
    assert.equal(await users.getCurrentUser(), user);
    assert.throws(() => follow(product, users, { url: "nowhere" }), TypeError);
    assert.throws(() => follow(product, users, { timeoutMs: 0 }), RangeError);
  });

  test("[LP-CRED-7] a license that goes and comes back takes the events with it, and not the login", async () => {
    const product = await seeds.newApplication({ licenseRequired: true });
    const applicationId = product.id;
    const license = await seeds.newLicense(product);
    await using live = new Session({ url: seeds.url });
    await live.connect();
    await live.initialize(product.websocketApiKey, "client-2");
    const account = { login: alice.email, password: alice.password, type: 1, license };
    assert.equal((await live.createAccount(account)).status, Status.Ok);

    const users = usersOf(product);
    const { objectId } = await users.login(alice.email, alice.password);
    await using following = follow(product, users);
    await following.heard("attached");
    await seeds.operate("pauseLicense", { applicationId, license });
    await following.heard("panelEvent");
    assert.equal(await users.isValidLogin(), true);
    await seeds.operate("unpauseLicense", { applicationId, license });
    await following.heard("attached", 2);
    await seeds.operate("deleteAccount", { accountId: objectId });
    assert.equal((await following.heard("revoked")).reason, "deleted");
  });

  test("after shutdown nothing is told, and who was logged in still is", async () => {
    await using scene = await followed();
    const { events, users, objectId, names } = scene;
    await events.shutdown();
    await until("the connection to end", async () => (await sessionsOf(scene.product)).join() === "user-service");
    assert.equal((await users.getCurrentUser())?.objectId, objectId);
    await seeds.operate("disableAccount", { accountId: objectId });
    await assert.rejects(users.getUserRoles(), { code: 3090 });
    await events.shutdown();
    assert.deepEqual(names(), ["attached"]);
  });
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited 10 s for ${what}`);
    await turn();
  }
}

/** Lets the platform get on with what is ready to run. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
