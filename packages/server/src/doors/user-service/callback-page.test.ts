import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { handedBy, openSocialStage, within } from "@latchkey/testkit";

const tight = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

test("[US-SOCIAL-3] the page at the end of a sign-in loads and sends nothing, runs one script at most, and is kept nowhere", async () => {
  await using stage = await openSocialStage();
  const back = await stage.provider.visit(String((await stage.begin()).body));
  const good = await fetch(back);
  const again = await fetch(back);
  const away = await stage.begin({ redirectAfterLoginUrl: "https://app.example/after" });
  const redirected = await fetch(await stage.provider.visit(String(away.body)), { redirect: "manual" });
  for (const page of [good, again, redirected]) {
    for (const [name, value] of Object.entries(tight)) assert.equal(page.headers.get(name), value);
    const policy = page.headers.get("content-security-policy") ?? "";
    for (const part of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"])
      assert.ok(policy.includes(part), policy);
    assert.equal(page.headers.get("set-cookie"), null);
    assert.equal(policy.includes("script-src 'sha256-"), page === good);
    assert.ok(!policy.includes("unsafe"));
  }
});

test("[US-SOCIAL-3] what a person is called at the provider does not become a part of the page", async () => {
  await using stage = await openSocialStage();
  const name = `"></body><script>alert(1)</script>&#34;'\u2028`;
  stage.provider.people.set("ann", { email: "ann@example.com", email_verified: true, name });
  const asked = await stage.begin({ fieldsMapping: { name: "nick" } });
  const page = await fetch(await stage.provider.visit(String(asked.body)));
  const text = await page.clone().text();
  assert.equal(text.match(/<script/g)?.length, 1);
  assert.ok(!text.includes("alert(1)</"));
  assert.equal((await handedBy(page)).fields["nick"], name);
});

test("[US-CLIENT-3] the way back may have the prefix that the user service has", async () => {
  await using stage = await openSocialStage({ settings: { pathPrefix: "/users-door" } });
  const { server, product } = stage;
  const path = `/users-door/${product.id}/users/oauth/test/callback`;
  const page = await fetch(server.url + path);
  assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8");
});

test("what is no way back from a provider gets a page, or the answer of the user service", async () => {
  await using stage = await openSocialStage();
  const { server, product } = stage;
  const path = `/${product.id}/users/oauth/test/callback`;
  const statusOf = (method: string, target: string) =>
    within(
      new Promise<number | undefined>((resolve, reject) => {
        const { hostname, port } = new URL(server.url);
        const sent = request({ hostname, port, method, path: target }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.on("error", reject).end();
      }),
      `an answer to ${method} ${target.slice(0, 80)}`,
    );
  assert.equal(await statusOf("GET", path), 400);
  assert.equal(await statusOf("GET", `${path}?state=a&state=b&code=%zz`), 400);
  assert.equal(await statusOf("POST", path), 405);
  assert.equal(await statusOf("GET", `${path}?state=${"x".repeat(8_192)}`), 414);
  assert.equal(await statusOf("GET", path.replace(product.id, "00000000-0000-0000-0000-000000000000")), 400);
  assert.equal(await statusOf("GET", path.replace("/test/", "/nobody/")), 400);
  assert.equal(await statusOf("GET", path.replace("/callback", "/elsewhere")), 404);
});
