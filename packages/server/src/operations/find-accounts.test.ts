import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import {
  addAccount,
  ManualClock,
  must,
  newApplication,
  onEachDatabase,
  type RestAnswer,
  RestPeer,
  startTestServer,
  type TestServer,
  userPassword,
} from "@latchkey/testkit";
import type { NewAccount } from "#storage/tables.ts";

const unknownId = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0";
type Row = Readonly<Record<string, unknown>>;

onEachDatabase("the table of users", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    const settings = { ...(await newDatabase()), signInsPerAddress: "100000", registrationsPerAddress: "100000" };
    server = await startTestServer({ clock, settings });
  });
  after(() => server[Symbol.asyncDispose]());

  async function open(settings: Partial<ApplicationSettings> = {}) {
    const product = await newApplication(server.console, settings);
    return { product, rest: RestPeer.of(server, product), serverCode: RestPeer.of(server, product, "BL") };
  }

  /** An application with these accounts, the oldest first, and the columns that their properties make. */
  async function populate(accounts: readonly (Partial<NewAccount> & { readonly given?: object })[]) {
    const scene = await open();
    for (const [index, { given, ...fields }] of accounts.entries()) {
      const email = `user${index}@example.com`;
      const { id } = await addAccount(server, scene.product, { email, createdAt: index + 1, ...fields });
      const { status, text } = await scene.serverCode.request("PUT", `/users/${id}`, { body: { ...given } });
      assert.equal(status, 200, text);
    }
    return scene;
  }

  async function find(rest: RestPeer, query: unknown, token?: string): Promise<Row[]> {
    const { status, body, text } = await rest.post("/data/Users/find", query, token);
    assert.equal(status, 200, text);
    return body as Row[];
  }

  /** The numbers of the accounts that are found. */
  async function found(rest: RestPeer, query: object): Promise<string> {
    return (await find(rest, query)).map(({ email }) => String(email).slice(4, 5)).join("");
  }

  async function codeOf(answer: Promise<RestAnswer>): Promise<unknown> {
    const { status, fields } = await answer;
    return status === 200 ? "ok" : fields["code"];
  }

  test("[US-TABLE-2] [US-SEC-13] everybody finds the accounts that he may see, and it is never an error", async () => {
    for (const userAccess of ["self", "open"] as const) {
      const { product, rest, serverCode } = await open({ userAccess });
      await addAccount(server, (await open()).product, { email: "foreign@example.com" });
      const own = await addAccount(server, product, { email: "ann@example.com", createdAt: 1 });
      const other = await addAccount(server, product, { email: "bob@example.com", createdAt: 2 });
      const token = await rest.login("ann@example.com");
      const all = [own.id, other.id];
      const isOpen = userAccess === "open";
      const cases: [string, RestPeer, string | undefined, string[]][] = [
        ["anonymous", rest, undefined, isOpen ? all : []],
        ["user", rest, token, isOpen ? all : [own.id]],
        ["server code", serverCode, undefined, all],
        ["server code with a user", serverCode, token, all],
      ];
      for (const [who, peer, given, ids] of cases) {
        const rows = await find(peer, {}, given);
        assert.deepEqual(
          rows.map(({ objectId }) => objectId),
          ids,
          `${who} under ${userAccess}`,
        );
      }
      assert.equal(await codeOf(rest.post("/data/Users/find", {}, "dead")), 3064);
    }
  });

  test("[US-TABLE-3] where compares columns of every type with what has the same type", async () => {
    const { serverCode } = await populate([
      { given: { plan: "pro", age: 7, ratio: 1.5, isNew: true, name: "O'Hara", tag: "true", data: { a: 1 } } },
      { given: { plan: "free", age: 8, ratio: 1e21, isNew: false, name: 'a "b" \\ \n ä 🐈', tag: "7", data: [1] } },
      { given: { plan: "pro", age: -3, ratio: 1e-7, tag: "null", data: "x" }, status: "disabled", locale: "de" },
    ]);
    const [first] = await find(serverCode, {});
    const cases: [string, string][] = [
      ["plan = 'pro'", "02"],
      ["plan='pro'and age=7", "0"],
      ["  plan = 'pro'  AND  age = -3 ", "2"],
      ["plan = 'PRO'", ""],
      ["age = 7.0", "0"],
      ["age = '7'", ""],
      ["tag = '7'", "1"],
      ["tag = 7", ""],
      ["tag = 'true'", "0"],
      ["tag = true", ""],
      ["tag = 'null'", "2"],
      ["ratio = 1.5", "0"],
      ["ratio = 1e21", "1"],
      ["ratio = 0.0000001", "2"],
      ["isNew = true", "0"],
      ["isNew = FALSE", "1"],
      ["isNew = null", "2"],
      ["isNew = 1", ""],
      ["data = 'x'", "2"],
      ["data = 1", ""],
      ["name = 'O''Hara'", "0"],
      [`name = 'a "b" \\ \n ä 🐈'`, "1"],
      ["name = null", "2"],
      ["email = 'user1@example.com'", "1"],
      ["email = 5", ""],
      ["email = null", ""],
      [`objectId = '${String(first?.["objectId"])}'`, "0"],
      [`ownerId = '${String(first?.["objectId"])}'`, "0"],
      ["userStatus = 'DISABLED'", "2"],
      ["userStatus = 'ENABLED'", "01"],
      ["userStatus = 'disabled'", ""],
      ["userStatus = true", ""],
      ["blUserLocale = 'de'", "2"],
      ["blUserLocale = null", "01"],
      ["created = 2", "1"],
      ["created = '2'", ""],
      ["lastLogin = null", "012"],
      ["plan = 'x'' or 1 = 1 --'", ""],
    ];
    for (const [where, expected] of cases) assert.equal(await found(serverCode, { where }), expected, where);
  });

  test("[US-TABLE-3] sortBy, pageSize and offset", async () => {
    const { serverCode } = await populate([
      { given: { plan: "b", age: 10 } },
      { given: { plan: "a", age: 9 } },
      { given: { plan: "a", age: null } },
      { given: { plan: "c", age: 1.5 } },
    ]);
    const cases: [object, string][] = [
      [{}, "0123"],
      [{ sortBy: "created desc" }, "3210"],
      [{ sortBy: "age" }, "2310"],
      [{ sortBy: "age DESC" }, "0132"],
      [{ sortBy: "plan asc, age desc" }, "1203"],
      [{ sortBy: ["plan desc", "created desc"] }, "3021"],
      [{ sortBy: "email desc", pageSize: 2 }, "32"],
      [{ sortBy: "email desc", pageSize: 2, offset: 2 }, "10"],
      [{ offset: 4 }, ""],
      [{ pageSize: "2", offset: "1" }, "12"],
      [{ distinct: false, where: "", sortBy: [], props: null, excludeProps: "", having: "", groupBy: [""] }, "0123"],
    ];
    for (const [query, expected] of cases)
      assert.equal(await found(serverCode, query), expected, JSON.stringify(query));

    const { product, serverCode: many } = await open();
    await Promise.all(Array.from({ length: 12 }, (_, index) => addAccount(server, product, { login: `user${index}` })));
    assert.equal((await find(many, {})).length, 10);
    assert.equal((await find(many, { pageSize: 100 })).length, 12);
  });

  test("[US-TABLE-3] props and excludeProps say what is shown, besides class and id", async () => {
    const { serverCode } = await populate([{ given: { plan: "pro", age: 7 } }]);
    const shown = async (query: object) => Object.keys((await find(serverCode, query))[0] ?? {}).sort();
    const all = await shown({});
    assert.deepEqual(await shown({ props: "plan" }), ["___class", "objectId", "plan"]);
    assert.deepEqual(await shown({ props: ["plan", " age "] }), ["___class", "age", "objectId", "plan"]);
    assert.deepEqual(await shown({ props: "*" }), all);
    assert.deepEqual(
      await shown({ excludeProps: "plan,objectId,age" }),
      all.filter((name) => name !== "plan" && name !== "age"),
    );
    assert.deepEqual(await shown({ props: "plan,age", excludeProps: ["age"] }), ["___class", "objectId", "plan"]);
    assert.deepEqual(await shown({ props: "password" }), ["___class", "objectId"]);
  });

  test("[US-TABLE-4] [US-TABLE-5] what a query does not have answers 2004 and is named", async () => {
    const { serverCode, rest } = await populate([{ given: { plan: "pro" } }]);
    const where = [
      "plan",
      "plan =",
      "plan = pro",
      "plan == 'pro'",
      "plan > 'a'",
      "plan != 'a'",
      "plan like 'a%'",
      "plan is null",
      "plan = 'a' or plan = 'b'",
      "plan = 'a' and",
      "and plan = 'a'",
      "(plan = 'a')",
      "plan = 'a",
      'plan = "a"',
      "'a' = plan",
      "plan = 'a';",
      "plan = 1e999",
      "plan = constructor",
      "unknown = 1",
      "toString = 1",
      "password = 'x'",
      "plan = 'pro' and password = null",
      "socialAccount = 'BACKENDLESS'",
      `plan = '${"x".repeat(2_000)}'`,
      "plan = 'a\u0000'",
      7,
      ["plan = 'a'", "plan = 'b'"],
      { plan: 1 },
    ];
    const cases: [string, unknown][] = [
      ...where.map((value): [string, unknown] => ["where", value]),
      ...["password", "unknown", "plan up", "plan asc desc", "plan;", 7].map((by): [string, unknown] => ["sortBy", by]),
      ["sortBy", Array.from({ length: 11 }, () => "plan")],
      ...[0, 101, -1, 1.5, "x", true, [1, 2]].map((size): [string, unknown] => ["pageSize", size]),
      ...[-1, 1.5, "x", 1_000_001, {}].map((offset): [string, unknown] => ["offset", offset]),
      ["props", 7],
      ["excludeProps", [7]],
      ["distinct", true],
      ["having", "x"],
      ["groupBy", ["plan"]],
      ["loadRelations", "*"],
      ["relationsDepth", 1],
      ["property", "plan"],
    ];
    for (const [name, value] of cases) {
      const { status, fields } = await serverCode.post("/data/Users/find", { [name]: value });
      const message = `The query cannot be understood: ${name}`;
      assert.deepEqual([status, fields["code"], fields["message"]], [400, 2004, message], JSON.stringify(value));
      assert.equal(await codeOf(rest.post("/data/Users/find", { [name]: value })), 2004);
    }
    for (const body of ["[]", "{", "1"]) assert.equal(await codeOf(serverCode.post("/data/Users/find", body)), 2004);
  });

  test("[US-TABLE-6] PUT without an objectId is a registration, with all its codes and without a session", async () => {
    const { product, rest } = await open({ passwordMinLength: 5 });
    const put = (body: object, token?: string) =>
      rest.request("PUT", "/data/Users", { body, ...(token !== undefined && { token }) });
    const account = { email: "ann@example.com", password: userPassword };
    const { status, fields } = await put({ ...account, objectId: null, plan: "pro" });
    assert.deepEqual(
      [status, fields["email"], fields["plan"], "user-token" in fields],
      [200, account.email, "pro", false],
    );
    const token = await rest.login(account.email);
    const cases: [object, unknown][] = [
      [account, 3033],
      [{ ...account, email: "x" }, 3040],
      [{ ...account, password: "x" }, 40_001],
      [{ password: userPassword }, 3013],
      [{ email: "bob@example.com" }, 3011],
      [{ ...account, objectId: 7 }, 3039],
      [{ ...account, email: "bob@example.com" }, "ok"],
    ];
    for (const [body, code] of cases) assert.equal(await codeOf(put(body, token)), code, JSON.stringify(body));
    const { accounts } = await must(server.console, "listAccounts", { applicationId: product.id });
    assert.equal(accounts.length, 2);
  });

  test("[US-TABLE-6] PUT with an objectId is an update, with the rules and codes of one", async () => {
    const { product, rest, serverCode } = await open();
    const { id } = await addAccount(server, product, { email: "ann@example.com" });
    await addAccount(server, product, { email: "bob@example.com" });
    const token = await rest.login("ann@example.com");
    const put = (path: string, body: object, given?: string) =>
      codeOf(rest.request("PUT", path, { body, ...(given !== undefined && { token: given }) }));
    for (const path of ["/data/Users", `/data/Users/${id}`]) {
      const objectId = id;
      assert.equal(await put(path, { objectId, plan: "pro" }, token), "ok");
      assert.equal(await put(path, { objectId, plan: "pro" }), 3028);
      assert.equal(await put(path, { objectId, email: "bob@example.com" }, token), 3018);
      assert.equal(await put(path, { objectId, password: null }, token), 3045);
      assert.equal(await put(path, { objectId, plan: "pro" }, "dead"), 3064);
    }
    assert.equal(await put("/data/Users", { objectId: unknownId, plan: "pro" }, token), 3029);
    const unknown = serverCode.request("PUT", "/data/Users", { body: { objectId: unknownId, plan: "pro" } });
    assert.equal(await codeOf(unknown), 3030);
  });

  test("[US-TABLE-7] [US-SESS-12] DELETE removes the account and its sessions for its user and for server code", async () => {
    const { product, rest, serverCode } = await open({ accountQuota: 2 });
    const ann = await rest.register("ann@example.com");
    const bob = await rest.register("bob@example.com");
    const [token, bobsToken] = [await rest.login("ann@example.com"), await rest.login("bob@example.com")];
    const remove = (peer: RestPeer, id: string, given?: string) =>
      peer.request("DELETE", `/data/Users/${id}`, given === undefined ? {} : { token: given });
    for (const [given, id, code] of [
      [undefined, ann, 3095],
      [bobsToken, ann, 3095],
      [bobsToken, unknownId, 3095],
      ["dead", ann, 3064],
    ] as const) {
      assert.equal(await codeOf(remove(rest, id, given)), code);
    }
    assert.equal(await codeOf(remove(serverCode, unknownId)), 3057);
    const foreign = await addAccount(server, (await open()).product, { email: "ann@example.com" });
    assert.equal(await codeOf(remove(serverCode, foreign.id)), 3057);

    const answers = await Promise.all([remove(rest, ann, token), remove(rest, ann, token)]);
    assert.deepEqual(answers.map(({ status, fields }) => (status === 200 ? fields : fields["code"])).toSorted(), [
      3064,
      { deletionTime: clock.now() },
    ]);
    assert.equal(await codeOf(rest.get("/info", token)), 3064);
    assert.equal(await codeOf(rest.post("/users/login", { login: "ann@example.com", password: userPassword })), 3003);
    assert.equal(await codeOf(remove(serverCode, bob)), "ok");
    assert.equal(await rest.isLive(bobsToken), false);
    // Their identities and their places under the quota are free.
    for (const name of ["ann", "bob"]) await rest.register(`${name}@example.com`);
    assert.equal(await rest.isLive(token), false);
    assert.equal((await must(server.console, "listAccounts", { applicationId: product.id })).accounts.length, 2);
  });

  test("[US-TABLE-8] every other path of the data service answers 40400", async () => {
    const { product, serverCode } = await open();
    const { id } = await addAccount(server, product, { email: "ann@example.com" });
    const cases: [string, string][] = [
      ["GET", "/data/Users"],
      ["POST", "/data/Users"],
      ["DELETE", "/data/Users"],
      ["POST", `/data/Users/${id}`],
      ["GET", `/data/Users/${id}/friends`],
      ["POST", "/data/Users/count"],
      ["POST", "/data/bulk/Users"],
      ["PUT", "/data/Users/upsert/x"],
      ["POST", "/data/Person/find"],
      ["PUT", "/data/Person"],
      ["POST", "/messaging/x"],
      ["GET", "/counters/x"],
      ["GET", "/cache/x"],
      ["PUT", "/log"],
      ["POST", "/services/x/y"],
    ];
    for (const [method, path] of cases) {
      assert.equal((await serverCode.request(method, path)).fields["code"], 40_400, `${method} ${path}`);
    }
  });
});
