import assert from "node:assert/strict";
import { test } from "node:test";
import { newApplication, onEachDatabase, RestPeer, startTestProvider, startTestServer, must } from "@latchkey/testkit";

onEachDatabase("social login", (newDatabase) => {
  test("x", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const product = await newApplication(server.console, { allowedOrigins: ["https://app.example"] });
    await using provider = await startTestProvider([`${server.url}/${product.id}/users/oauth/google/callback`]);
    const { issuer, clientId, clientSecret } = provider;
    const added = await must(server.console, "addProvider", {
      applicationId: product.id,
      name: "Google",
      settings: { kind: "oidc", issuer, clientId, scopes: ["openid", "email"], trustEmail: true, audienceClaim: "aud" },
      clientSecret,
    });
    console.log(added);
    const peer = RestPeer.of(server, product);
    const asked = await peer.request("POST", "/users/social/oauth/google/request_url", { headers: { origin: "https://app.example" } });
    console.log(asked.text, server.logged);
    const back = await provider.visit(asked.body as string);
    console.log(back);
    const page = await fetch(back);
    console.log(page.status, page.headers, await page.text(), server.logged);
    assert.ok(true);
    const t= await provider.tokens("own");
    console.log((await peer.post("/users/social/google/login", {accessToken: t.id_token})).text);
    console.log((await peer.post("/users/social/google/login", {accessToken: t.access_token})).text);
  });
});
