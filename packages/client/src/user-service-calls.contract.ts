import * as assert from "node:assert/strict";
import type { ApplicationSettings, KeyKind } from "@latchkey/protocol";
import type { Declare, Product, Seeds } from "@latchkey/testkit";
import type { User } from "./user-calls.ts";
import { UserService } from "./user-service.ts";

/** What the calls beyond registration, login and logout come to, in every runtime. */
export function userServiceCallsContract(test: Declare, seeds: Seeds): void {
  const alice = { email: "alice@wonderland.com", password: "white rabbit", plan: "pro" };
  const queen = { email: "queen@wonderland.com", password: "off with it", plan: "free" };
  const nobody = "5B1C2A60-0D8E-4A53-9C7B-1F6E2D3C4B5A";

  function usersOf({ id, apiKeys }: Product, kind: KeyKind = "JS"): UserService {
    return new UserService({ url: seeds.url, applicationId: id, apiKey: apiKeys[kind]! });
  }

  /** Alice is logged in, and the queen is registered. */
  async function wonderland(settings: Partial<ApplicationSettings> = {}) {
    const product = await seeds.newApplication({ enableMultipleLogins: true, maxConcurrentLogins: 0, ...settings });
    const users = usersOf(product);
    await users.register(alice);
    const hers = await users.register(queen);
    const user = await users.login(alice.email, alice.password);
    return { product, users, user, hers, code: usersOf(product, "BL") };
  }

  const emailsOf = (users: readonly User[]) => users.map((user) => user["email"]).sort();

  test("[US-LOGIN-7] server code logs in by objectId; other keys are refused", async () => {
    const { users, user, code } = await wonderland();
    await assert.rejects(users.loginWithObjectId(user.objectId), { code: 2014 });
    assert.deepEqual(await users.getCurrentUser(), user, "still");
    assert.equal((await code.loginWithObjectId(user.objectId)).objectId, user.objectId);
    assert.equal(await code.isValidLogin(), true);
    await assert.rejects(code.loginWithObjectId(nobody), { code: 3057 });
  });

  test("[US-UPD-1] [US-UPD-4] a user changes his own properties, and nobody else's", async () => {
    const { users, user, hers } = await wonderland();
    const updated = await users.update({ objectId: user.objectId, plan: "max" });
    assert.deepEqual([updated["plan"], updated["email"]], ["max", alice.email]);
    assert.equal(await users.getCurrentUser(), updated);
    await assert.rejects(users.update({ objectId: hers.objectId, plan: "max" }), { code: 3029 });
    await users.logout();
    await assert.rejects(users.update({ objectId: user.objectId, plan: "x" }), { code: 3028 });
  });

  test("[US-UPD-8] a user that was read is sent back whole", async () => {
    const { users, user } = await wonderland();
    const { updated: _, ...rest } = await users.update({ ...user, password: alice.password });
    const { updated: __, ...before } = user;
    assert.deepEqual(rest, before);
    assert.equal(await users.isValidLogin(), true);
  });

  test("[US-UPD-9] a changed password ends the other logins and keeps this one", async () => {
    const { product, users, user } = await wonderland();
    const elsewhere = usersOf(product);
    await elsewhere.login(alice.email, alice.password);
    await users.update({ objectId: user.objectId, password: "another one" });
    assert.equal(await users.isValidLogin(), true);
    assert.equal(await elsewhere.isValidLogin(), false);
    await elsewhere.login(alice.email, "another one");
  });

  test("[US-TABLE-7] who deletes himself is logged out by it", async () => {
    const { users, user, hers, code } = await wonderland();
    await assert.rejects(users.deleteUser(hers.objectId), { code: 3095 });
    await users.deleteUser(user.objectId);
    assert.equal(await users.getCurrentUser(), null);
    await assert.rejects(users.login(alice.email, alice.password), { code: 3003 });
    await code.deleteUser(hers.objectId);
    await assert.rejects(code.deleteUser(hers.objectId), { code: 3057 });
  });

  test("[US-TABLE-2] [US-TABLE-3] users are looked for among those the caller may see", async () => {
    const { users, code } = await wonderland();
    assert.deepEqual(emailsOf(await users.findUsers()), [alice.email]);
    assert.deepEqual(emailsOf(await code.findUsers()), [alice.email, queen.email]);
    assert.deepEqual(emailsOf(await code.findUsers({ where: "plan = 'free'" })), [queen.email]);
    const [first, ...others] = await code.findUsers({ sortBy: "email desc", pageSize: 1, props: ["email", "plan"] });
    assert.deepEqual([first?.["email"], first?.["plan"], others.length], [queen.email, "free", 0]);
    const [next] = await code.findUsers({ sortBy: "email desc", pageSize: 1, offset: 1 });
    assert.equal(next?.["email"], alice.email);
    await assert.rejects(code.findUsers({ where: "password = 'x'" }), { code: 2004 });
    await users.logout();
    assert.deepEqual(await users.findUsers(), []);
  });

  test("[US-GUEST-1] [US-REG-9] a guest becomes a user and stays logged in", async () => {
    const users = usersOf(await seeds.newApplication());
    const guest = await users.loginAsGuest();
    assert.equal(guest["userStatus"], "GUEST");
    assert.equal(await users.getCurrentUser(), guest);
    const user = await users.register({ ...alice, objectId: guest.objectId });
    assert.equal(user.objectId, guest.objectId);
    assert.equal(await users.getCurrentUser(), user);
    assert.equal(await users.isValidLogin(), true);
    await users.logout();
    await assert.rejects(users.register({ ...queen, objectId: guest.objectId }), { code: 3039 });
    assert.equal((await users.login(alice.email, alice.password)).objectId, guest.objectId);
  });

  test("[US-ROLE-4] [US-ROLE-8] server code gives roles and takes them", async () => {
    const { product, users, user, code } = await wonderland();
    await seeds.operate("createRole", { applicationId: product.id, role: "editor" });
    await assert.rejects(users.assignRole(alice.email, "editor"), { code: 2011 });
    await assert.rejects(code.assignRole(alice.email, "no such role"), { code: 2005 });
    await assert.rejects(code.unassignRole(alice.email, "JSUser"), { code: 2008 });
    for (const _ of ["once", "again"]) await code.assignRole(alice.email, "editor");
    assert.deepEqual(await users.getRolesOf(user.objectId), ["editor"]);
    assert.ok((await users.getUserRoles()).includes("editor"));
    const [holder, ...others] = await code.findByRole("editor", { loadRoles: true, props: ["email"] });
    assert.deepEqual([holder?.["email"], holder?.["roles"], others], [alice.email, ["editor"], []]);
    await assert.rejects(users.findByRole("editor"), { code: 2000 });
    await assert.rejects(code.findByRole("JSUser"), { code: 2003 });
    for (const _ of ["once", "again"]) await code.unassignRole(user.objectId, "editor");
    assert.deepEqual(await users.getRolesOf(user.objectId), []);
  });

  test("[US-STATUS-2] [US-STATUS-3] server code disables and enables", async () => {
    const { users, user, code } = await wonderland();
    await assert.rejects(users.disableUser(user.objectId), { code: 3054 });
    await code.disableUser(user.objectId);
    await assert.rejects(code.disableUser(user.objectId), { code: 3085 });
    await assert.rejects(users.getUserRoles(), { code: 3090 });
    assert.equal(await users.getCurrentUser(), null);
    await assert.rejects(users.login(alice.email, alice.password), { code: 3090 });
    await code.enableUser(user.objectId);
    await assert.rejects(code.enableUser(user.objectId), { code: 3086 });
    await assert.rejects(code.enableUser(nobody), { code: 3057 });
    await users.login(alice.email, alice.password);
  });

  test("[US-VERIFY-1] [US-VERIFY-2] server code verifies a password", async () => {
    const { users, code } = await wonderland();
    await assert.rejects(users.verifyPassword(alice.password), { code: 3122 });
    await assert.rejects(code.verifyPassword(alice.password), { code: 3121 });
    await code.login(alice.email, alice.password);
    assert.equal(await code.verifyPassword(alice.password), true);
    assert.equal(await code.verifyPassword("wrong"), false);
  });

  test("[US-DATA-13] the columns of users are described", async () => {
    const { users } = await wonderland();
    const columns = new Map((await users.describeUserClass()).map((column) => [column.name, column]));
    assert.deepEqual([columns.get("email")?.["identity"], columns.get("password")?.["required"]], [true, true]);
    assert.equal(columns.get("objectId")?.["type"], "STRING_ID");
    assert.equal(columns.get("plan")?.["type"], "STRING");
  });

  test("[US-RECOV-1] [US-RECOV-2] a recovery does not tell who there is", async () => {
    const { product, users } = await wonderland();
    await users.restorePassword(alice.email);
    await users.restorePassword("nobody@wonderland.com");
    assert.equal(await users.isValidLogin(), true);
    const closed = usersOf(await seeds.newApplication({ passwordRecoveryEnabled: false }));
    await assert.rejects(closed.restorePassword(alice.email), { code: 3101 });
    await assert.rejects(usersOf(product).resendEmailConfirmation(alice.email), { code: 3103 });
  });

  test("[US-CONF-5] [US-CONF-6] a confirmation is sent again", async () => {
    const product = await seeds.newApplication({ emailConfirmationRequired: true });
    const [users, code] = [usersOf(product), usersOf(product, "BL")];
    await users.register(alice);
    await assert.rejects(users.login(alice.email, alice.password), { code: 3087 });
    await users.resendEmailConfirmation(alice.email);
    await assert.rejects(users.createEmailConfirmationURL(alice.email), { code: 2000 });
    assert.ok((await code.createEmailConfirmationURL(alice.email)).includes("/users/confirm/"));
    await assert.rejects(code.createEmailConfirmationURL("nobody@wonderland.com"), { code: 3057 });
  });

  test("[US-SOCIAL-1] without a provider a fault names it", async () => {
    const users = usersOf(await seeds.newApplication());
    const fault = { code: 3001, errorData: { provider: "google" } };
    await assert.rejects(users.loginWithOAuth2("Google", "a token"), fault);
    await assert.rejects(users.getAuthorizationUrlLink("Google"), fault);
    assert.equal(await users.getCurrentUser(), null);
  });
}
