import * as assert from "node:assert/strict";
import { Status } from "@latchkey/protocol";
import type { Declare, Seeds } from "@latchkey/testkit";
import type { Settled } from "./calls.ts";
import type { Account } from "./results/account.ts";
import type { Application } from "./results/application.ts";
import { License } from "./results/license.ts";
import type { RetryableStatus } from "./results/retryable-status.ts";
import { Session } from "./session.ts";
import { UserService } from "./user-service.ts";

/** What the forms of a call are in every runtime. */
export function formsContract(test: Declare, seeds: Seeds): void {
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
    await turn();
    assert.equal(calls.length, 1, "exactly once");
    return calls[0]!;
  }

  test("every call of a session has every form", () => {
    const session = new Session({ url: seeds.url });
    const others = ["constructor", "isConnected", "lastOperationTook", "on", "withSignal", "withTimeout"];
    const methods = Object.getOwnPropertyNames(Session.prototype).filter((name) => !others.includes(name));
    assert.deepEqual(Object.keys(session.try).sort(), methods.sort());
  });

  test("the tuple form resolves with a result, whatever its status, or with an error", async () => {
    const product = await seeds.newApplication();
    const { try: session } = new Session({ url: seeds.url });
    const [early, nothing] = await session.logout();
    assert.equal(early?.code, "not_connected");
    assert.equal(nothing, undefined);

    assert.deepEqual(await session.connect(), [null, { location: "test" }]);
    const [, application] = await session.initialize(product.websocketApiKey, "client-1");
    assert.equal(application?.name, "Test product");
    const [error, license] = await session.authorize(await seeds.newLicense(product));
    assert.equal(error, null);
    assert.ok(license instanceof License && license.good());
    assert.deepEqual(await session.logout(), [null, Status.Ok]);
    assert.deepEqual(await session.logout(), [null, Status.NotAuthorized]);
    assert.deepEqual(await session.ping(), [null, Status.Ok]);
    assert.deepEqual(await session.shutdown(), [null, undefined]);
  });

  test("the tuple form does not reject for a bug either", async () => {
    const product = await seeds.newApplication();
    const session = new Session({ url: seeds.url });
    const notText: string = JSON.parse("null");
    const [error] = await session.try.initialize(product.websocketApiKey, notText);
    assert.equal(error?.code, "unexpected");
    assert.ok(error.cause instanceof TypeError);
  });

  test("the callback form tells a result, whatever its status, or an error, once and later", async () => {
    const product = await seeds.newApplication();
    const session = new Session({ url: seeds.url });
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
    const license = await seeds.newLicense(product);
    assert.deepEqual(await calledBack((done) => session.linkLicense(license, done)), [null, Status.Ok]);
    assert.deepEqual(await calledBack((done) => session.logout(done)), [null, Status.Ok]);
    assert.deepEqual(await calledBack((done) => session.ping(done)), [null, Status.Ok]);
    assert.deepEqual(await calledBack<undefined>((done) => session.shutdown(done)), [null, undefined]);
  });

  test("the callbacks of the user service are objects with a method for each outcome", async () => {
    const product = await seeds.newApplication();
    const users = new UserService({ url: seeds.url, applicationId: product.id, apiKey: product.apiKeys.JS! });
    const outcomes: unknown[] = [];
    const told = (
      start: (callback: { handleResponse(r: unknown): void; handleFault(f: unknown): void }) => undefined,
    ) =>
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
}

/** Lets the platform get on with what is ready to run. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
