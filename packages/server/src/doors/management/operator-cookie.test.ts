import assert from "node:assert/strict";
import { test } from "node:test";
import { ManagementPeer, newOperator, operatorPassword, startTestServer } from "@latchkey/testkit";

const email = "owner@example.com";

async function cookieOf(settings: Readonly<Record<string, string>>) {
  await using server = await startTestServer({ settings });
  await newOperator(server, "owner", email);
  const page = new ManagementPeer(server.url, { origin: server.url });
  const { headers, text } = await page.call("signIn", { email, password: operatorPassword });
  const [given = ""] = headers["set-cookie"] ?? [];
  const [cookie = "", ...attributes] = given.split("; ");
  const [name = "", secret = ""] = cookie.split("=");
  const signedIn = page.with({ cookie });
  assert.equal((await signedIn.call("showOwnOperator", {})).status, 200);
  const { headers: after } = await signedIn.call("signOut", {});
  assert.equal((await signedIn.call("showOwnOperator", {})).status, 401);
  return { name, secret, attributes: attributes.sort(), text, taken: after["set-cookie"]?.[0] ?? "" };
}

test("[MG-AUTH-4] the cookie is out of reach of scripts and other sites, and its secret is nowhere else", async () => {
  const { name, secret, attributes, text, taken } = await cookieOf({});
  assert.equal(name, "latchkey-operator");
  assert.deepEqual(attributes, ["HttpOnly", "Max-Age=604800", "Path=/", "SameSite=Strict"]);
  assert.ok(secret.length >= 43 && !text.includes(secret));
  assert.match(taken, /^latchkey-operator=; .*Max-Age=0/);
});

test("[MG-AUTH-4] where the server is reached by https it is bound to that host", async () => {
  const { name, attributes, taken } = await cookieOf({ publicUrl: "https://licenses.example.com" });
  assert.equal(name, "__Host-latchkey-operator");
  assert.deepEqual(attributes, ["HttpOnly", "Max-Age=604800", "Path=/", "SameSite=Strict", "Secure"]);
  assert.match(taken, /^__Host-latchkey-operator=; .*Max-Age=0; Secure$/);
});
