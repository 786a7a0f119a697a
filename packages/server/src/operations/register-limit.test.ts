import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock, newApplication, RestPeer, startTestServer, userPassword } from "@latchkey/testkit";

test("[US-SEC-5][US-SEC-6][US-SEC-7] an address may register 20 times a minute with client keys, server code as often as it likes", async () => {
  const clock = new ManualClock();
  await using server = await startTestServer({ clock, settings: { registrationsPerAddress: "20" } });
  const product = await newApplication(server.console);
  const client = RestPeer.of(server, product);
  const serverCode = RestPeer.of(server, product, "BL");
  // Counted before anything else is judged: what is refused for its form counts as well.
  for (let n = 0; n < 20; n++) assert.equal((await client.post("/users/register", {})).fields["code"], 3011);
  const body = { email: "ann@example.com", password: userPassword };
  await clock.advance(20_000);
  const refused = await client.post("/users/register", body);
  assert.deepEqual([refused.status, refused.fields["code"]], [429, 42_900]);
  assert.equal(refused.headers["retry-after"], "40");
  assert.deepEqual(refused.fields["errorData"], { retryAfter: 40 });
  assert.equal((await serverCode.post("/users/register", { ...body, email: "bob@example.com" })).status, 200);
  await clock.advance(40_000);
  assert.equal((await client.post("/users/register", body)).status, 200);
});
