import * as assert from "node:assert/strict";
import type { Declare, Product, Seeds } from "@latchkey/testkit";
import { LocalFaultCode, UserServiceFault } from "./user-service-fault.ts";
import { UserService } from "./user-service.ts";

/** What the user service does in every runtime. */
export function userServiceContract(test: Declare, seeds: Seeds): void {
  const alice = { email: "alice@wonderland.com", password: "white rabbit", plan: "pro" };

  function usersOf(product: Product): UserService {
    return new UserService({ url: seeds.url, applicationId: product.id, apiKey: product.apiKeys.JS! });
  }

  /** A service with a user who is logged in. */
  async function loggedIn() {
    const product = await seeds.newApplication({ enableMultipleLogins: true, maxConcurrentLogins: 0 });
    const users = usersOf(product);
    await users.register(alice);
    await users.login(alice.email, alice.password);
    return { users, product };
  }

  test("register creates a user and does not log in", async () => {
    const users = usersOf(await seeds.newApplication());
    const user = await users.register(alice);
    assert.equal(user["email"], alice.email);
    assert.equal(user["plan"], "pro");
    assert.equal(user["password"], undefined);
    assert.equal(await users.getCurrentUser(), null);
    await assert.rejects(users.register(alice), { name: "UserServiceFault", code: 3033 });
  });

  test("login makes the user the current one, without the token among the properties", async () => {
    const users = usersOf(await seeds.newApplication());
    const registered = await users.register(alice);
    await assert.rejects(users.login(alice.email, "wrong"), { code: 3003, message: "Invalid login or password" });
    assert.equal(await users.getCurrentUser(), null);

    const user = await users.login(alice.email, alice.password);
    assert.equal(user.objectId, registered.objectId);
    assert.equal("user-token" in user, false);
    assert.equal(await users.getCurrentUser(), user);
    assert.equal(await users.isValidLogin(), true);
  });

  test("[US-LOGOUT-1] logout ends the session here and there", async () => {
    const { users } = await loggedIn();
    assert.equal(await users.isValidLogin(), true);
    await users.logout();
    assert.equal(await users.getCurrentUser(), null);
    assert.equal(await users.isValidLogin(), false);
  });

  test("[US-LOGOUT-2] logout succeeds when nobody is logged in", async () => {
    const users = usersOf(await seeds.newApplication());
    await assert.doesNotReject(users.logout());
  });

  test("[US-LOGOUT-14] of two logouts at once one succeeds; the other's fault logs out here as well", async () => {
    const { users } = await loggedIn();
    const outcomes = await Promise.allSettled([users.logout(), users.logout()]);
    const codes = outcomes.map((outcome) => (outcome.status === "rejected" ? outcome.reason.code : "ok"));
    assert.deepEqual(codes.sort(), [3064, "ok"]);
    assert.equal(await users.getCurrentUser(), null);
  });

  test("[US-LOGOUT-12] [US-LOGOUT-16] a wrong address is a fault", async () => {
    const product = await seeds.newApplication();
    const apiKey = product.apiKeys.JS!;
    const { id } = await seeds.newApplication();
    const elsewhere = new UserService({ url: seeds.url, applicationId: id, apiKey });
    await assert.rejects(elsewhere.logout(), { code: 2002 });
    const malformed = new UserService({ url: seeds.url, applicationId: "an/id", apiKey });
    await assert.rejects(malformed.logout(), { code: 3007 });
  });

  test("a user is read anew, and by id; the roles are those of the call", async () => {
    const { users } = await loggedIn();
    const user = (await users.getCurrentUser())!;
    assert.equal(user["plan"], "pro");
    const again = (await users.reloadCurrentUser())!;
    assert.deepEqual(again, user);
    assert.equal(await users.getCurrentUser(), again);
    assert.deepEqual(await users.findById(user.objectId), user);
    await assert.rejects(users.findById("5B1C2A60-0D8E-4A53-9C7B-1F6E2D3C4B5A"), { code: 3057 });
    assert.deepEqual((await users.getUserRoles()).sort(), ["AuthenticatedUser", "JSUser"]);
    await users.logout();
    assert.equal(await users.reloadCurrentUser(), null);
    assert.deepEqual((await users.getUserRoles()).sort(), ["JSUser", "NotAuthenticatedUser"]);
  });

  test("a session that was opened elsewhere is gone on with, by its token", async () => {
    const { users, product } = await loggedIn();
    const user = (await users.getCurrentUser())!;
    const token = (await users.getUserToken())!;
    const elsewhere = usersOf(product);
    assert.equal(await elsewhere.getUserToken(), null);
    await assert.rejects(elsewhere.loginWithToken(user.objectId, "no such token"), { code: 3064 });
    assert.equal(await elsewhere.getCurrentUser(), null);
    assert.deepEqual(await elsewhere.loginWithToken(user.objectId, token), user);
    assert.equal(await elsewhere.getUserToken(), token);
    await elsewhere.logout();
    assert.equal(await users.isValidLogin(), false);
  });

  test("[US-SESS-9] a session that has ended is forgotten by the first call that finds out", async () => {
    const finders: Record<string, (users: UserService) => Promise<unknown>> = {
      getUserRoles: (users) => assert.rejects(users.getUserRoles(), { code: 3064 }),
      findById: (users) => assert.rejects(users.findById("5B1C2A60-0D8E-4A53-9C7B-1F6E2D3C4B5A"), { code: 3064 }),
      logout: (users) => assert.rejects(users.logout(), { code: 3064 }),
      isValidLogin: async (users) => assert.equal(await users.isValidLogin(), false),
      reloadCurrentUser: async (users) => assert.equal(await users.reloadCurrentUser(), null),
    };
    for (const [call, find] of Object.entries(finders)) {
      const { users } = await loggedIn();
      const { objectId } = (await users.getCurrentUser())!;
      await seeds.operate("setAccountPassword", { accountId: objectId, password: "another one" });
      assert.equal(await users.getUserToken().then((token) => token !== null), true, "nothing has told yet");
      await find(users);
      assert.equal(await users.getCurrentUser(), null, call);
      assert.equal(await users.getUserToken(), null, call);
      await users.login(alice.email, "another one");
      assert.equal(await users.isValidLogin(), true, call);
    }
  });

  test("[US-LOGOUT-8] a logout of who was disabled fails with 3090 and logs out here", async () => {
    const { users } = await loggedIn();
    const { objectId } = (await users.getCurrentUser())!;
    await seeds.operate("disableAccount", { accountId: objectId });
    await assert.rejects(users.logout(), { code: 3090 });
    assert.equal(await users.getCurrentUser(), null);
    await assert.rejects(users.login(alice.email, alice.password), { code: 3090 });
  });

  test("[US-SEC-5] a fault says what else there is to know, such as when to try again", async () => {
    const users = usersOf(await seeds.newApplication({ registrationsPerAddressPerDay: 1 }));
    await users.register(alice);
    const fault = await users.register({ ...alice, email: "bob@wonderland.com" }).catch((error: unknown) => error);
    assert.ok(fault instanceof UserServiceFault);
    assert.equal(fault.code, 42900);
    assert.ok(fault.retryAfter > 0);
    assert.deepEqual(fault.errorData, { retryAfter: fault.retryAfter });
    const closed = usersOf(await seeds.newApplication({ accountQuota: 0 }));
    await assert.rejects(closed.register(alice), { code: 3009, retryAfter: 0, errorData: { reason: "accountQuota" } });
  });

  test("a signal ends the calls made with it, and no others", async () => {
    const { users } = await loggedIn();
    const ending = new AbortController();
    const ended = users.withSignal(ending.signal);
    assert.equal(await ended.isValidLogin(), true, "the same login");
    ending.abort(new Error("enough"));
    const fault = { name: "UserServiceFault", code: LocalFaultCode.aborted };
    await assert.rejects(ended.isValidLogin(), fault);
    await assert.rejects(ended.logout(), fault);
    assert.equal(await users.isValidLogin(), true);
    assert.equal(await users.withTimeout(9_000).isValidLogin(), true);
    assert.throws(() => users.withTimeout(0), RangeError);
  });

  test("an id that would make another call of its path is refused before anything is sent", async () => {
    const { users } = await loggedIn();
    for (const id of ["", ".", ".."]) {
      await assert.rejects(users.findById(id), { code: LocalFaultCode.unexpected, message: /names nothing/ });
    }
    for (const id of ["../logout", "/", "?", "#", "%2e%2e", "..."]) {
      await assert.rejects(users.findById(id), { code: 3057 });
    }
    assert.equal(await users.isValidLogin(), true);
  });

  test("an address that cannot be a server's is refused at once", () => {
    for (const url of ["", "127.0.0.1:8090", "ftp://127.0.0.1", "ws://127.0.0.1"]) {
      assert.throws(() => new UserService({ url, applicationId: "a", apiKey: "k" }), TypeError, url);
    }
  });
}
