import assert from "node:assert/strict";
import { after, test } from "node:test";
import { flush, newApplication, seedsOf, startTestServer } from "@latchkey/testkit";
import type { Revocation } from "./user-events.ts";
import { userEventsContract } from "./user-events.contract.ts";
import { UserEvents } from "./user-events.ts";
import { LocalFaultCode } from "./user-service-fault.ts";
import { UserService } from "./user-service.ts";

const server = await startTestServer();
after(() => server[Symbol.asyncDispose]());

userEventsContract((title, run) => test(title, run), seedsOf(server));

test("a logout whose answer is lost is told as a revocation once the server has carried it out", async (t) => {
  const product = await newApplication(server.console);
  const users = new UserService({ url: server.url, applicationId: product.id, apiKey: product.apiKeys.JS! });
  await users.register({ email: "alice@wonderland.com", password: "white rabbit" });
  const { objectId } = await users.login("alice@wonderland.com", "white rabbit");
  await using events = new UserEvents(users, { websocketApiKey: product.websocketApiKey, clientId: "client-1" });
  await new Promise((resolve) => events.on("attached", resolve));
  const heard = new Promise((resolve) => events.on("panelEvent", resolve));
  const revocations: Revocation[] = [];
  const revoked = new Promise<unknown>((resolve) => events.on("revoked", (told) => resolve(revocations.push(told))));
  const lost = Promise.withResolvers<never>();
  const send = fetch;
  const logoutUrl = `${server.url}/${product.id}/${product.apiKeys.JS}/users/logout`;
  t.mock.method(globalThis, "fetch", async (...request: Parameters<typeof fetch>) => {
    const response = await send(...request);
    return request[0] === logoutUrl ? lost.promise : response;
  });

  const logout = users.logout();
  await heard;
  await flush();
  assert.deepEqual(revocations, [], "it may be the logout's own doing");
  lost.reject(new TypeError("the network is gone"));
  await assert.rejects(logout, { code: LocalFaultCode.noAnswer });
  await revoked;
  assert.deepEqual(revocations, [{ objectId, reason: "loggedOut" }]);
  assert.equal(await users.getCurrentUser(), null);
});
