import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type { Product, TestServer } from "@latchkey/testkit";
import { newApplication, startTestServer } from "@latchkey/testkit";
import { LocalFaultCode } from "./user-service-fault.ts";
import { UserService } from "./user-service.ts";

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server[Symbol.asyncDispose]());

const alice = { email: "alice@wonderland.com", password: "white rabbit", plan: "pro" };

function usersOf(product: Product, url = server.url): UserService {
  return new UserService({ url, applicationId: product.id, apiKey: product.apiKeys.JS! });
}

/** A service with a user who is logged in. */
async function loggedIn() {
  const product = await newApplication(server.console, { enableMultipleLogins: true });
  const users = usersOf(product);
  await users.register(alice);
  await users.login(alice.email, alice.password);
  return { users, product };
}

test("register creates a user and does not log in", async () => {
  const users = usersOf(await newApplication(server.console));
  const user = await users.register(alice);
  assert.equal(user["email"], alice.email);
  assert.equal(user["plan"], "pro");
  assert.equal(user["password"], undefined);
  assert.equal(await users.getCurrentUser(), null);
  await assert.rejects(users.register(alice), { name: "UserServiceFault", code: 3033 });
});

test("login makes the user the current one, without the token among the properties", async () => {
  const users = usersOf(await newApplication(server.console));
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
  const users = usersOf(await newApplication(server.console));
  await assert.doesNotReject(users.logout());
});

test("[US-LOGOUT-14] of two logouts at once one succeeds; the other's fault logs out here as well", async () => {
  const { users } = await loggedIn();
  const outcomes = await Promise.allSettled([users.logout(), users.logout()]);
  const codes = outcomes.map((outcome) => (outcome.status === "rejected" ? outcome.reason.code : "ok"));
  assert.deepEqual(codes.sort(), [3064, "ok"]);
  assert.equal(await users.getCurrentUser(), null);
});

test("a logout that is answered late does not log out who has logged in since", async (t) => {
  const { users, product } = await loggedIn();
  const baseUrl = `${server.url}/${product.id}/${product.apiKeys.JS}`;
  const held = Promise.withResolvers<void>();
  const send = fetch;
  t.mock.method(globalThis, "fetch", async (...request: Parameters<typeof fetch>) => {
    const response = await send(...request);
    if (request[0] === `${baseUrl}/users/logout`) await held.promise;
    return response;
  });

  const loggingOut = users.logout();
  const again = await users.login(alice.email, alice.password);
  held.resolve();
  await loggingOut;
  assert.equal(await users.getCurrentUser(), again);
  assert.equal(await users.isValidLogin(), true);
});

test("[US-LOGOUT-12] [US-LOGOUT-16] a wrong address is a fault", async () => {
  const product = await newApplication(server.console);
  const apiKey = product.apiKeys.JS!;
  const { id } = await newApplication(server.console);
  const elsewhere = new UserService({ url: server.url, applicationId: id, apiKey });
  await assert.rejects(elsewhere.logout(), { code: 2002 });
  const malformed = new UserService({ url: server.url, applicationId: "an/id", apiKey });
  await assert.rejects(malformed.logout(), { code: 3007 });
});

test("a server that does not answer is a fault, and the user stays logged in", async () => {
  await using passing = await startTestServer();
  const product = await newApplication(passing.console);
  const users = usersOf(product, `${passing.url}/`);
  await users.register(alice);
  const user = await users.login(alice.email, alice.password);
  await passing[Symbol.asyncDispose]();

  await assert.rejects(users.logout(), { name: "UserServiceFault", code: LocalFaultCode.noAnswer });
  await assert.rejects(users.isValidLogin(), { code: LocalFaultCode.noAnswer });
  assert.equal(await users.getCurrentUser(), user);
});

test("what answers in its place, such as a proxy, is a fault of its own", async () => {
  for (const status of [200, 502]) {
    const proxy = createServer((_, response) => response.writeHead(status).end("<h1>Hello</h1>"));
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const { port } = proxy.address() as AddressInfo;
    const users = new UserService({ url: `http://127.0.0.1:${port}`, applicationId: "a", apiKey: "k" });
    const fault = {
      name: "UserServiceFault",
      code: LocalFaultCode.answerNotUnderstood,
      message: /is http:.* the right/,
    };
    await assert.rejects(users.register(alice), fault);
    await assert.rejects(users.logout(), fault);
    proxy.close();
  }
});

test("a call without an answer ends at its time limit", async () => {
  const silence = createServer(() => undefined);
  await new Promise<void>((resolve) => silence.listen(0, "127.0.0.1", resolve));
  const { port } = silence.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const users = new UserService({ url, applicationId: "a", apiKey: "k", timeoutMs: 50 });
  await assert.rejects(users.logout(), { code: LocalFaultCode.noAnswer, message: /timeout/ });
  silence.close();
});

test("an address that cannot be a server's is refused at once", () => {
  for (const url of ["", "127.0.0.1:8090", "ftp://127.0.0.1", "ws://127.0.0.1"]) {
    assert.throws(() => new UserService({ url, applicationId: "a", apiKey: "k" }), TypeError, url);
  }
});
