import * as assert from "node:assert/strict";
import type { Declare, Product, Seeds } from "@latchkey/testkit";
import { UserService } from "./user-service.ts";

/** What the user service does in every runtime. */
export function userServiceContract(test: Declare, seeds: Seeds): void {
  const alice = { email: "alice@wonderland.com", password: "white rabbit", plan: "pro" };

  function usersOf(product: Product): UserService {
    return new UserService({ url: seeds.url, applicationId: product.id, apiKey: product.apiKeys.JS! });
  }

  /** A service with a user who is logged in. */
  async function loggedIn() {
    const product = await seeds.newApplication({ enableMultipleLogins: true });
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

  test("an address that cannot be a server's is refused at once", () => {
    for (const url of ["", "127.0.0.1:8090", "ftp://127.0.0.1", "ws://127.0.0.1"]) {
      assert.throws(() => new UserService({ url, applicationId: "a", apiKey: "k" }), TypeError, url);
    }
  });
}
