import assert from "node:assert/strict";
import { test } from "node:test";
import { handedBy, listedOrigin, type Product, RestPeer, startTestProvider } from "@latchkey/testkit";
import { json, latchkey, newDirectory, refuses, serve } from "./latchkey.ts";

interface Shown {
  readonly name: string;
  readonly callbackUrl: string;
}

test("provider add, list, remove: users of a running server can sign in there, until they cannot", async () => {
  const data = newDirectory();
  const on = ["--data", data];
  await using server = await serve(data);
  const set = ["--set", `allowedOrigins=${listedOrigin}`];
  const app = await json<Product>("app", "create", "--name", "Provider test", ...set, ...on);
  const of = ["--app", app.id, ...on];
  const callback = `/${app.id}/users/oauth/acme/callback`;
  await using provider = await startTestProvider([server.url + callback]);
  const { issuer, clientId, clientSecret } = provider;

  const named = ["--name", "Acme", "--client-id", clientId, ...of];
  const add = ["provider", "add", ...named, "--issuer", issuer, "--client-secret-stdin", "--json"];
  const added = await latchkey(add, { typed: `${clientSecret}\n` });
  assert.deepEqual([added.code, added.stderr], [0, ""]);
  assert.ok(!added.stdout.includes(clientSecret));
  assert.deepEqual((JSON.parse(added.stdout) as Shown).callbackUrl, callback);

  const peer = new RestPeer(server.url, `/${app.id}/${app.apiKeys.JS ?? ""}`);
  const begin = () => peer.request("POST", "/users/oauth/acme/request_url", { headers: { origin: listedOrigin } });
  const page = await fetch(await provider.visit(String((await begin()).body)));
  assert.ok(await peer.isLive((await handedBy(page)).token));

  const names = async () => (await json<Shown[]>("provider", "list", ...of)).map(({ name }) => name);
  assert.deepEqual(await names(), ["acme"]);
  await json("provider", "remove", "--name", "ACME", ...of);
  assert.deepEqual(await names(), []);
  assert.equal((await begin()).fields["code"], 3001);
  await refuses(/no provider of that name/, ["provider", "remove", "--name", "acme", ...of]);
  await refuses(/begin with https/, ["provider", "add", ...named, "--issuer", "http://acme.example"]);
  const unclear = await latchkey(["provider", "add", ...named]);
  assert.equal(unclear.code, 2);
});
