import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  addAccount,
  AmfPeer,
  must,
  newApplication,
  onEachDatabase,
  type Product,
  type Said,
  startTestServer,
  type TestServer,
  userPassword,
} from "@latchkey/testkit";

const email = "ann@example.com";
const unknownId = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0";

/** The arguments of a call, and the code that it comes to. */
type Refused = readonly (readonly [readonly Said[], string])[];

onEachDatabase("operations by AMF", (newDatabase) => {
  let server: TestServer;
  let product: Product;
  let amf: AmfPeer;
  let serverCode: AmfPeer;
  let id: string;
  let token: string;
  before(async () => {
    server = await startTestServer({ settings: { ...(await newDatabase()), signInsPerAddress: "1000000" } });
    product = await newApplication(server.console, { enableMultipleLogins: true, maxConcurrentLogins: 0 });
    ({ id } = await addAccount(server, product, { email }));
    amf = AmfPeer.of(server, product);
    serverCode = AmfPeer.of(server, product, "BL");
    token = await amf.login(email);
    await must(server.console, "createRole", { applicationId: product.id, role: "Editors" });
  });
  after(async () => {
    assert.deepEqual(
      server.logged.filter((line) => line.startsWith("failed ")),
      [],
    );
    await server[Symbol.asyncDispose]();
  });

  async function refuses(peer: AmfPeer, operation: string, refused: Refused, request: object = {}): Promise<void> {
    for (const [values, code] of refused) {
      const answer = await peer.call(operation, values, request);
      assert.equal(answer.code, code, `${operation} ${JSON.stringify(values)}`);
    }
  }

  test("[US-AMF-20] [US-GUEST-1] [US-REG-9] a guest logs in and becomes a user who keeps the session", async () => {
    const { body } = await amf.call("loginAsGuest", ["ignored"]);
    const guest = body as Record<string, string>;
    assert.deepEqual([guest["$class"], guest["___class"], guest["userStatus"]], ["Users", "Users", "GUEST"]);
    const guestToken = guest["user-token"] ?? "";
    const properties = { objectId: guest["objectId"] ?? null, email: "guest@example.com", password: "secret" };
    assert.equal((await amf.call("register", [properties])).code, "3039");
    const converted = (await amf.call("register", [properties], { token: guestToken })).body as Record<string, Said>;
    assert.deepEqual([converted["objectId"], converted["userStatus"]], [guest["objectId"], "ENABLED"]);
    assert.equal((await amf.call("isValidUserToken", [guestToken])).body, true);
  });

  test("[US-AMF-20] [US-ROLE-4] getUserRoles takes an id, or tells the roles of this very call", async () => {
    assert.deepEqual((await amf.call("getUserRoles", [id], { token })).body, []);
    assert.deepEqual((await amf.call("getUserRoles", [null], { token })).body, ["AndroidUser", "AuthenticatedUser"]);
    await refuses(amf, "getUserRoles", [
      [[id], "2000"],
      [[5], "2004"],
    ]);
    await refuses(serverCode, "getUserRoles", [[[unknownId], "3057"]]);
  });

  test("[US-AMF-20] [US-AMF-21] [US-ROLE-6] roles are given and taken by server code", async () => {
    for (const operation of ["assignRole", "unassignRole"]) {
      await refuses(amf, operation, [
        [[email, "Editors"], "2011"],
        [[null, null], "2011"],
        [[], "2011"],
      ]);
      await refuses(serverCode, operation, [
        [[], "3038"],
        [[email], "3038"],
        [[null, "Editors"], "3038"],
        [[5, "Editors"], "2004"],
        [[email, {}], "2004"],
        [[email, "Nobody"], "2005"],
        [["nobody@example.com", "Editors"], "3057"],
      ]);
      await refuses(serverCode, operation, [[[email, "Editors"], "3064"]], { token: unknownId });
    }
    await refuses(serverCode, "assignRole", [[[email, "JSUser"], "2007"]]);
    await refuses(serverCode, "unassignRole", [[[email, "JSUser"], "2008"]]);
    assert.equal((await serverCode.call("assignRole", [email, "Editors", "ignored"])).body, null);
    assert.deepEqual((await amf.call("getUserRoles", [id], { token })).body, ["Editors"]);
    assert.equal((await serverCode.call("unassignRole", [id, "Editors"])).body, null);
    assert.deepEqual((await amf.call("getUserRoles", [id], { token })).body, []);
  });

  test("[US-AMF-22] [US-AMF-35] [US-AMF-39] findByRole lists users of class Users, and none as an empty array", async () => {
    const query = (changes: Record<string, Said> = {}): Said => ({
      $class: "com.backendless.services.persistence.BackendlessDataQuery",
      DEFAULT_PAGE_SIZE: 10,
      DEFAULT_OFFSET: 0,
      pageSize: 10,
      offset: 0,
      whereClause: "",
      havingClause: "",
      groupBy: [],
      properties: [],
      excludeProperties: [],
      distinct: false,
      queryOptions: { $class: "com.backendless.services.persistence.QueryOptions", related: [], sortBy: [] },
      ...changes,
    });
    assert.deepEqual((await serverCode.call("findByRole", ["Editors", true, query()])).body, []);
    await serverCode.call("assignRole", [email, "Editors"]);
    const [found] = (await serverCode.call("findByRole", ["Editors", true, query()])).body as Record<string, Said>[];
    assert.deepEqual([found?.["$class"], found?.["objectId"], found?.["roles"]], ["Users", id, ["Editors"]]);
    assert.ok(found?.["created"] instanceof Date);
    const [plain] = (await serverCode.call("findByRole", ["Editors", false])).body as Record<string, Said>[];
    assert.deepEqual([plain?.["objectId"], plain?.["roles"]], [id, undefined]);
    assert.deepEqual((await serverCode.call("findByRole", ["Editors", false, query({ offset: 1 })])).body, []);
    await refuses(amf, "findByRole", [[["Editors", true, query()], "2000"]]);
    await refuses(serverCode, "findByRole", [
      [[], "3038"],
      [[null, true], "3038"],
      [[5], "2004"],
      [["Editors", "yes"], "2004"],
      [["Editors", true, []], "2004"],
      [["Editors", true, query({ groupBy: ["email"] })], "2004"],
      [["Editors", true, query({ pageSize: 101 })], "2004"],
      [["AuthenticatedUser", true, query()], "2003"],
      [["Nobody", true, query()], "2005"],
    ]);
    await serverCode.call("unassignRole", [email, "Editors"]);
  });

  test("[US-AMF-22] [US-TABLE-3] findByRole sorts and selects as the query object says", async () => {
    const emails = ["c@example.com", "a@example.com", "b@example.com"];
    await must(server.console, "createRole", { applicationId: product.id, role: "Readers" });
    for (const one of emails) {
      await addAccount(server, product, { email: one });
      await serverCode.call("assignRole", [one, "Readers"]);
    }
    const listed = async (query: Said) => {
      const { body, message } = await serverCode.call("findByRole", ["Readers", false, query]);
      assert.ok(Array.isArray(body), JSON.stringify(message));
      return body.map((user) => (user as Record<string, Said>)["email"]);
    };
    const sorted = { queryOptions: { sortBy: ["email desc"] } };
    assert.deepEqual(await listed(sorted), ["c@example.com", "b@example.com", "a@example.com"]);
    assert.deepEqual(await listed({ ...sorted, pageSize: 1, offset: 1 }), ["b@example.com"]);
    assert.deepEqual(await listed({ whereClause: "email = 'a@example.com'" }), ["a@example.com"]);
    await refuses(serverCode, "findByRole", [[["Readers", false, { whereClause: "email like 'a%'" }], "2004"]]);
  });

  test("[US-AMF-20] [US-AMF-40] [US-UPD-2] update takes the id from the map, and doubles and dates keep their types", async () => {
    const since = new Date(1_760_000_000_000);
    const properties = { email: "typed@example.com", password: "secret", score: 5.5, since, visits: 5, tags: ["a"] };
    const registered = (await amf.call("register", [properties])).body as Record<string, Said>;
    assert.deepEqual(registered["since"], since);
    const objectId = registered["objectId"] ?? null;
    const own = { token: await amf.login("typed@example.com", "secret") };
    const changed = (await amf.call("update", [{ ...registered, score: 7, visits: 6 }], own)).body as Record<
      string,
      Said
    >;
    assert.deepEqual(
      ["$class", "score", "visits", "since", "tags", "created"].map((name) => changed[name]),
      ["Users", { $double: 7 }, 6, since, ["a"], registered["created"]],
    );
    assert.ok(changed["updated"] instanceof Date);
    await refuses(amf, "update", [[[{ objectId, score: 8 }], "3028"]]);
    await refuses(
      amf,
      "update",
      [
        [[], "3038"],
        [[{ score: 8 }], "3038"],
        [[{ objectId: 5 }], "2004"],
        [["x"], "2004"],
        [[{ objectId: id, score: 8 }], "3029"],
        [[{ objectId, email }], "3018"],
        [[{ objectId, email: "" }], "3045"],
      ],
      own,
    );
    await refuses(serverCode, "update", [[[{ objectId: unknownId, score: 8 }], "3030"]]);
  });

  test("[US-AMF-36] [US-AMF-37] describeUserClass answers user properties, and calls a column of JSON text", async () => {
    await serverCode.call("register", [{ email: "json@example.com", password: "secret", address: { city: "Oslo" } }]);
    const described = (await amf.call("describeUserClass")).body as Record<string, Said>[];
    const $class = "com.backendless.services.users.property.UserProperty";
    const of = (name: string) => described.find((property) => property["name"] === name);
    assert.deepEqual(of("email"), { $class, name: "email", required: true, type: "STRING", identity: true });
    assert.deepEqual(of("objectId"), { $class, name: "objectId", required: false, type: "STRING_ID", identity: false });
    assert.deepEqual(of("address"), { $class, name: "address", required: false, type: "TEXT", identity: false });
    const known = new Set<Said | undefined>(["INT", "DOUBLE", "STRING", "BOOLEAN", "DATETIME", "STRING_ID", "TEXT"]);
    for (const property of described) {
      assert.deepEqual(Object.keys(property), ["$class", "name", "required", "type", "identity"]);
      assert.ok(known.has(property["type"]));
    }
  });

  test("[US-AMF-20] [US-SOCIAL-1] signing in at a provider that nobody has set up answers 3001", async () => {
    const calls: readonly (readonly [string, readonly Said[], string])[] = [
      ["getAuthorizationUrlLink", ["google", null, "ANDROID", { email: "email" }, ["email"]], "google"],
      ["getAuthorizationUrlLink", ["google", null, "ANDROID", {}, [], "app.example.com"], "google"],
      ["loginWithOAuth2", ["Google", "access token", { email: "email" }, null], "google"],
      ["loginWithTwitter", ["token", "secret", {}, { objectId: unknownId }], "twitter"],
    ];
    for (const [operation, values, provider] of calls) {
      const { code, message } = await amf.call(operation, values);
      assert.equal(code, "3001", operation);
      const { provider: said } = message["extendedData"] as { provider: string };
      assert.equal(said.toLowerCase(), provider);
    }
    await refuses(amf, "loginWithOAuth2", [
      [[], "3038"],
      [["google"], "3038"],
      [["google", 5], "2004"],
      [["google", "token", "email"], "2004"],
    ]);
    await refuses(amf, "getAuthorizationUrlLink", [[[null], "3038"]]);
  });

  test("[US-AMF-20] [US-VERIFY-1] [US-VERIFY-2] a password is verified for server code with a user", async () => {
    await refuses(amf, "verifyPassword", [[[userPassword], "3122"]], { token });
    await refuses(amf, "verifyPassword", [[[null], "3122"]], {});
    await refuses(serverCode, "verifyPassword", [[[userPassword], "3064"]], { token: unknownId });
    await refuses(serverCode, "verifyPassword", [
      [[userPassword], "3121"],
      [[], "3121"],
    ]);
    await refuses(
      serverCode,
      "verifyPassword",
      [
        [[], "3038"],
        [[null], "3038"],
        [[5], "2004"],
      ],
      { token },
    );
    assert.equal((await serverCode.call("verifyPassword", [userPassword], { token })).body, true);
    assert.equal((await serverCode.call("verifyPassword", ["wrong"], { token })).body, false);
  });

  test("[US-AMF-20] [US-STATUS-1] [US-STATUS-2] [US-STATUS-3] server code disables and enables", async () => {
    const other = await addAccount(server, product, { email: "bob@example.com" });
    const others = await amf.login("bob@example.com");
    await refuses(amf, "changeUserStatus", [
      [[other.id, "DISABLED"], "3054"],
      [[], "3054"],
    ]);
    await refuses(serverCode, "changeUserStatus", [
      [[], "3038"],
      [[other.id], "3038"],
      [[other.id, null], "3038"],
      [[other.id, "GUEST"], "2004"],
      [[other.id, 5], "2004"],
      [[unknownId, "DISABLED"], "3057"],
      [[other.id, "ENABLED"], "3086"],
    ]);
    assert.equal((await serverCode.call("changeUserStatus", [other.id, "DISABLED"])).body, null);
    await refuses(serverCode, "changeUserStatus", [[[other.id, "DISABLED"], "3085"]]);
    assert.equal((await amf.call("logout", [], { token: others })).code, "3090");
    assert.equal((await serverCode.call("changeUserStatus", [other.id, "ENABLED"])).body, null);
    assert.equal((await amf.call("logout", [], { token: others })).code, "3064");
  });
});
