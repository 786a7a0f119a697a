import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { Worker, isMainThread, parentPort } from "node:worker_threads";
import { Status } from "@latchkey/protocol";
import type { Product } from "@latchkey/testkit";
import { newApplication, newLicense, startTestServer } from "@latchkey/testkit";
import { Account } from "../results/account.ts";
import { Application } from "../results/application.ts";
import { License } from "../results/license.ts";
import { RetryableStatus } from "../results/retryable-status.ts";
import { SyncSession } from "./sync-session.ts";
import { SyncUserService } from "./sync-user-service.ts";

interface Served {
  readonly url: string;
  readonly product: Product;
  readonly license: string;
}

// A server in the thread that blocks could never answer, so this file is also the program of the server's thread.
if (isMainThread) testInThisThread();
else await serveInThisThread();

async function serveInThisThread() {
  const server = await startTestServer();
  const product = await newApplication(server.console);
  const license = await newLicense(server.console, product, { levels: ["pro"] });
  parentPort?.postMessage({ url: server.url, product, license } satisfies Served);
  parentPort?.once("message", () => void server[Symbol.asyncDispose]().then(() => parentPort?.close()));
}

function testInThisThread() {
  let thread: Worker;
  let served: Served;

  before(async () => {
    thread = new Worker(new URL(import.meta.url));
    [served] = await once(thread, "message");
  });
  after(async () => {
    thread.postMessage("stop");
    await once(thread, "exit");
  });

  test("[LP-OUT-1] [LP-OUT-2] the blocking form returns results with their methods, and statuses", () => {
    using session = new SyncSession({ url: served.url });
    assert.equal(session.isConnected, false);
    assert.deepEqual(session.connect(), { location: "test" });
    assert.equal(session.isConnected, true);

    const application = session.initialize(served.product.websocketApiKey, "client-1");
    assert.ok(application instanceof Application && application.good());
    assert.equal(application.name, "Test product");

    const license = session.authorize(served.license);
    assert.ok(license instanceof License && license.good());
    assert.deepEqual([license.license, license.levels], [served.license, ["pro"]]);
    assert.equal(session.logout(), Status.Ok);
    assert.equal(session.logout(), Status.NotAuthorized);

    const credentials = { login: "anna", password: "secret" };
    const created = session.createAccount(credentials);
    assert.ok(created instanceof RetryableStatus && created.is(Status.Ok));
    const account = session.authorize(credentials);
    assert.ok(account instanceof Account && account.good());
    assert.equal(account.login, "anna");
    assert.equal(session.linkLicense("ABCDEF-123456"), Status.LicenseNotFound);

    assert.equal(session.ping(), Status.Ok);
    assert.ok(session.lastOperationTook > 0);
  });

  test("[LP-SDK-1] lengths are checked in the blocking form too", () => {
    using session = new SyncSession({ url: served.url });
    session.connect();
    const application = session.initialize(served.product.websocketApiKey, "abc");
    assert.equal(application.status, Status.ClientIdTooShort);
  });

  test("[LP-SDK-2] before connect and after shutdown the blocking form throws not_connected", () => {
    const session = new SyncSession({ url: served.url });
    assert.throws(() => session.logout(), { name: "TransportError", code: "not_connected" });
    session.connect();
    assert.equal(session.ping(), Status.Ok);
    session.shutdown();
    assert.throws(() => session.logout(), { name: "TransportError", code: "not_connected" });
    session.connect();
    assert.equal(session.ping(), Status.Ok, "a session can connect again");
    session.shutdown();
  });

  test("[LP-OUT-6] an error says by which code the server closed, and where the program called", () => {
    using session = new SyncSession({ url: served.url });
    session.connect();
    function aForgottenInitialize() {
      session.logout();
    }
    assert.throws(aForgottenInitialize, (error: Error & Record<string, unknown>) => {
      assert.equal(error.name, "TransportError");
      assert.deepEqual([error["code"], error["closeCode"]], ["closed", 4200]);
      assert.equal(error["reason"], "connection is not initialized");
      assert.match(error.stack ?? "", /at aForgottenInitialize /);
      return true;
    });
  });

  test("withTimeout sets the time limit of its own calls alone", () => {
    using session = new SyncSession({ url: served.url });
    session.connect();
    assert.equal(session.withTimeout(5_000).ping(), Status.Ok, "the same connection");
    assert.throws(() => session.withTimeout(0), RangeError);
    assert.throws(() => new SyncSession({ url: "nowhere" }), TypeError);
  });

  test("connect throws where nobody listens", () => {
    using session = new SyncSession({ url: "http://127.0.0.1:9" });
    assert.throws(() => session.connect(), { name: "TransportError", code: "connect_failed" });
  });

  test("[US-LOGOUT-1] the user service has a blocking form", () => {
    const { id: applicationId, apiKeys } = served.product;
    using users = new SyncUserService({ url: served.url, applicationId, apiKey: apiKeys.JS! });
    const registered = users.register({ email: "alice@wonderland.com", password: "white rabbit" });
    assert.throws(() => users.login("alice@wonderland.com", "wrong"), { name: "UserServiceFault", code: 3003 });
    assert.equal(users.getCurrentUser(), null);
    const user = users.login("alice@wonderland.com", "white rabbit");
    assert.equal(user.objectId, registered.objectId);
    assert.equal(users.isValidLogin(), true);
    users.logout();
    assert.equal(users.getCurrentUser(), null);
    assert.equal(users.isValidLogin(), false);
  });
}
