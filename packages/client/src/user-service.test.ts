import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import type { Product } from "@latchkey/testkit";
import { newApplication, seedsOf, startTestServer } from "@latchkey/testkit";
import { LocalFaultCode } from "./user-service-fault.ts";
import { userServiceContract } from "./user-service.contract.ts";
import { UserService } from "./user-service.ts";

const server = await startTestServer();
after(() => server[Symbol.asyncDispose]());

userServiceContract((title, run) => test(title, run), seedsOf(server));

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
