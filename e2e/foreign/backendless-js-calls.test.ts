import assert from "node:assert/strict";
import { test } from "node:test";
import { must, newApplication, readMails, RestPeer, startTestServer } from "@latchkey/testkit";
import Backendless from "backendless";

const email = "ann@example.com";
const password = "correct horse";

type Calls = Readonly<Record<string, (...given: unknown[]) => Promise<unknown>>>;

/** What the SDK keeps for itself: these make no call of their own. */
const local = [
  "constructor",
  "Utils",
  "loggedInUser",
  "getCurrentUserToken",
  "setCurrentUserToken",
  "getCurrentUserId",
  "getLocalCurrentUser",
  "setLocalCurrentUser",
  "setCurrentUser",
];

test("[US-CLIENT-1] every call of the JavaScript SDK's user service gets an answer that it accepts", async () => {
  await using server = await startTestServer();
  const { console } = server;
  const product = await newApplication(console, { emailConfirmationRequired: true, passwordMinLength: 4 });
  const applicationId = product.id;
  await must(console, "createRole", { applicationId, role: "Editor" });
  const initialize = (kind: "JS" | "BL") => {
    const config = { appId: product.id, apiKey: product.apiKeys[kind] ?? "", serverURL: server.url, standalone: true };
    const { UserService } = Backendless.initApp(config) as typeof Backendless;
    return { UserService, calls: UserService as unknown as Calls };
  };
  const { UserService, calls } = initialize("JS");
  const serverCode = initialize("BL").calls;
  const called = new Set<string>();
  const call = (on: Calls, name: string, ...given: unknown[]): Promise<unknown> => {
    called.add(name);
    const run = on[name];
    assert.ok(run, name);
    return run.apply(on, given);
  };
  const codeOf = (asked: Promise<unknown>): Promise<unknown> =>
    asked.then(
      () => undefined,
      (error: unknown) => (error instanceof Error && "code" in error ? error.code : error),
    );

  const guest = (await call(calls, "loginAsGuest")) as Record<string, unknown>;
  assert.equal(guest["userStatus"], "GUEST");
  assert.deepEqual(await call(calls, "logout"), undefined);

  const { objectId } = (await call(calls, "register", { email, password, plan: "pro" })) as { objectId: string };
  assert.equal(await codeOf(call(calls, "login", email, password)), 3087);
  assert.deepEqual(await call(calls, "resendEmailConfirmation", email), {});
  assert.equal((await readMails(server, email, 2)).length, 2);
  const made = (await call(serverCode, "createEmailConfirmationURL", email)) as { confirmationURL: string };
  const { pathname } = new URL(made.confirmationURL);
  await new RestPeer(server.url, pathname).post("");
  const user = (await call(calls, "login", email, password)) as Record<string, unknown>;
  assert.deepEqual([user["objectId"], user["plan"]], [objectId, "pro"]);
  assert.equal(await call(calls, "isValidLogin"), true);
  assert.equal(((await call(calls, "getCurrentUser", true)) as { objectId: string }).objectId, objectId);
  assert.equal(((await call(calls, "update", { ...user, plan: "gold" })) as { plan: string }).plan, "gold");
  const columns = (await call(calls, "describeUserClass")) as { name: string }[];
  assert.ok(columns.some(({ name }) => name === "plan"));
  assert.equal(await call(calls, "restorePassword", email), null);

  await call(serverCode, "assignRole", email, "Editor");
  assert.deepEqual(await call(calls, "getUserRoles"), ["JSUser", "AuthenticatedUser", "Editor"]);
  const found = (await call(serverCode, "findByRole", "Editor", true)) as { objectId: string }[];
  assert.deepEqual(
    found.map((one) => one.objectId),
    [objectId],
  );
  await call(serverCode, "unassignRole", email, "Editor");

  await call(serverCode, "login", objectId);
  assert.equal(await call(serverCode, "verifyPassword", password), true);
  await call(serverCode, "disableUser", objectId);
  // It was its own session that ended (US-LOGOUT-9).
  await call(serverCode, "logout");
  await call(serverCode, "enableUser", objectId);
  assert.equal(await codeOf(call(serverCode, "updateUserStatus", objectId, "ENABLED")), 3086);

  assert.equal(await codeOf(call(calls, "getAuthorizationUrlLink", "google", {}, [])), 3001);
  assert.equal(await codeOf(call(calls, "loginWithOauth2", "google", "x", {}, null)), 3001);
  assert.equal(await codeOf(call(calls, "loginWithOauth1", "twitter", "x", "y", {}, null)), 3001);
  // These need a window, which Node has not: the tests in Chromium have one.
  for (const name of ["loginWithTwitter", "loginWithFacebook", "loginWithGooglePlus"]) {
    await assert.rejects(call(calls, name, {}, {}), name);
  }
  for (const name of ["loginWithFacebookSdk", "loginWithGooglePlusSdk"]) {
    assert.equal(await codeOf(call(calls, name, "x", {})), 3001, name);
  }
  const all = Object.getOwnPropertyNames(Object.getPrototypeOf(UserService)).filter((name) => !local.includes(name));
  assert.deepEqual([...called].sort(), all.sort());
});
