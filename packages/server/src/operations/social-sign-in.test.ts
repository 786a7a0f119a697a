import assert from "node:assert/strict";
import { test } from "node:test";
import {
  changeSettings,
  handedBy,
  listedOrigin,
  ManualClock,
  must,
  newApplication,
  onEachDatabase,
  openSocialStage,
  RestPeer,
  startTestServer,
} from "@latchkey/testkit";

const rows = [
  "/users/oauth/Facebook/request_url",
  "/users/social/oauth/Facebook/request_url",
  "/users/social/Facebook/login",
  "/users/social/Facebook/sdk/login",
];

onEachDatabase("signing in at a provider", (newDatabase, kind) => {
  const open = async (options: Parameters<typeof openSocialStage>[0] = {}) =>
    openSocialStage({ ...options, settings: { ...(await newDatabase()), ...options.settings } });

  test("[US-SOCIAL-1] [US-SOCIAL-2] without a provider of that name every row answers 3001 and names it in lower case", async () => {
    await using stage = await open();
    const { peer, product } = stage;
    for (const row of rows) {
      for (const body of [{}, { accessToken: "t", fieldsMapping: 5, redirect: "x" }]) {
        const { status, fields } = await peer.post(row, body, "A DEAD TOKEN");
        assert.deepEqual(
          { status, ...fields, message: "" },
          {
            status: 400,
            code: 3001,
            message: "",
            errorData: { provider: "facebook" },
          },
        );
      }
    }
    const removed = await stage.server.console.call("removeProvider", { applicationId: product.id, name: "TEST" });
    assert.ok(removed.ok);
    assert.equal((await stage.begin()).fields["code"], 3001);
  });

  test("[US-SOCIAL-2] a provider is found whatever the case of its name", async () => {
    await using stage = await open();
    const asked = await stage.peer.request("POST", "/users/oauth/TEST/request_url", {
      headers: { origin: listedOrigin },
    });
    assert.match(String(asked.body), /^http:\/\/127\.0\.0\.1:\d+\/auth\?/);
  });

  test("[US-SOCIAL-1] providers of one application are nothing to another", async () => {
    await using stage = await open();
    const other = RestPeer.of(stage.server, await newApplication(stage.server.console));
    assert.equal((await other.post("/users/oauth/test/request_url", {})).fields["code"], 3001);
  });

  test("[US-SOCIAL-3] the way out carries state, nonce and an S256 challenge, each of them new, and no secret", async () => {
    await using stage = await open();
    const urls = [await stage.begin(), await stage.begin()].map(({ body }) => new URL(String(body)).searchParams);
    for (const query of urls) {
      assert.equal(query.get("code_challenge_method"), "S256");
      assert.equal(query.get("response_type"), "code");
      assert.equal(query.get("scope"), "openid email profile");
      for (const name of ["state", "nonce", "code_challenge"]) assert.match(query.get(name) ?? "", /^[\w-]{43}$/);
    }
    for (const name of ["state", "nonce", "code_challenge"]) assert.notEqual(urls[0]?.get(name), urls[1]?.get(name));
    const attempts = await stage.server.db.selectFrom("signInAttempt").selectAll().execute();
    const text = JSON.stringify(attempts);
    for (const query of urls) assert.ok(!text.includes(query.get("state") ?? "-"), "the state is not kept in clear");
  });

  test("[US-DATA-2] [US-LOGIN-9] [US-SOCIAL-3] the first sign-in makes an account and hands its login response over, the next finds it", async () => {
    await using stage = await open();
    const first = await stage.signIn();
    assert.equal(first.status, 200);
    const { email, socialAccount, oAuthIdentities, userStatus, ___class: className } = first.fields;
    assert.deepEqual(
      { email, socialAccount, oAuthIdentities, userStatus, className },
      {
        email: "ann@example.com",
        socialAccount: "TEST",
        oAuthIdentities: { test: "ann" },
        userStatus: "ENABLED",
        className: "Users",
      },
    );
    assert.ok(await stage.peer.isLive(first.token));
    const again = await stage.signIn();
    assert.equal(again.accountId, first.accountId);
    assert.ok(!(await stage.peer.isLive(first.token)), "the policy for concurrent logins holds here too");
    const byPassword = await stage.peer.post("/users/login", { login: "ann@example.com", password: "anything" });
    assert.equal(byPassword.fields["code"], 3003);
  });

  test("the roles of a session say through what provider it was opened", async () => {
    await using stage = await open();
    const { token } = await stage.signIn();
    const roles = await stage.peer.get("/users/userroles", token);
    assert.deepEqual(roles.body, ["JSUser", "AuthenticatedUser", "SocialUser"]);
    await stage.peer.register("bob@example.com");
    const plain = await stage.peer.get("/users/userroles", await stage.peer.login("bob@example.com"));
    assert.deepEqual(plain.body, ["JSUser", "AuthenticatedUser"]);
  });

  test("[US-SOCIAL-3] the token goes in the fragment of a listed address, never in its query", async () => {
    await using stage = await open();
    const asked = await stage.begin({ redirectAfterLoginUrl: `${listedOrigin}/after?tab=1#old`, redirect: true });
    const page = await fetch(await stage.provider.visit(String(asked.body)), { redirect: "manual" });
    assert.equal(page.status, 303);
    const to = new URL(page.headers.get("location") ?? "");
    assert.equal(`${to.origin}${to.pathname}${to.search}`, `${listedOrigin}/after?tab=1`);
    const { token, accountId } = await handedBy(page);
    assert.ok(!to.search.includes(token));
    assert.ok(await stage.peer.isLive(token));
    assert.match(accountId, /^[0-9A-F-]{36}$/);
  });

  test("[US-SOCIAL-3] nothing leads to an origin that is not on the list", async () => {
    await using stage = await open();
    const refused = { code: 2004, errorData: { reason: "handOverNotAllowed" } };
    const asked = [
      stage.begin({}, "https://evil.example"),
      stage.begin({}, "null"),
      stage.begin({}, ""),
      stage.begin({ redirect: true }),
      ...[
        "https://evil.example/",
        `${listedOrigin}.evil.example/`,
        "https://app.example@evil.example/",
        `http://app.example/`,
        "//app.example/",
        "javascript:alert(1)//https://app.example",
        "data:text/html,x",
      ].map((redirectAfterLoginUrl) => stage.begin({ redirectAfterLoginUrl })),
    ];
    for (const { fields } of await Promise.all(asked)) {
      const { code, errorData } = fields;
      assert.deepEqual({ code, errorData }, refused);
    }
    await changeSettings(stage.server, stage.product, { allowedOrigins: [] });
    assert.equal((await stage.begin()).fields["code"], 2004, "an empty list allows nobody");
    assert.equal((await stage.server.db.selectFrom("signInAttempt").selectAll().execute()).length, 0);
  });

  test("[US-SOCIAL-3] who is no page gets the token where the operator has said", async () => {
    await using stage = await open();
    await stage.configure({ redirectUrl: "myapp://signed-in" });
    const asked = await stage.begin({}, "");
    const page = await fetch(await stage.provider.visit(String(asked.body)), { redirect: "manual" });
    assert.match(page.headers.get("location") ?? "", /^myapp:\/\/signed-in#user-token=[0-9A-F-]{36}&objectId=/);
  });

  test("[US-SOCIAL-3] a way back is good once, for ten minutes, and for its own provider and application", async () => {
    const clock = new ManualClock();
    await using stage = await open({ clock });
    const { id } = stage.product;
    await must(stage.server.console, "addProvider", {
      applicationId: id,
      name: "second",
      settings: {
        kind: "oidc",
        issuer: stage.provider.issuer,
        clientId: "x",
        scopes: [],
        trustEmail: false,
        audienceClaim: "aud",
      },
    });
    const visit = async () => stage.provider.visit(String((await stage.begin()).body));
    const back = await visit();
    const strange = [
      back.replace(/state=[^&]*/, "state=made-up"),
      back.replace(/state=[^&]*&?/, ""),
      back.replace("/test/callback", "/second/callback"),
    ];
    for (const url of strange) {
      const page = await fetch(url, { redirect: "manual" });
      assert.deepEqual([page.status, (await handedBy(page)).fields], [400, {}], url);
    }
    assert.equal((await fetch(back)).status, 200);
    assert.equal((await fetch(back)).status, 400, "a second time");
    const late = await visit();
    await clock.advance(600_001);
    assert.equal((await fetch(late)).status, 400, "too late");
    const both = await visit();
    const statuses = await Promise.all([fetch(both), fetch(both)]);
    assert.deepEqual(statuses.map(({ status }) => status).toSorted(), [200, 400], "both at once");
    assert.equal((await stage.server.db.selectFrom("account").selectAll().execute()).length, 1);
  });

  test("[US-SOCIAL-3] a code of somebody else's attempt is worth nothing: the verifier does not fit", async () => {
    await using stage = await open();
    const [mine = "", stolen = ""] = await Promise.all(
      [stage.begin(), stage.begin()].map(async (asked) => stage.provider.visit(String((await asked).body))),
    );
    const code = new URL(stolen).searchParams.get("code") ?? "";
    const mixed = new URL(mine);
    mixed.searchParams.set("code", code);
    const { fields } = await handedBy(await fetch(mixed));
    assert.deepEqual([fields["code"], typeof fields["fault"]], [3053, "string"]);
  });

  test("what a provider says no to, or cannot answer, is told to the page that began", async () => {
    await using stage = await open();
    const back = await stage.provider.visit(String((await stage.begin()).body));
    const denied = new URL(back);
    denied.searchParams.delete("code");
    denied.searchParams.set("error", "access_denied");
    const no = await handedBy(await fetch(denied));
    assert.deepEqual([no.status, no.fields["code"]], [400, 3053]);

    const asked = await stage.begin({ redirectAfterLoginUrl: listedOrigin });
    const later = await stage.provider.visit(String(asked.body));
    stage.provider.isBroken = true;
    const failed = await handedBy(await fetch(later, { redirect: "manual" }));
    assert.deepEqual([failed.status, failed.fields["code"]], [303, "3052"]);
    assert.equal("user-token" in failed.fields, false);
    await stage.configure({});
    assert.equal((await stage.begin()).fields["code"], 3052);
    stage.provider.isBroken = false;
    assert.equal((await stage.begin()).status, 200, "what failed is not remembered");
  });

  test("settings and states of an application hold for social logins too", async () => {
    await using stage = await open();
    const codeOf = async () => (await stage.signIn()).fields["code"];
    const set = (changes: Parameters<typeof changeSettings>[2]) => changeSettings(stage.server, stage.product, changes);
    await set({ userRegistrationEnabled: false });
    assert.equal(await codeOf(), 3009);
    await set({ userRegistrationEnabled: true, accountQuota: 0 });
    assert.equal(await codeOf(), 3009);
    await set({ accountQuota: null, licenseRequired: true });
    assert.equal(await codeOf(), 3009);
    await set({ licenseRequired: false, registrationsPerAddressPerDay: 0 });
    assert.equal(await codeOf(), 42900);
    await set({ registrationsPerAddressPerDay: null });
    const { accountId } = await stage.signIn();
    // Nobody is registered any more, but everybody who is may sign in.
    await set({ userRegistrationEnabled: false, logoutLastUser: true });
    assert.equal(await codeOf(), 3002);
    await set({ enableMultipleLogins: true, maxConcurrentLogins: 1 });
    assert.equal(await codeOf(), 3044);
    await must(stage.server.console, "disableAccount", { accountId });
    assert.equal(await codeOf(), 3090);
    await set({ enableLogin: false });
    assert.equal((await stage.begin()).fields["code"], 3034);
  });

  test("many first sign-ins of one person at once make one account", async () => {
    await using stage = await open({ application: { enableMultipleLogins: true, maxConcurrentLogins: 0 } });
    const handed = await Promise.all(Array.from({ length: 6 }, () => stage.signIn()));
    assert.equal(new Set(handed.map(({ accountId }) => accountId)).size, 1, JSON.stringify(handed));
    assert.equal((await stage.server.db.selectFrom("account").selectAll().execute()).length, 1);
    const { accountCount } = (await stage.server.db.selectFrom("application").selectAll().execute())[0]!;
    assert.equal(accountCount, 1);
  });

  test("[US-DATA-5] the mapping of a client fills properties of a new account and nothing that is the server's", async () => {
    await using stage = await open();
    stage.provider.people.set("ann", { email: "ann@example.com", email_verified: true, name: "Ann" });
    const fieldsMapping = {
      name: "nick",
      email: "contact",
      sub: "objectId",
      iss: "password",
      aud: "userStatus",
      email_verified: "__proto__",
      constructor: "constructor",
      nonce: "a b",
    };
    const { fields } = await stage.signIn({ fieldsMapping });
    assert.equal(fields["nick"], "Ann");
    assert.equal(fields["contact"], "ann@example.com");
    assert.equal(fields["userStatus"], "ENABLED");
    const { properties, passwordHash } = (await stage.server.db.selectFrom("account").selectAll().execute())[0]!;
    assert.deepEqual(JSON.parse(properties), { nick: "Ann", contact: "ann@example.com" });
    assert.equal(passwordHash, null);
    for (const mapping of ["text", 1, [], { name: 1 }, { name: null }])
      assert.equal((await stage.begin({ fieldsMapping: mapping })).fields["code"], 2004);
  });

  test("a deleted account takes its ties along, and its person starts anew", async () => {
    await using stage = await open();
    const { accountId } = await stage.signIn();
    await must(stage.server.console, "deleteAccount", { accountId });
    assert.equal((await stage.server.db.selectFrom("socialIdentity").selectAll().execute()).length, 0);
    assert.notEqual((await stage.signIn()).accountId, accountId);
  });

  test("[US-SEC-6] whoever keeps beginning is told to wait, and a server is not", async () => {
    await using stage = await open({ settings: { signInsPerAddress: "2" }, clock: new ManualClock() });
    const codes = [];
    for (let n = 0; n < 3; n++) codes.push((await stage.begin()).fields["code"]);
    assert.deepEqual(codes, [undefined, undefined, 42900]);
    const server = RestPeer.of(stage.server, stage.product, "BL");
    const asked = await server.request("POST", "/users/oauth/test/request_url", { headers: { origin: listedOrigin } });
    assert.equal(asked.status, 200);
  });

  test("[US-SEC-9] neither the client secret nor a token of anybody gets into the database or the log in clear", async () => {
    await using stage = await open();
    const { token } = await stage.signIn();
    const rows = [
      await stage.server.db.selectFrom("provider").selectAll().execute(),
      await stage.server.db.selectFrom("session").selectAll().execute(),
      await must(stage.server.console, "listProviders", { applicationId: stage.product.id }),
      stage.server.logged,
    ];
    const text = JSON.stringify(rows);
    assert.ok(!text.includes(stage.provider.clientSecret) && !text.includes(token));
  });

  // SQLite has one server.
  if (kind === "PostgreSQL") {
    test("[US-SOCIAL-3] a sign-in that one server began ends at another, on whatever node its browser comes back", async () => {
      const settings = { ...(await newDatabase()), publicUrl: "https://id.example" };
      await using stage = await openSocialStage({ settings });
      await using other = await startTestServer({ settings });
      const back = new URL(await stage.provider.visit(String((await stage.begin()).body)));
      assert.equal(back.origin, "https://id.example");
      const { token } = await handedBy(await fetch(`${other.url}${back.pathname}${back.search}`));
      assert.ok(await stage.peer.isLive(token));
    });
  }
});
