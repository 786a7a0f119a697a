import assert from "node:assert/strict";
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import {
  addAccount,
  AmfPeer,
  must,
  newApplication,
  onEachDatabase,
  openSocialStage,
  RestPeer,
} from "@latchkey/testkit";

const path = "/users/social/test/login";

onEachDatabase("signing in with a provider's token", (newDatabase) => {
  const open = async () => openSocialStage({ settings: await newDatabase() });

  test("[US-DATA-2] [US-SESS-10] an ID token that was issued to the application signs in, at both rows", async () => {
    await using stage = await open();
    const { id_token: accessToken } = await stage.provider.tokens("own");
    const first = await stage.peer.post(path, { accessToken, fieldsMapping: { email: "mail" }, guestUser: null });
    const token = String(first.fields["user-token"]);
    assert.ok(await stage.peer.isLive(token));
    assert.deepEqual(first.fields["oAuthIdentities"], { test: "ann" });
    const second = await stage.peer.post("/users/social/TEST/sdk/login", { accessToken }, token);
    assert.equal(second.fields["objectId"], first.fields["objectId"]);
    const dead = await stage.peer.post(path, { accessToken }, "DEAD");
    assert.equal(dead.fields["objectId"], first.fields["objectId"]);
    const third = await stage.signIn();
    assert.equal(third.accountId, first.fields["objectId"], "the same person, whichever way");
  });

  test("a token that was issued to somebody else's client is worth nothing here", async () => {
    await using stage = await open();
    const { id_token: idToken, access_token: accessToken } = await stage.provider.tokens("other");
    assert.equal((await stage.peer.post(path, { accessToken: idToken })).fields["code"], 3004);
    for (const audienceFrom of [undefined, "introspection", `${stage.provider.issuer}/api/token-info`]) {
      await stage.configure({ ...(audienceFrom && { audienceFrom }), audienceClaim: "app_id" });
      for (const token of [idToken, accessToken]) {
        const { fields, text } = await stage.peer.post(path, { accessToken: token });
        // A provider may also say itself that this is no access token of its own.
        assert.ok([3004, 3053].includes(Number(fields["code"])), `${audienceFrom}: ${text}`);
      }
    }
    assert.equal((await stage.server.db.selectFrom("account").selectAll().execute()).length, 0);
  });

  test("an access token signs in only where the provider tells whom it was issued to", async () => {
    await using stage = await open();
    const { access_token: accessToken } = await stage.provider.tokens("own");
    assert.equal((await stage.peer.post(path, { accessToken })).fields["code"], 3004);
    for (const audienceFrom of ["introspection", `${stage.provider.issuer}/api/token-info`]) {
      await stage.configure({ audienceFrom, audienceClaim: "app_id" });
      const { fields } = await stage.peer.post(path, { accessToken });
      assert.deepEqual(fields["oAuthIdentities"], { test: "ann" }, audienceFrom);
      const unknown = await stage.peer.post(path, { accessToken: "nobody-issued-this" });
      assert.ok([3004, 3053].includes(Number(unknown.fields["code"])), unknown.text);
    }
  });

  test("an ID token that was changed, has run out, is unsigned or signed by others is worth nothing", async () => {
    await using stage = await open();
    const { id_token: idToken } = await stage.provider.tokens("own");
    const [head = "", body = "", signature = ""] = idToken.split(".");
    const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const signed = (header: object, payload: object) => {
      const text = `${part(header)}.${part(payload)}`;
      return `${text}.${sign("sha256", Buffer.from(text), privateKey).toString("base64url")}`;
    };
    const hmac = `${part({ alg: "HS256" })}.${body}`;
    const forged = [
      `${head}.${part({ ...claims, sub: "bob" })}.${signature}`,
      `${part({ alg: "none" })}.${body}.`,
      `${hmac}.${createHmac("sha256", stage.provider.clientSecret).update(hmac).digest("base64url")}`,
      signed({ alg: "RS256", kid: "test" }, claims),
      signed({ alg: "RS256", kid: "test", jwk: {} }, claims),
      `${head}.${body}`,
      "a.b.c",
      "..",
    ];
    for (const accessToken of forged) {
      const { fields } = await stage.peer.post(path, { accessToken });
      assert.equal(fields["code"], 3004, accessToken);
    }
  });

  test("a body that is no form of this call answers 2004", async () => {
    await using stage = await open();
    const bodies = [
      {},
      { accessToken: "" },
      { accessToken: 5 },
      { accessToken: "a b" },
      { accessToken: "x".repeat(20_000) },
      { accessToken: "t", guestUser: "g" },
      { accessToken: "t", guestUser: {} },
      { accessToken: "t", fieldsMapping: { a: 1 } },
    ];
    for (const body of bodies) assert.equal((await stage.peer.post(path, body)).fields["code"], 2004);
  });

  test("[US-SOCIAL-1] a token of OAuth 1 has no provider that it could be configured for", async () => {
    await using stage = await open();
    const { fields } = await stage.peer.post(path, { accessToken: "t", accessTokenSecret: "s" });
    assert.deepEqual([fields["code"], fields["errorData"]], [3001, { provider: "test" }]);
  });

  test("[US-SOCIAL-1] the operations of the Java SDK do the same, and name no place for the token", async () => {
    await using stage = await open();
    const { server, product, provider, configure } = stage;
    const amf = AmfPeer.of(server, product);
    const { id_token: token } = await provider.tokens("own");
    const mapping = { name: "nick" };
    const { body } = await amf.call("loginWithOAuth2", ["test", token, mapping, null]);
    assert.ok(typeof body === "object" && body && "user-token" in body && "oAuthIdentities" in body);
    assert.ok(await stage.peer.isLive(body["user-token"] as string));
    const link = ["test", null, "ANDROID", mapping, ["email"]];
    assert.equal((await amf.call("getAuthorizationUrlLink", link)).code, "2004");
    await configure({ redirectUrl: "myapp://signed-in" });
    const url = (await amf.call("getAuthorizationUrlLink", [...link, "elsewhere.example"])).body;
    const page = await fetch(await provider.visit(url as string), { redirect: "manual" });
    assert.match(page.headers.get("location") ?? "", /^myapp:\/\/signed-in#user-token=/);

    for (const [operation, values] of [
      ["getAuthorizationUrlLink", ["Facebook", null, "ANDROID", {}, []]],
      ["loginWithOAuth2", ["Facebook", "t", null, null]],
      ["loginWithTwitter", ["t", "s", {}, null]],
    ] as const) {
      const { code, message } = await amf.call(operation, values);
      assert.equal(code, "3001");
      assert.match(JSON.stringify(message["extendedData"]), /"provider":"(facebook|twitter)"/);
    }
    assert.equal((await amf.call("loginWithOAuth2", ["test"])).code, "3038");
  });

  test("a provider without OpenID Connect says who somebody is at its own address", async () => {
    await using stage = await open();
    const { issuer } = stage.provider;
    await stage.configure({
      kind: "oauth2",
      authorizationUrl: `${issuer}/auth`,
      tokenUrl: `${issuer}/token`,
      userInfoUrl: `${issuer}/api/user`,
      subjectClaim: "id",
      scopes: ["email"],
      trustEmail: false,
      audienceFrom: `${issuer}/api/token-info`,
      audienceClaim: "app_id",
    });
    const { fields } = await stage.signIn({ fieldsMapping: { login: "handle" } });
    assert.deepEqual([fields["oAuthIdentities"], fields["handle"], fields["email"]], [{ test: "3" }, "ann", null]);
    const { access_token: accessToken } = await stage.provider.tokens("own");
    const again = await stage.peer.post(path, { accessToken });
    assert.equal(again.fields["objectId"], fields["objectId"]);
  });

  test("the same name for another provider leads to nobody's account", async () => {
    await using stage = await open();
    await stage.configure({ trustEmail: false });
    const { accountId } = await stage.signIn();
    const { issuer } = stage.provider;
    await stage.configure({
      kind: "oauth2",
      authorizationUrl: `${issuer}/auth`,
      tokenUrl: `${issuer}/token`,
      userInfoUrl: `${issuer}/api/user`,
      subjectClaim: "login",
      scopes: ["email"],
      trustEmail: false,
    });
    const { fields } = await stage.signIn();
    assert.deepEqual(fields["oAuthIdentities"], { test: "ann" }, "the same name, the same subject");
    assert.notEqual(fields["objectId"], accountId);
  });

  test("a guest becomes the account by his own live token or for server code, and by nothing else", async () => {
    await using stage = await open();
    const { id_token: accessToken } = await stage.provider.tokens("own");
    const newGuest = async (product = stage.product) => {
      const row = { status: "guest", passwordHash: null, properties: '{"score":7}' } as const;
      return (await addAccount(stage.server, product, row)).id;
    };
    const guest = await newGuest();
    const post = (peer: RestPeer, objectId: string, token?: string) =>
      peer.post(path, { accessToken, guestUser: { objectId, userStatus: "GUEST" } }, token);
    const server = RestPeer.of(stage.server, stage.product, "BL");
    const { fields: signedIn } = await server.post("/users/login", { objectId: guest });
    const { fields: stranger } = await server.post("/users/login", { objectId: await newGuest() });
    for (const token of [undefined, "DEAD", String(stranger["user-token"])])
      assert.equal((await post(stage.peer, guest, token)).fields["code"], 3061);
    const other = await newApplication(stage.server.console);
    const foreign = await newGuest(other);
    assert.equal((await post(server, foreign)).fields["code"], 3061);

    const { fields } = await post(stage.peer, guest, String(signedIn["user-token"]));
    assert.deepEqual(
      [fields["objectId"], fields["userStatus"], fields["score"], typeof fields["updated"]],
      [guest, "ENABLED", 7, "number"],
    );
    const second = await newGuest();
    const { fields: kept } = await post(server, second);
    assert.equal(kept["objectId"], guest, "who has an account signs in to it, and the guest stays a guest");
    const { status } = (await stage.server.db.selectFrom("account").selectAll().execute()).find(
      ({ id }) => id === second,
    )!;
    assert.equal(status, "guest");
  });

  test("an operator's mistakes are refused when a provider is set up", async () => {
    await using stage = await open();
    const { console } = stage.server;
    const oidc = {
      kind: "oidc" as const,
      issuer: "https://id.example",
      clientId: "c",
      scopes: [],
      trustEmail: false,
      audienceClaim: "aud",
    };
    const refused = async (name: string, changes: object) => {
      const outcome = await console.call("addProvider", {
        applicationId: stage.product.id,
        name,
        settings: { ...oidc, ...changes },
      });
      return "refusal" in outcome ? outcome.refusal : outcome.ok;
    };
    for (const name of ["", "9a", "a b", "a/b", "x".repeat(33)])
      assert.equal(await refused(name, {}), "providerNameInvalid");
    for (const changes of [
      { issuer: "http://id.example" },
      { issuer: "ftp://id.example" },
      { issuer: "https://u:p@id.example" },
      { issuer: "x" },
      { clientId: "" },
      { scopes: ["a b"] },
      { audienceFrom: "http://id.example" },
      { redirectUrl: "javascript:alert(1)" },
      { redirectUrl: "after" },
    ])
      assert.equal(await refused("ok", changes), "providerSettingsInvalid", JSON.stringify(changes));
    for (const changes of [
      { issuer: "http://127.0.0.1:1" },
      { issuer: "http://localhost" },
      { redirectUrl: "myapp://in" },
    ])
      assert.equal(await refused("ok", changes), true);
    const unknown = await console.call("addProvider", { applicationId: "X", name: "ok", settings: oidc });
    assert.equal("refusal" in unknown && unknown.refusal, "applicationNotFound");
    assert.equal((await must(console, "listProviders", { applicationId: stage.product.id })).providers.length, 2);
  });
});
