import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ApplicationSettings, KeyKind } from "@latchkey/protocol";
import {
  addAccount,
  changeSettings,
  must,
  newApplication,
  onEachDatabase,
  type Product,
  type RestAnswer,
  RestPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

const unknownId = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0";
const ann = "ann@example.com";
const bob = "bob@example.com";

/** The names that the contract gives to the system's roles. */
const systemRoles = [
  "NotAuthenticatedUser",
  "AuthenticatedUser",
  "SocialUser",
  "FacebookUser",
  "GooglePlusUser",
  "TwitterUser",
  "JSUser",
  "RestUser",
  "AndroidUser",
  "IOSUser",
  "DotNetUser",
  "ASUser",
  "ServerCodeUser",
];

/** What was answered, or the code of the error. */
function outcomeOf({ status, body, fields }: RestAnswer): unknown {
  return status === 200 ? body : fields["code"];
}

onEachDatabase("roles", (newDatabase) => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ settings: { ...(await newDatabase()), signInsPerAddress: "100000" } });
  });
  after(() => server[Symbol.asyncDispose]());

  async function open(settings: Partial<ApplicationSettings> = {}) {
    const product = await newApplication(server.console, settings);
    for (const role of ["Editor", "Author"]) {
      await must(server.console, "createRole", { applicationId: product.id, role });
    }
    const { id } = await addAccount(server, product, { login: ann });
    const rest = RestPeer.of(server, product);
    const serverCode = RestPeer.of(server, product, "BL");
    const assign = (user: unknown, roleName: unknown) => serverCode.post("/users/assignRole", { user, roleName });
    return { product, id, rest, serverCode, assign };
  }

  const peerOf = (product: Product, kind: KeyKind) => RestPeer.of(server, product, kind);

  test("[US-ROLE-1] [US-ROLE-2] [US-ROLE-10] [US-LOGOUT-22] roles that were given hold from the next call of every session on", async () => {
    const { rest, serverCode, product, assign, id } = await open({
      enableMultipleLogins: true,
      maxConcurrentLogins: 2,
    });
    const android = peerOf(product, "ANDROID");
    const tokens = [await rest.login(ann), await rest.login(ann)];
    const rolesBy = async (peer: RestPeer, token = "") => outcomeOf(await peer.get("/users/userroles", token));
    assert.equal(outcomeOf(await assign(ann, "Editor")), null);
    for (const token of tokens) {
      assert.deepEqual(await rolesBy(android, token), ["AndroidUser", "AuthenticatedUser", "Editor"]);
      assert.deepEqual(await rolesBy(serverCode, token), ["ServerCodeUser", "AuthenticatedUser", "Editor"]);
    }
    assert.deepEqual(await rolesBy(android), ["AndroidUser", "NotAuthenticatedUser"]);
    await must(server.console, "giveRole", { accountId: id, role: "Author" });
    assert.deepEqual(await rolesBy(android, tokens[1]), ["AndroidUser", "AuthenticatedUser", "Author", "Editor"]);
    assert.equal(outcomeOf(await serverCode.post("/users/unassignRole", { user: id, roleName: "Editor" })), null);
    for (const token of tokens) {
      assert.deepEqual(await rolesBy(android, token), ["AndroidUser", "AuthenticatedUser", "Author"]);
    }
    await rest.get("/users/logout", tokens[0]);
    assert.deepEqual(await rolesBy(android), ["AndroidUser", "NotAuthenticatedUser"]);
  });

  test("[US-ROLE-4] [US-KEY-1] [US-KEY-2] [US-KEY-3] [US-SEC-13] who is told whose roles", async () => {
    const foreign = (await open()).id;
    for (const userAccess of ["self", "open"] as const) {
      const { product, id: own, rest, serverCode, assign } = await open({ userAccess });
      const { id: other } = await addAccount(server, product, { login: bob });
      await assign(other, "Author");
      await assign(own, "Editor");
      const token = await rest.login(ann);
      const stranger = userAccess === "open" ? ["Author"] : 2000;
      const nobody = userAccess === "open" ? 3057 : 2000;
      const cases: [string, RestPeer, string, unknown, unknown, unknown][] = [
        ["anonymous", rest, "", userAccess === "open" ? ["Editor"] : 2000, stranger, nobody],
        ["user", rest, token, ["Editor"], stranger, nobody],
        ["server code", serverCode, "", ["Editor"], ["Author"], 3057],
        ["server code with a user", serverCode, token, ["Editor"], ["Author"], 3057],
        ["dead token", rest, "dead", 3064, 3064, 3064],
      ];
      for (const [who, peer, given, ofOwn, ofOther, ofNobody] of cases) {
        const rolesOf = async (id: string) => outcomeOf(await peer.get(`/users/userroles/${id}`, given));
        const title = `${who} under ${userAccess}`;
        assert.deepEqual([await rolesOf(own), await rolesOf(other)], [ofOwn, ofOther], title);
        for (const id of [unknownId, foreign]) assert.equal(await rolesOf(id), ofNobody, title);
      }
    }
  });

  test("[US-ROLE-5] [US-ADMIN-1] a role has 1 to 64 characters, and no system role's name; with it its assignments go", async () => {
    const { product, id, rest, assign } = await open();
    const elsewhere = await open();
    const create = async (role: string) => {
      const outcome = await server.console.call("createRole", { applicationId: product.id, role });
      return outcome.ok || ("refusal" in outcome && outcome.refusal);
    };
    assert.equal(await create(""), "roleNameInvalid");
    assert.equal(await create("😀".repeat(65)), "roleNameInvalid");
    assert.equal(await create("😀".repeat(64)), true);
    assert.equal(await create("Editor"), "roleExists");
    for (const name of systemRoles) assert.equal(await create(name), "roleOfSystem", name);
    for (const role of ["Editor", "Author"]) await assign(id, role);
    await elsewhere.assign(ann, "Editor");

    await must(server.console, "deleteRole", { applicationId: product.id, role: "Editor" });
    const token = await rest.login(ann);
    assert.deepEqual(outcomeOf(await rest.get(`/users/userroles/${id}`, token)), ["Author"]);
    const again = await server.console.call("deleteRole", { applicationId: product.id, role: "Editor" });
    assert.deepEqual(again, { ok: false, refusal: "roleNotFound" });
    assert.equal(await create("Editor"), true);
    assert.deepEqual(outcomeOf(await rest.get("/users/userroles", token)), ["JSUser", "AuthenticatedUser", "Author"]);
    const { roles } = await must(server.console, "listRoles", { applicationId: product.id });
    assert.deepEqual(roles, ["Author", "Editor", "😀".repeat(64)]);
    assert.deepEqual(outcomeOf(await elsewhere.serverCode.get(`/users/userroles/${elsewhere.id}`)), ["Editor"]);
  });

  test("[US-ROLE-6] [US-ERR-7] of several reasons to refuse a change of roles the first in the order is answered", async () => {
    const { rest, serverCode, product } = await open();
    const token = await rest.login(ann);
    for (const [call, system] of [
      ["assignRole", 2007],
      ["unassignRole", 2008],
    ] as const) {
      const codeOf = async (peer: RestPeer, body: unknown, given = "") =>
        outcomeOf(await peer.post(`/users/${call}`, body, given));
      assert.equal(await codeOf(rest, {}, "dead"), 3064);
      for (const kind of ["JS", "REST", "ANDROID", "IOS", "WP", "AS"] as const) {
        const peer = peerOf(product, kind);
        for (const body of [{}, "{", [], { user: ann, roleName: "Editor" }]) {
          assert.equal(await codeOf(peer, body, token), 2011, kind);
        }
      }
      assert.equal(await codeOf(serverCode, "{"), 2004);
      for (const body of [{}, { user: ann }, { roleName: "JSUser" }, { user: null, roleName: "x" }]) {
        assert.equal(await codeOf(serverCode, body), 3038, JSON.stringify(body));
      }
      assert.equal(await codeOf(serverCode, { user: ann, roleName: null }), 3038);
      for (const body of [
        { user: {}, roleName: "JSUser" },
        { user: ann, roleName: 7 },
        { user: ["a"], roleName: "x" },
      ]) {
        assert.equal(await codeOf(serverCode, body), 2004, JSON.stringify(body));
      }
      for (const roleName of systemRoles) assert.equal(await codeOf(serverCode, { user: "nobody", roleName }), system);
      assert.equal(await codeOf(serverCode, { user: "nobody", roleName: "Unknown" }), 2005);
      assert.equal(await codeOf(serverCode, { user: "nobody", roleName: "editor" }), 2005);
      assert.equal(await codeOf(serverCode, { user: "nobody", roleName: "Editor" }), 3057);
      assert.equal(await codeOf(serverCode, { user: unknownId, roleName: "Editor" }), 3057);
    }
  });

  test("[US-ROLE-7] [US-DATA-7] [US-DATA-8] a user is looked up as an identity first, and then as an objectId", async () => {
    const { product, id, serverCode, assign } = await open({ identityColumn: "name" });
    const { id: namesake } = await addAccount(server, product, { login: id });
    const { id: number } = await addAccount(server, product, { login: "4711" });
    const rolesOf = async (accountId: string) => outcomeOf(await serverCode.get(`/users/userroles/${accountId}`));
    assert.equal(outcomeOf(await assign(id, "Editor")), null);
    assert.deepEqual([await rolesOf(id), await rolesOf(namesake)], [[], ["Editor"]]);
    assert.equal(outcomeOf(await assign(namesake, "Author")), null);
    assert.deepEqual(await rolesOf(namesake), ["Author", "Editor"]);
    assert.equal(outcomeOf(await assign(` ${ann.toUpperCase()} `, "Editor")), null);
    assert.deepEqual(await rolesOf(id), ["Editor"]);
    assert.equal(outcomeOf(await assign(4711, "Editor")), null);
    assert.deepEqual(await rolesOf(number), ["Editor"]);
  });

  test("[US-ROLE-8] to give a role twice and to take one that is not held are successes, in parallel too", async () => {
    const { serverCode, assign, id } = await open();
    const unassign = () => serverCode.post("/users/unassignRole", { user: ann, roleName: "Editor" });
    const rolesOf = async () => outcomeOf(await serverCode.get(`/users/userroles/${id}`));
    for (const answer of await Promise.all([1, 2, 3, 4].map(() => assign(ann, "Editor")))) {
      assert.deepEqual([answer.status, answer.text], [200, "null"]);
    }
    assert.deepEqual(await rolesOf(), ["Editor"]);
    for (const answer of await Promise.all([unassign(), unassign(), unassign()])) assert.equal(answer.text, "null");
    assert.deepEqual(await rolesOf(), []);
  });

  test("[US-ROLE-5] [US-ROLE-6] a role that is deleted while it is given is either unknown, or given and gone", async () => {
    for (let round = 0; round < 5; round++) {
      const { product, assign, serverCode, id } = await open();
      const [given] = await Promise.all([
        assign(ann, "Editor"),
        must(server.console, "deleteRole", { applicationId: product.id, role: "Editor" }),
      ]);
      assert.ok([null, 2005].includes(outcomeOf(given) as null), given.text);
      assert.deepEqual(outcomeOf(await serverCode.get(`/users/userroles/${id}`)), []);
    }
  });

  test("[US-ROLE-9] [US-TABLE-3] [US-TABLE-4] [US-DATA-1] accounts are listed by a role, the oldest first, with their roles when asked", async () => {
    const { product, serverCode, assign } = await open();
    const ids: string[] = [];
    for (let n = 0; n < 12; n++) {
      const { id } = await addAccount(server, product, { login: `user${n}@example.com`, createdAt: n });
      ids.push(id);
      await assign(id, "Editor");
      if (n % 2) await assign(id, "Author");
    }
    const list = async (query: string) => {
      const users = outcomeOf(await serverCode.get(`/users/role/Editor${query}`));
      return (users as Record<string, unknown>[]).map(({ objectId, roles, password }) => {
        assert.equal(password, undefined);
        return roles === undefined ? objectId : [objectId, roles];
      });
    };
    assert.deepEqual(await list(""), ids.slice(0, 10));
    assert.deepEqual(await list("?pageSize=&offset=&where=&distinct=false"), ids.slice(0, 10));
    assert.deepEqual(await list("?pageSize=100"), ids);
    assert.deepEqual(await list("?loadRoles=false&pageSize=3&offset=10"), ids.slice(10));
    assert.deepEqual(await list("?offset=1000"), []);
    assert.deepEqual(await list("?loadRoles=true&pageSize=2"), [
      [ids[0], ["Editor"]],
      [ids[1], ["Author", "Editor"]],
    ]);
    assert.deepEqual(await list("?where=email%3D'user3%40example.com'"), []);
    assert.deepEqual(await list(`?where=objectId%3D'${ids[3]}'`), [ids[3]]);
    assert.deepEqual(await list("?sortBy=created%20desc&pageSize=2"), ids.slice(-2).reverse());
    const shown = await serverCode.get("/users/role/Editor?property=objectId&property=name&pageSize=1&loadRoles=true");
    const [user] = outcomeOf(shown) as Record<string, unknown>[];
    assert.deepEqual([user?.["objectId"], user?.["email"], user?.["roles"]], [ids[0], undefined, ["Editor"]]);
    const { fields } = await serverCode.get("/users/role/Editor?loadRelations=x");
    assert.deepEqual([fields["code"], String(fields["message"]).includes("loadRelations")], [2004, true]);
    const [first] = outcomeOf(await serverCode.get("/users/role/Editor?pageSize=1")) as Record<string, unknown>[];
    const { body } = await serverCode.get(`/users/${ids[0]}`);
    assert.deepEqual(first, body);
    assert.deepEqual(outcomeOf(await (await open()).serverCode.get("/users/role/Editor")), []);
  });

  test("[US-ROLE-9] [US-TABLE-4] who may list, what is unknown, and what of the query is not understood", async () => {
    const { product, rest, serverCode } = await open();
    const token = await rest.login(ann);
    const codeOf = async (peer: RestPeer, path: string, given = "") =>
      outcomeOf(await peer.get(`/users/role/${path}`, given));
    for (const path of ["Editor", "Unknown", "JSUser", "Editor?where=x"]) {
      assert.equal(await codeOf(rest, path), 2000, path);
      assert.equal(await codeOf(rest, path, token), 2000, path);
      assert.equal(await codeOf(rest, path, "dead"), 3064, path);
    }
    const queries = ["where=a%3D1", "pageSize=0", "pageSize=101", "pageSize=x", "offset=-1", "loadRoles=1", "other=1"];
    await changeSettings(server, product, { userAccess: "open" });
    for (const peer of [rest, serverCode]) {
      assert.deepEqual(await codeOf(peer, "Editor"), []);
      assert.equal(await codeOf(peer, "Unknown"), 2005);
      for (const name of systemRoles) assert.equal(await codeOf(peer, name), 2003, name);
      for (const query of [...queries, "distinct=true", "pageSize=1.5", "offset=4294967296"]) {
        assert.equal(await codeOf(peer, `Editor?${query}`), 2004, query);
      }
    }
  });

  test("[US-ADDR-7] the name of a role may have slashes, and is the whole rest of the path", async () => {
    const { product, serverCode, assign, id } = await open();
    const role = "a/b/c d";
    await must(server.console, "createRole", { applicationId: product.id, role });
    await assign(ann, role);
    for (const path of ["a/b/c%20d", "a%2Fb%2Fc%20d"]) {
      const [user] = outcomeOf(await serverCode.get(`/users/role/${path}`)) as Record<string, unknown>[];
      assert.equal(user?.["objectId"], id, path);
    }
  });

  test("[US-SEC-13] no key gives, takes or lists roles of another application's accounts", async () => {
    const ours = await open();
    const theirs = await open();
    await theirs.assign(theirs.id, "Editor");
    for (const call of ["assignRole", "unassignRole"]) {
      const answer = await ours.serverCode.post(`/users/${call}`, { user: theirs.id, roleName: "Editor" });
      assert.equal(outcomeOf(answer), 3057, call);
    }
    assert.deepEqual(outcomeOf(await theirs.serverCode.get(`/users/userroles/${theirs.id}`)), ["Editor"]);
    assert.deepEqual(outcomeOf(await ours.serverCode.get("/users/role/Editor")), []);
    await must(server.console, "createRole", { applicationId: theirs.product.id, role: "Own" });
    assert.equal(outcomeOf(await ours.assign(ours.id, "Own")), 2005);
    const token = await theirs.rest.login(ann);
    assert.equal(outcomeOf(await ours.rest.get(`/users/userroles/${theirs.id}`, token)), 3064);
    const outcome = await server.console.call("giveRole", { accountId: ours.id, role: "Own" });
    assert.deepEqual(outcome, { ok: false, refusal: "roleNotFound" });
  });
});
