import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { Worker } from "node:worker_threads";
import { Status } from "@latchkey/protocol";
import type { Product, TestServer } from "@latchkey/testkit";
import { flush, newApplication, newLicense, startTestServer } from "@latchkey/testkit";
import type { Settled } from "./calls.ts";
import type { Account } from "./results/account.ts";
import type { Application } from "./results/application.ts";
import { License } from "./results/license.ts";
import type { RetryableStatus } from "./results/retryable-status.ts";
import { Session } from "./session.ts";
import { UserService } from "./user-service.ts";

let server: TestServer;
let product: Product;
before(async () => {
  server = await startTestServer();
  product = await newApplication(server.console);
});
after(() => server[Symbol.asyncDispose]());

/** Resolves with what the callback is called with, after whatever else might call it again. */
async function calledBack<R>(start: (done: (...settled: Settled<R>) => void) => undefined): Promise<Settled<R>> {
  const calls: Settled<R>[] = [];
  await new Promise<void>((resolve) => {
    start((...settled) => {
      calls.push(settled);
      resolve();
    });
    assert.equal(calls.length, 0, "not before the call has returned");
  });
  await flush();
  assert.equal(calls.length, 1, "exactly once");
  return calls[0]!;
}

/** Runs a program in a thread of its own and returns the error that ended it, if any. */
async function errorOf(program: string): Promise<unknown> {
  const imports = `import { Session } from ${JSON.stringify(import.meta.resolve("./session.ts"))};`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(imports + program)}`));
  const failed = new Promise((resolve) => worker.once("error", resolve));
  const exited = once(worker, "exit").then(() => undefined);
  return Promise.race([failed, exited]);
}

test("every call of a session has every form", () => {
  const session = new Session({ url: server.url });
  const others = ["constructor", "isConnected", "lastOperationTook", "on", "withTimeout"];
  const methods = Object.getOwnPropertyNames(Session.prototype).filter((name) => !others.includes(name));
  assert.deepEqual(Object.keys(session.try).sort(), methods.sort());
});

test("the tuple form resolves with a result, whatever its status, or with an error", async () => {
  const { try: session } = new Session({ url: server.url });
  const [early, nothing] = await session.logout();
  assert.equal(early?.code, "not_connected");
  assert.equal(nothing, undefined);

  assert.deepEqual(await session.connect(), [null, { location: "test" }]);
  const [, application] = await session.initialize(product.websocketApiKey, "client-1");
  assert.equal(application?.name, "Test product");
  const [error, license] = await session.authorize(await newLicense(server.console, product));
  assert.equal(error, null);
  assert.ok(license instanceof License && license.good());
  assert.deepEqual(await session.logout(), [null, Status.Ok]);
  assert.deepEqual(await session.logout(), [null, Status.NotAuthorized]);
  assert.deepEqual(await session.ping(), [null, Status.Ok]);
  assert.deepEqual(await session.shutdown(), [null, undefined]);
});

test("the tuple form does not reject for a bug either", async () => {
  const session = new Session({ url: server.url });
  const notText: string = JSON.parse("null");
  const [error] = await session.try.initialize(product.websocketApiKey, notText);
  assert.equal(error?.code, "unexpected");
  assert.ok(error.cause instanceof TypeError);
});

test("the callback form tells a result, whatever its status, or an error, once and later", async () => {
  const session = new Session({ url: server.url });
  const [early, nothing] = await calledBack((done) => session.logout(done));
  assert.equal(early?.code, "not_connected");
  assert.equal(nothing, undefined);

  assert.deepEqual(await calledBack((done) => session.connect(done)), [null, { location: "test" }]);
  const [, application] = await calledBack<Application>((done) =>
    session.initialize(product.websocketApiKey, "client-1", done),
  );
  assert.equal(application?.name, "Test product");
  const credentials = { login: "anna", password: "secret" };
  const [, created] = await calledBack<RetryableStatus>((done) => session.createAccount(credentials, done));
  assert.equal(created?.is(Status.Ok), true);
  const [, account] = await calledBack<Account>((done) => session.authorize(credentials, done));
  assert.equal(account?.login, "anna");
  const license = await newLicense(server.console, product);
  assert.deepEqual(await calledBack((done) => session.linkLicense(license, done)), [null, Status.Ok]);
  assert.deepEqual(await calledBack((done) => session.logout(done)), [null, Status.Ok]);
  assert.deepEqual(await calledBack((done) => session.ping(done)), [null, Status.Ok]);
  assert.deepEqual(await calledBack<undefined>((done) => session.shutdown(done)), [null, undefined]);
});

test("a callback that throws is an uncaught exception, and no rejection", async () => {
  const error = await errorOf(`
    const session = new Session({ url: ${JSON.stringify(server.url)} });
    process.on("unhandledRejection", () => { throw new Error("a rejection"); });
    session.logout(() => { throw new Error("thrown by the callback"); });
  `);
  assert.ok(error instanceof Error);
  assert.equal(error.message, "thrown by the callback");
});

test("a promise that nobody looks at is never an unhandled rejection", async () => {
  const error = await errorOf(`
    const session = new Session({ url: ${JSON.stringify(server.url)} });
    session.logout();
    await session.connect();
    session.connect();
    session.ping();
    session.initialize(null, null);
    session.shutdown();
    await session.shutdown();
  `);
  assert.equal(error, undefined);
});

test("the callbacks of the user service are objects with a method for each outcome", async () => {
  const users = new UserService({ url: server.url, applicationId: product.id, apiKey: product.apiKeys.JS! });
  const outcomes: unknown[] = [];
  const told = (start: (callback: { handleResponse(r: unknown): void; handleFault(f: unknown): void }) => undefined) =>
    new Promise<void>((resolve) => {
      const callback = {
        handleResponse(response: unknown) {
          assert.equal(this, callback);
          outcomes.push(response);
          resolve();
        },
        handleFault(fault: unknown) {
          assert.equal(this, callback);
          outcomes.push(fault instanceof Error && "code" in fault ? fault.code : fault);
          resolve();
        },
      };
      start(callback);
    });

  await told((callback) => users.getCurrentUser(callback));
  await told((callback) => users.isValidLogin(callback));
  await told((callback) => users.login("nobody@example.com", "secret", callback));
  await told((callback) => users.logout(callback));
  assert.deepEqual(outcomes, [null, false, 3003, undefined]);
});
