import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ApplicationSettings, InputOf } from "@latchkey/protocol";
import {
  addAccount,
  changeSettings,
  ManualClock,
  must,
  newApplication,
  onEachDatabase,
  type Product,
  type RestAnswer,
  RestPeer,
  startTestServer,
  type TestServer,
  userPassword,
} from "@latchkey/testkit";

type Fields = Readonly<Record<string, unknown>>;
type Column = Omit<InputOf<"setColumn">, "applicationId">;

const longText = "x".repeat(501);

onEachDatabase("columns", (newDatabase) => {
  let server: TestServer;
  let emails = 0;
  before(async () => {
    const settings = { ...(await newDatabase()), registrationsPerAddress: "1000000" };
    server = await startTestServer({ clock: new ManualClock(), settings });
  });
  after(() => server[Symbol.asyncDispose]());

  async function open(settings: Partial<ApplicationSettings> = {}) {
    const product = await newApplication(server.console, { registrationsPerAddressPerDay: null, ...settings });
    return { product, rest: RestPeer.of(server, product), serverCode: RestPeer.of(server, product, "BL") };
  }

  function register(rest: RestPeer, fields: Fields): Promise<RestAnswer> {
    return rest.post("/users/register", { email: `user${++emails}@example.com`, password: userPassword, ...fields });
  }

  async function codeOf(answer: Promise<RestAnswer>): Promise<unknown> {
    const { status, fields } = await answer;
    return status === 200 ? "ok" : fields["code"];
  }

  function setColumn({ id }: Product, column: Partial<Column> & Pick<Column, "name" | "type">) {
    return must(server.console, "setColumn", {
      applicationId: id,
      required: false,
      unique: false,
      defaultValue: null,
      ...column,
    });
  }

  /** The created columns and their types, as the operator sees them. */
  async function typesOf({ id }: Product): Promise<Record<string, string>> {
    const { columns } = await must(server.console, "listColumns", { applicationId: id });
    return Object.fromEntries(columns.map(({ name, type }) => [name, type]));
  }

  test("[US-DATA-9] the first value that is not null decides the type of a new column", async () => {
    const { product, rest } = await open();
    const values: [string, unknown, string][] = [
      ["yes", false, "BOOLEAN"],
      ["smallest", -(2 ** 31), "INT"],
      ["largest", 2 ** 31 - 1, "INT"],
      ["long", 2 ** 31, "DOUBLE"],
      ["part", 0.5, "DOUBLE"],
      ["empty", "", "STRING"],
      ["short", "🐈".repeat(500), "STRING"],
      ["text", "🐈".repeat(501), "TEXT"],
      ["list", [1, "a", null], "JSON"],
      ["object", { a: { b: [] } }, "JSON"],
    ];
    const nulls = Object.fromEntries(values.map(([name]) => [name, null]));
    assert.equal(await codeOf(register(rest, nulls)), "ok");
    assert.deepEqual(await typesOf(product), {});
    const given = Object.fromEntries(values.map(([name, value]) => [name, value]));
    const { fields } = await register(rest, given);
    assert.deepEqual(Object.fromEntries(values.map(([name]) => [name, fields[name]])), given);
    assert.deepEqual(await typesOf(product), Object.fromEntries(values.map(([name, , type]) => [name, type])));
  });

  test("[US-DATA-9] every account shows every column, with null where it has no value", async () => {
    const { product, rest } = await open();
    const first = await rest.register("first@example.com");
    const token = await rest.login("first@example.com");
    const { fields } = await register(rest, { plan: "pro" });
    assert.equal(fields["plan"], "pro");
    for (const path of [`/users/${first}`, `/data/Users/${first}`]) {
      const shown = await rest.get(path, token);
      assert.ok("plan" in shown.fields);
      assert.equal(shown.fields["plan"], null);
    }
    const again = await rest.post("/users/login", { login: "first@example.com", password: userPassword });
    assert.equal(again.fields["plan"], null);
    await must(server.console, "deleteColumn", { applicationId: product.id, name: "plan" });
    assert.equal("plan" in (await rest.get(`/users/${first}`, again.fields["user-token"] as string)).fields, false);
  });

  test("[US-DATA-9] with dynamicSchema off unknown properties are dropped without an error, whatever their names", async () => {
    const { product, rest } = await open({ dynamicSchema: false });
    await setColumn(product, { name: "plan", type: "STRING" });
    const { status, fields } = await register(rest, { plan: "pro", other: 1, "no name": 2, name: "Ann" });
    assert.deepEqual([status, fields["plan"], fields["name"]], [200, "pro", "Ann"]);
    assert.equal("other" in fields || "no name" in fields, false);
    assert.deepEqual(await typesOf(product), { plan: "STRING" });
  });

  test("[US-DATA-6] the name of a new column is a word that no object brings along", async () => {
    const { product, rest } = await open();
    const bad = ["1st", "a-b", "a b", "ä", "", "a.b", "constructor", "prototype", "x".repeat(65)];
    for (const name of bad) assert.equal(await codeOf(register(rest, { [name]: 1 })), 3016, name);
    const good = ["_a", "A1", "x".repeat(64), "toString", "valueOf", "hasOwnProperty"];
    const given = Object.fromEntries(good.map((name) => [name, 1]));
    const { status, fields } = await register(rest, given);
    assert.equal(status, 200);
    assert.deepEqual(Object.fromEntries(good.map((name) => [name, fields[name]])), given);
    assert.deepEqual(Object.keys(await typesOf(product)).sort(), good.sort());
  });

  test("[US-DATA-10] columns grow where a value needs it, and refuse what does not suit", async () => {
    const cases: [Column["type"], unknown, string][] = [
      ["STRING", longText, "TEXT"],
      ["STRING", 7, "3049"],
      ["STRING", true, "3049"],
      ["STRING", {}, "3049"],
      ["TEXT", "x", "TEXT"],
      ["TEXT", 7, "3049"],
      ["INT", 2 ** 40, "DOUBLE"],
      ["INT", 1.5, "DOUBLE"],
      ["INT", "1", "3049"],
      ["INT", true, "3049"],
      ["DOUBLE", 1, "DOUBLE"],
      ["DOUBLE", "1", "3049"],
      ["BOOLEAN", false, "BOOLEAN"],
      ["BOOLEAN", 0, "3049"],
      ["BOOLEAN", "true", "3049"],
      ["DATETIME", 1_760_000_000_000, "DATETIME"],
      ["DATETIME", -1, "DATETIME"],
      ["DATETIME", 1.5, "3049"],
      ["DATETIME", 8.65e15, "3049"],
      ["DATETIME", "2026-01-01", "3049"],
      ["JSON", "x", "JSON"],
      ["JSON", 1, "JSON"],
      ["JSON", [{}], "JSON"],
    ];
    for (const settings of [{}, { dynamicSchema: false }]) {
      const { product, rest } = await open(settings);
      for (const [index, [type, value, expected]] of cases.entries()) {
        const name = `c${index}`;
        await setColumn(product, { name, type });
        const code = await codeOf(register(rest, { [name]: value }));
        const title = `${JSON.stringify(value).slice(0, 20)} in ${type}`;
        assert.equal(code === "ok" ? (await typesOf(product))[name] : String(code), expected, title);
        if (code === "ok") continue;
        assert.equal((await typesOf(product))[name], type, title);
      }
    }
  });

  test("[US-DATA-10] name is a text of any length and nothing else", async () => {
    const { rest } = await open();
    assert.equal(await codeOf(register(rest, { name: longText })), "ok");
    for (const name of [7, true, {}, []]) assert.equal(await codeOf(register(rest, { name })), 3049);
  });

  test("[US-DATA-14] a column that a client key created turns into JSON, one of server code or the operator does not", async () => {
    const { product, rest, serverCode } = await open();
    await register(rest, { byClient: 1 });
    await register(serverCode, { byServer: 1 });
    await setColumn(product, { name: "byOperator", type: "INT" });
    for (const peer of [rest, serverCode]) {
      assert.equal(await codeOf(register(peer, { byServer: "x" })), 3049);
      assert.equal(await codeOf(register(peer, { byOperator: "x" })), 3049);
    }
    const { status, fields } = await register(serverCode, { byClient: "x" });
    assert.deepEqual([status, fields["byClient"]], [200, "x"]);
    assert.deepEqual(await typesOf(product), { byClient: "JSON", byServer: "INT", byOperator: "INT" });
  });

  test("[US-DATA-14] the operator freezes a schema: nothing is widened to JSON any more", async () => {
    const { product, rest } = await open();
    await register(rest, { level: 1, rank: 1 });
    await changeSettings(server, product, { dynamicSchema: false });
    assert.equal(await codeOf(register(rest, { level: "x" })), 3049);
    await changeSettings(server, product, { dynamicSchema: true });
    await setColumn(product, { name: "rank", type: "INT" });
    assert.equal(await codeOf(register(rest, { rank: "x" })), 3049);
    assert.equal(await codeOf(register(rest, { level: "x" })), "ok");
  });

  test("[US-DATA-11] an application has 64 created columns at most; a refused one leaves nothing behind", async () => {
    const { product, rest, serverCode } = await open();
    const columns = (from: number, to: number) =>
      Object.fromEntries(Array.from({ length: to - from }, (_, index) => [`c${from + index}`, 1]));
    assert.equal(await codeOf(register(rest, columns(0, 65))), 3010);
    assert.deepEqual(await typesOf(product), {});
    assert.equal(await codeOf(register(rest, columns(0, 63))), "ok");
    assert.equal(await codeOf(register(rest, columns(63, 65))), 3010);
    assert.equal(await codeOf(register(rest, columns(0, 64))), "ok");
    assert.equal(await codeOf(register(rest, columns(0, 65))), 3010);
    assert.equal(await codeOf(register(rest, columns(0, 64))), "ok");
    const id = await rest.register("one@example.com");
    assert.equal(await codeOf(serverCode.request("PUT", `/users/${id}`, { body: columns(64, 65) })), 3031);
    assert.equal(Object.keys(await typesOf(product)).length, 64);
    const outcome = await server.console.call("setColumn", {
      applicationId: product.id,
      name: "more",
      type: "INT",
      required: false,
      unique: false,
      defaultValue: null,
    });
    assert.deepEqual(outcome, { ok: false, refusal: "tooManyColumns" });
  });

  test("[US-DATA-9] [US-DATA-14] registrations in parallel that create one column agree on it", async () => {
    const { product, rest } = await open();
    const values = [1, "x", true, 1.5, { a: 1 }, longText];
    const answers = await Promise.all(values.map((mixed) => register(rest, { mixed, [`own${typeof mixed}`]: 1 })));
    assert.deepEqual(
      answers.map(({ status, fields }) => [status, fields["mixed"]]),
      values.map((value) => [200, value]),
    );
    assert.equal((await typesOf(product))["mixed"], "JSON");

    const { product: strict, serverCode } = await open();
    const codes = await Promise.all(values.map((mixed) => codeOf(register(serverCode, { mixed }))));
    const type = (await typesOf(strict))["mixed"];
    const suited = values.filter((_, index) => codes[index] === "ok");
    assert.ok(suited.length >= 1 && codes.every((code) => code === "ok" || code === 3049), `${type}: ${codes.join()}`);
    if (type === "BOOLEAN" || type === "JSON") return;
    assert.ok(suited.every((value) => typeof value === typeof suited[0]));
  });

  test("[US-DATA-11] registrations in parallel cannot pass the number of columns", async () => {
    const { product, rest } = await open();
    await register(rest, Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`c${index}`, 1])));
    const codes = await Promise.all(
      Array.from({ length: 8 }, (_, index) => codeOf(register(rest, { [`d${index}`]: index }))),
    );
    assert.deepEqual(
      [codes.filter((code) => code === "ok").length, codes.filter((code) => code === 3010).length],
      [4, 4],
    );
    assert.equal(Object.keys(await typesOf(product)).length, 64);
  });

  test("a new account has the default of a column that it does not give, at every door", async () => {
    const { product, rest, serverCode } = await open();
    await setColumn(product, { name: "plan", type: "STRING", required: true, defaultValue: "free" });
    await setColumn(product, { name: "credits", type: "INT", defaultValue: 5 });
    const cases: [Fields, unknown[]][] = [
      [{}, [200, "free", 5]],
      [{ plan: "pro", credits: 0 }, [200, "pro", 0]],
      [{ credits: null }, [200, "free", null]],
    ];
    for (const [given, expected] of cases) {
      const { status, fields } = await register(rest, given);
      assert.deepEqual([status, fields["plan"], fields["credits"]], expected);
    }
    assert.equal(await codeOf(register(rest, { plan: null })), 3041);
    const { account } = await must(server.console, "addAccount", {
      applicationId: product.id,
      credentialsType: 0,
      identity: "bob.builder",
      password: userPassword,
    });
    const shown = await serverCode.get(`/users/${account.id}`);
    assert.deepEqual([shown.fields["plan"], shown.fields["credits"]], ["free", 5]);
  });

  test("[US-REG-7] of registrations in parallel with one value of a unique column, one creates the account", async () => {
    const { product, rest, serverCode } = await open();
    await setColumn(product, { name: "badge", type: "INT", unique: true });
    const codes = await Promise.all([7, 7, 7, 7].map((badge) => codeOf(register(rest, { badge }))));
    assert.deepEqual(codes.sort(), [3033, 3033, 3033, "ok"]);
    for (const badge of [null, null, 8]) assert.equal(await codeOf(register(rest, { badge })), "ok");

    const [one, other] = [await rest.register("one@example.com"), await rest.register("other@example.com")];
    const update = (id: string, body: object) => codeOf(serverCode.request("PUT", `/users/${id}`, { body }));
    assert.deepEqual((await Promise.all([one, other].map((id) => update(id, { badge: 9 })))).sort(), [3018, "ok"]);
    assert.equal(await update(one, { badge: 10 }), "ok");
    assert.equal(await update(one, { badge: 10 }), "ok");
    assert.equal(await update(other, { badge: 10 }), 3018);
    assert.equal(await update(one, { badge: null }), "ok");
    assert.equal(await update(other, { badge: 10 }), "ok");
    await serverCode.request("DELETE", `/data/Users/${other}`);
    assert.equal(await update(one, { badge: 10 }), "ok");
  });

  test("the operator makes a column unique or gives it another type only as its values allow", async () => {
    const { product, rest } = await open();
    await register(rest, { badge: "a", size: 1 });
    await register(rest, { badge: "a", size: 2 });
    const set = (column: Partial<Column>) =>
      server.console.call("setColumn", {
        applicationId: product.id,
        name: "badge",
        type: "STRING",
        required: false,
        unique: false,
        defaultValue: null,
        ...column,
      });
    const unsuited = { ok: false, refusal: "columnValuesUnsuited" };
    assert.deepEqual(await set({ unique: true }), unsuited);
    assert.deepEqual(await set({ type: "INT" }), unsuited);
    assert.equal((await set({ name: "size", unique: true })).ok, false);
    assert.equal((await set({ name: "size", type: "INT", unique: true })).ok, true);
    assert.equal(await codeOf(register(rest, { size: 2 })), 3033);
    assert.equal((await set({ name: "size", type: "DOUBLE" })).ok, true);
    assert.equal(await codeOf(register(rest, { size: 2 })), "ok");
    assert.deepEqual(await set({ name: "email" }), { ok: false, refusal: "columnNameInvalid" });
    assert.deepEqual(await set({ name: "a-b" }), { ok: false, refusal: "columnNameInvalid" });
    for (const column of [{ defaultValue: 7 }, { defaultValue: "x", unique: true }, { defaultValue: longText }]) {
      assert.deepEqual(await set({ name: "new", ...column }), { ok: false, refusal: "columnDefaultInvalid" });
    }
    assert.deepEqual(await typesOf(product), { badge: "STRING", size: "DOUBLE" });
  });

  test("a deleted column takes its values along", async () => {
    const { product, rest } = await open();
    const id = await rest.register("ann@example.com", { plan: "pro", other: { plan: 1 } });
    await must(server.console, "deleteColumn", { applicationId: product.id, name: "plan" });
    await setColumn(product, { name: "plan", type: "INT", unique: true });
    const { fields } = await RestPeer.of(server, product, "BL").get(`/users/${id}`);
    assert.deepEqual([fields["plan"], fields["other"]], [null, { plan: 1 }]);
    const outcome = await server.console.call("deleteColumn", { applicationId: product.id, name: "unknown" });
    assert.deepEqual(outcome, { ok: false, refusal: "columnNotFound" });
  });

  test("[US-DATA-13] userclassprops names the fixed columns, the identity column and the created ones", async () => {
    const { product, rest } = await open({ identityColumn: "nickname" });
    await setColumn(product, { name: "plan", type: "STRING", required: true, defaultValue: "free" });
    await setColumn(product, { name: "data", type: "JSON" });
    const item = (name: string, type: string, changes: object = {}) => ({
      name,
      required: false,
      type,
      defaultValue: null,
      relatedTable: null,
      identity: false,
      customRegex: null,
      autoLoad: false,
      isPrimaryKey: false,
      ...changes,
    });
    const { status, body } = await rest.get("/users/userclassprops");
    assert.equal(status, 200);
    assert.deepEqual(body, [
      item("objectId", "STRING_ID", { isPrimaryKey: true }),
      item("ownerId", "STRING"),
      item("email", "STRING"),
      item("password", "STRING", { required: true }),
      item("name", "STRING"),
      item("userStatus", "STRING"),
      item("socialAccount", "STRING"),
      item("blUserLocale", "STRING"),
      item("created", "DATETIME"),
      item("updated", "DATETIME"),
      item("lastLogin", "DATETIME"),
      item("oAuthIdentities", "JSON"),
      item("nickname", "STRING", { required: true, identity: true }),
      item("data", "JSON"),
      item("plan", "STRING", { required: true, defaultValue: "free" }),
    ]);
    await changeSettings(server, product, { identityColumn: "email" });
    const items = (await rest.get("/users/userclassprops")).body as { name: string }[];
    assert.deepEqual(items[2], item("email", "STRING", { required: true, identity: true }));
    assert.equal(items.length, 14);
    assert.equal((await rest.get("/users/userclassprops", "dead")).fields["code"], 3064);
  });

  test("[US-SEC-13] a column is its application's alone", async () => {
    const [ours, theirs] = [await open(), await open()];
    await register(ours.rest, { plan: "pro" });
    const { fields } = await register(theirs.rest, {});
    assert.equal("plan" in fields, false);
    await addAccount(server, theirs.product, { login: "x" });
    assert.deepEqual(await typesOf(theirs.product), {});
  });

  test("[US-REG-3] text that cannot be stored answers 2004, wherever it is", async () => {
    const { rest } = await open();
    for (const text of ["\\u0000", "\\ud800"]) {
      for (const members of [
        `"plan":"${text}"`,
        `"plan":{"a":["${text}"]}`,
        `"plan":{"${text}":1}`,
        `"blUserLocale":"x${text}"`,
      ]) {
        const json = `{"email":"ann@example.com","password":"${userPassword}",${members}}`;
        assert.equal((await rest.post("/users/register", json)).fields["code"], 2004, json);
      }
    }
  });
});
