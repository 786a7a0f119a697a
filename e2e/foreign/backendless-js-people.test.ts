import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import { must, newApplication, startTestServer, type TestServer } from "@latchkey/testkit";
import Backendless from "backendless";

const email = "ann@example.com";
const password = "correct horse";

type Sdk = typeof Backendless;
type SdkUser = Record<string, unknown>;

suite("guests, roles, status and password checks by the Backendless JavaScript SDK, unmodified", () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server[Symbol.asyncDispose]());

  async function open(settings: Partial<ApplicationSettings> = {}) {
    const { id: appId, apiKeys } = await newApplication(server.console, settings);
    for (const role of ["Editor", "a/b"]) await must(server.console, "createRole", { applicationId: appId, role });
    const initialize = (apiKey = "") =>
      Backendless.initApp({ appId, apiKey, serverURL: server.url, standalone: true }) as Sdk;
    return { sdk: initialize(apiKeys.JS), serverCode: initialize(apiKeys.BL) };
  }

  async function codeOf(call: Promise<unknown>): Promise<unknown> {
    try {
      return { resolvedTo: await call };
    } catch (error) {
      return (error as { code?: unknown }).code;
    }
  }

  test("[US-GUEST-1] [US-REG-9] [US-REG-10] a guest is the current user, and becomes an account by a registration", async () => {
    const { sdk } = await open();
    const guest = await sdk.UserService.loginAsGuest<SdkUser>();
    assert.ok(guest instanceof sdk.User);
    assert.equal(guest["userStatus"], "GUEST");
    assert.equal(await sdk.UserService.isValidLogin(), true);
    assert.deepEqual(await sdk.UserService.getUserRoles(), ["JSUser", "AuthenticatedUser"]);
    const { objectId } = guest;
    const user = await sdk.UserService.register<SdkUser>({ objectId, email, password });
    assert.deepEqual([user["objectId"], user["email"], user["userStatus"]], [objectId, email, "ENABLED"]);
    assert.equal(await sdk.UserService.isValidLogin(), true);
    assert.equal((await sdk.UserService.getCurrentUser<SdkUser>(true))["email"], email);
    assert.equal(await codeOf(sdk.UserService.register({ objectId, email: "b@example.com", password })), 3039);
    const { objectId: again } = await sdk.UserService.login<SdkUser>(email, password);
    assert.equal(again, objectId);
  });

  test("[US-GUEST-2] where guests are not let in, the call is rejected with 3034", async () => {
    const { sdk } = await open({ guestLoginEnabled: false });
    assert.equal(await codeOf(sdk.UserService.loginAsGuest()), 3034);
  });

  test("[US-ROLE-6] [US-ROLE-7] [US-ROLE-9] [US-ROLE-10] server code gives and takes roles, and lists by them", async () => {
    const { sdk, serverCode } = await open();
    const { objectId } = await sdk.UserService.register<SdkUser>({ email, password });
    await sdk.UserService.login(email, password);
    assert.equal(await codeOf(sdk.UserService.assignRole(email, "Editor")), 2011);
    await serverCode.UserService.assignRole(email, "Editor");
    await serverCode.UserService.assignRole(String(objectId), "a/b");
    assert.deepEqual(await sdk.UserService.getUserRoles(), ["JSUser", "AuthenticatedUser", "Editor", "a/b"]);
    assert.deepEqual(await serverCode.UserService.getUserRoles(String(objectId)), ["Editor", "a/b"]);

    const query = serverCode.DataQueryBuilder.create().setPageSize(5);
    for (const role of ["Editor", "a/b"]) {
      const [user] = await serverCode.UserService.findByRole<SdkUser>(role, true, query);
      assert.ok(user instanceof serverCode.User);
      assert.deepEqual([user["objectId"], user["roles"]], [objectId, ["Editor", "a/b"]]);
    }
    assert.deepEqual(await serverCode.UserService.findByRole("Editor", false, { offset: 1 }), []);
    assert.equal(await codeOf(sdk.UserService.findByRole("Editor")), 2000);
    await serverCode.UserService.unassignRole(email, "Editor");
    assert.deepEqual(await serverCode.UserService.findByRole("Editor"), []);
    const codes = [
      await codeOf(serverCode.UserService.assignRole(email, "JSUser")),
      await codeOf(serverCode.UserService.unassignRole(email, "JSUser")),
      await codeOf(serverCode.UserService.assignRole(email, "Unknown")),
      await codeOf(serverCode.UserService.assignRole("nobody", "Editor")),
      await codeOf(serverCode.UserService.findByRole("JSUser")),
    ];
    assert.deepEqual(codes, [2007, 2008, 2005, 3057, 2003]);
  });

  test("[US-STATUS-1] [US-STATUS-2] [US-STATUS-3] server code disables and enables users", async () => {
    const { sdk, serverCode } = await open();
    const { objectId } = await sdk.UserService.register<SdkUser>({ email, password });
    await sdk.UserService.login(email, password);
    const id = String(objectId);
    assert.equal(await codeOf(sdk.UserService.disableUser(id)), 3054);
    await serverCode.UserService.disableUser(id);
    assert.equal(await codeOf(sdk.UserService.getUserRoles()), 3090);
    assert.equal(await codeOf(serverCode.UserService.disableUser(id)), 3085);
    await serverCode.UserService.enableUser(id);
    assert.equal(await codeOf(serverCode.UserService.enableUser(id)), 3086);
    await sdk.UserService.login(email, password);
    assert.equal(await sdk.UserService.isValidLogin(), true);
  });

  test("[US-VERIFY-1] [US-VERIFY-2] server code checks the password of the user who is logged in", async () => {
    const { sdk, serverCode } = await open();
    await sdk.UserService.register({ email, password });
    await serverCode.UserService.login(email, password);
    const checks = [
      await serverCode.UserService.verifyPassword(password),
      await serverCode.UserService.verifyPassword("wrong"),
    ];
    assert.deepEqual(checks, [true, false]);
    await sdk.UserService.login(email, password);
    assert.equal(await codeOf(sdk.UserService.verifyPassword(password)), 3122);
  });
});
