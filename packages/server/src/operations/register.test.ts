import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, suite, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import {
  addAccount,
  type Cause,
  changeSettings,
  judge,
  ManualClock,
  must,
  newApplication,
  newLicense,
  onEachDatabase,
  type Product,
  type RestAnswer,
  RestPeer,
  startTestServer,
  type TestServer,
  userPassword,
} from "@latchkey/testkit";
import type { ApplicationId } from "#storage/tables.ts";

const email = "ann@example.com";
const dayMs = 86_400_000;
const uuid = /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/;

type Fields = Readonly<Record<string, unknown>>;

function register(rest: RestPeer, fields: Fields, from?: string): Promise<RestAnswer> {
  const body = { email, password: userPassword, ...fields };
  return rest.request("POST", "/users/register", { body, ...(from && { headers: { "x-forwarded-for": from } }) });
}

async function codeOf(answer: Promise<RestAnswer>): Promise<unknown> {
  const { status, fields } = await answer;
  return status === 200 ? "ok" : fields["code"];
}

onEachDatabase("register", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    const settings = { ...(await newDatabase()), trustedProxies: "127.0.0.1" };
    server = await startTestServer({ clock, settings });
  });
  after(() => server[Symbol.asyncDispose]());

  async function open(settings: Partial<ApplicationSettings> = {}, kind: "JS" | "BL" = "JS") {
    const product = await newApplication(server.console, settings);
    return { product, rest: RestPeer.of(server, product, kind) };
  }

  async function accountsOf({ id }: Product) {
    return (await must(server.console, "listAccounts", { applicationId: id })).accounts;
  }

  test("[US-REG-1] [US-DATA-1] [US-DATA-2] [US-DATA-3] [US-DATA-4] the answer is the new user and opens no session", async () => {
    const { rest } = await open();
    const { status, body, fields } = await register(rest, { email: " Ann@Example.com ", name: "Ann", plan: "pro" });
    assert.equal(status, 200);
    assert.match(String(fields["objectId"]), uuid);
    assert.deepEqual(body, {
      ___class: "Users",
      objectId: fields["objectId"],
      ownerId: fields["objectId"],
      email: "Ann@Example.com",
      name: "Ann",
      plan: "pro",
      blUserLocale: null,
      userStatus: "ENABLED",
      socialAccount: "BACKENDLESS",
      oAuthIdentities: null,
      created: clock.now(),
      updated: null,
      lastLogin: null,
    });
    const sessions = await server.db.selectFrom("session").selectAll().where("door", "=", "user-service").execute();
    assert.deepEqual(sessions, []);
  });

  test("[US-REG-1] the account can log in with what it registered", async () => {
    const { rest } = await open();
    const id = await rest.register(email);
    const { status, fields } = await rest.post("/users/login", { login: "ANN@example.com", password: userPassword });
    assert.deepEqual([status, fields["objectId"]], [200, id]);
  });

  test("[US-REG-2] while registration is off each one answers 3009 under HTTP 403, with every key", async () => {
    const { product, rest } = await open({ userRegistrationEnabled: false });
    for (const peer of [rest, RestPeer.of(server, product, "BL")]) {
      const { status, fields } = await register(peer, {});
      assert.deepEqual([status, fields["code"], fields["errorData"]], [403, 3009, {}]);
    }
    assert.deepEqual(await accountsOf(product), []);
    await changeSettings(server, product, { userRegistrationEnabled: true });
    assert.equal(await codeOf(register(rest, {})), "ok");
  });

  test("[US-REG-7] of registrations in parallel with one identity, one creates the account and the others answer 3033", async () => {
    const { product, rest } = await open();
    const spellings = [email, "ANN@example.com", " ann@Example.com", email, email];
    const codes = await Promise.all(spellings.map((spelling) => codeOf(register(rest, { email: spelling }))));
    assert.deepEqual(codes.sort(), [3033, 3033, 3033, 3033, "ok"]);
    assert.equal((await accountsOf(product)).length, 1);
  });

  test("[US-REG-11] an application whose accounts need a license answers 3009 and says so", async () => {
    const { product, rest } = await open({ licenseRequired: true });
    await newLicense(server.console, product);
    const { status, fields } = await register(rest, {});
    assert.deepEqual([status, fields["code"], fields["errorData"]], [403, 3009, { reason: "licenseRequired" }]);
    assert.deepEqual(await accountsOf(product), []);
  });

  test("[US-REG-11] a used-up account quota answers 3009 and says so, and refused ones use nothing up", async () => {
    const { product, rest } = await open({ accountQuota: 2 });
    assert.equal(await codeOf(register(rest, {})), "ok");
    assert.equal(await codeOf(register(rest, {})), 3033);
    assert.equal(await codeOf(register(rest, { email: "bob@example.com" })), "ok");
    const { status, fields } = await register(rest, { email: "eve@example.com" });
    assert.deepEqual([status, fields["code"], fields["errorData"]], [403, 3009, { reason: "accountQuota" }]);
    assert.equal((await accountsOf(product)).length, 2);
  });

  test("[US-REG-11] [US-SEC-5] beyond the registrations of an address and day the answer is 42900 with the time to wait", async () => {
    const { product, rest } = await open({ registrationsPerAddressPerDay: 2 });
    const one = "203.0.113.1";
    assert.equal(await codeOf(register(rest, { email: "a@example.com" }, one)), "ok");
    assert.equal(await codeOf(register(rest, { email: "a@example.com" }, one)), 3033);
    await clock.advance(1_500);
    assert.equal(await codeOf(register(rest, { email: "b@example.com" }, one)), "ok");

    const { status, headers, fields } = await register(rest, { email: "c@example.com" }, one);
    // A day after the first one, which is 1.5 s ago: rounded up.
    const retryAfter = 86_399;
    assert.deepEqual([status, fields["code"], fields["errorData"]], [429, 42_900, { retryAfter }]);
    assert.equal(headers["retry-after"], `${retryAfter}`);
    assert.equal(await codeOf(register(rest, { email: "c@example.com" }, "203.0.113.2")), "ok");
    const serverCode = RestPeer.of(server, product, "BL");
    assert.equal(await codeOf(register(serverCode, { email: "d@example.com" }, one)), "ok");

    const created = clock.now() - dayMs;
    await server.db.updateTable("account").set({ createdAt: created }).where("email", "=", "a@example.com").execute();
    assert.equal(await codeOf(register(rest, { email: "e@example.com" }, one)), "ok");
    assert.equal(await codeOf(register(rest, { email: "f@example.com" }, one)), 42_900);
  });

  test("[US-REG-11] registrations in parallel cannot pass the limit of an address or the account quota", async () => {
    const emails = Array.from({ length: 5 }, (_, index) => `user${index}@example.com`);
    for (const settings of [{ registrationsPerAddressPerDay: 2 }, { accountQuota: 2 }]) {
      const { product, rest } = await open(settings);
      const codes = await Promise.all(emails.map((address) => codeOf(register(rest, { email: address }))));
      assert.equal(codes.filter((code) => code === "ok").length, 2);
      assert.equal((await accountsOf(product)).length, 2);
    }
  });
});

suite("what is registered", () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock: new ManualClock() });
  });
  after(() => server[Symbol.asyncDispose]());

  async function open(settings: Partial<ApplicationSettings> = {}): Promise<RestPeer> {
    return RestPeer.of(server, await newApplication(server.console, settings));
  }

  interface Around {
    readonly settings: Partial<ApplicationSettings>;
    readonly body: Record<string, unknown>;
  }
  const causes: readonly Cause<Around>[] = [
    [3009, { settings: { userRegistrationEnabled: false } }],
    [3039, { body: { objectId: "5B1C2A60-0D8E-4A53-9C7B-1F6E2D3C4B5A" } }],
    [3011, { body: { password: undefined } }],
    [3011, { body: { password: null } }],
    [3011, { body: { password: "" } }],
    [3050, { body: { password: 12_345 } }],
    [3050, { body: { password: ["correct horse"] } }],
    [3013, { body: { login: undefined } }],
    [3041, { body: { login: null } }],
    [3041, { body: { login: "" } }],
    [3041, { body: { login: " \t" } }],
    [3063, { body: { login: "x".repeat(201) } }],
    [3040, { body: { email: "nobody" } }],
    [3040, { body: { email: 7 } }],
    [3012, { body: { must: undefined } }],
    [3041, { body: { must: null } }],
    [3041, { body: { must: "" } }],
    [3016, { body: { "first-name": "Ann" } }],
    [3049, { body: { size: "x" } }],
    [3010, { body: { another: 1 } }],
    [40_001, { body: { password: "abc" } }],
    [3009, { settings: { licenseRequired: true } }],
    [3009, { settings: { accountQuota: 1 } }],
    [3033, { body: { login: "TAKEN" } }],
    [3033, { body: { badge: 7 } }],
  ];

  test("[US-REG-3] of several things that are wrong the first in the order is answered", async () => {
    const { observed, expected } = await judge(causes, async ({ settings, body }) => {
      const product = await newApplication(server.console, { identityColumn: "login", ...settings });
      const taken = await addAccount(server, product, { login: "taken" });
      await fillColumns(product);
      const valueHash = createHash("sha256").update("7").digest("hex");
      const value = { applicationId: taken.applicationId, columnName: "badge", valueHash, accountId: taken.id };
      await server.db.insertInto("uniqueValue").values(value).execute();
      return codeOf(register(RestPeer.of(server, product), { login: "ann", must: "x", ...body }));
    });
    assert.deepEqual(observed, expected);
  });

  /** As many columns as there may be: three that decide something, and others. */
  async function fillColumns({ id }: Product): Promise<void> {
    const plain = {
      applicationId: id as ApplicationId,
      type: "INT",
      presence: "optional",
      repeats: "allowed",
      defaultValue: null,
      createdBy: "operator",
      createdAt: 1,
    } as const;
    const others = Array.from({ length: 61 }, (_, index) => ({ ...plain, name: `column${index}` }));
    await server.db
      .insertInto("accountColumn")
      .values([
        { ...plain, name: "must", type: "STRING", presence: "required" },
        { ...plain, name: "size" },
        { ...plain, name: "badge", repeats: "refused" },
        ...others,
      ])
      .execute();
  }

  test("[US-REG-3] a body that is no object answers 2004, after 3009", async () => {
    const codes = [];
    for (const settings of [{}, { userRegistrationEnabled: false }]) {
      const rest = await open(settings);
      for (const body of ["[]", "null", '"x"', "{"]) codes.push(await codeOf(rest.post("/users/register", body)));
    }
    assert.deepEqual(codes, [2004, 2004, 2004, 2004, 3009, 3009, 3009, 3009]);
  });

  test("[US-REG-3] identities may have 200 characters, counted in code points and without the blanks around", async () => {
    const rest = await open({ identityColumn: "login" });
    assert.equal(await codeOf(register(rest, { email: null, login: ` ${"🐈".repeat(200)} ` })), "ok");
    assert.equal(await codeOf(register(rest, { email: null, login: "🐈".repeat(201) })), 3063);
  });

  test("[US-REG-4] passwords have passwordMinLength to 256 characters", async () => {
    const cases: [Partial<ApplicationSettings>, string, unknown][] = [
      [{}, "abc", 40_001],
      [{}, "🐈🐈🐈", 40_001],
      [{}, "abcd", "ok"],
      [{}, "🐈".repeat(256), "ok"],
      [{}, "x".repeat(257), 40_001],
      [{ passwordMinLength: 10 }, "123456789", 40_001],
      [{ passwordMinLength: 10 }, "1234567890", "ok"],
      [{ passwordMinLength: 1 }, "1", "ok"],
    ];
    for (const [settings, password, expected] of cases) {
      assert.equal(await codeOf(register(await open(settings), { password })), expected, `${password.length}`);
    }
  });

  test("[US-REG-5] an objectId of null or of no characters is taken as absent", async () => {
    for (const objectId of [null, ""]) {
      const { fields } = await register(await open(), { objectId });
      assert.match(String(fields["objectId"]), uuid);
    }
  });

  test("[US-REG-8] [US-SESS-10] the outcome does not depend on a user-token, live or dead, nor does it refresh a session", async () => {
    const rest = await open();
    await rest.register("bob@example.com");
    const token = await rest.login("bob@example.com");
    const before = await server.db.selectFrom("session").selectAll().execute();
    for (const [index, given] of [token, "dead", ""].entries()) {
      const body = { email: `ann${index}@example.com`, password: userPassword };
      const { status, fields } = await rest.request("POST", "/users/register", { body, token: given });
      assert.deepEqual([status, fields["email"], fields["user-token"]], [200, body.email, undefined]);
      const again = await rest.request("POST", "/users/register", { body, token: given });
      assert.equal(again.fields["code"], 3033);
    }
    assert.deepEqual(await server.db.selectFrom("session").selectAll().execute(), before);
    assert.equal(await rest.isLive(token), true);
  });

  test("[US-DATA-1] no answer contains the password in any form", async () => {
    const rest = await open();
    const password = "hunter2hunter2";
    const answers = [await register(rest, { password }), await rest.post("/users/login", { login: email, password })];
    const token = answers[1]?.fields["user-token"] as string;
    answers.push(await rest.get(`/users/${answers[0]?.fields["objectId"] as string}`, token));
    for (const { status, text } of answers) {
      assert.equal(status, 200);
      assert.doesNotMatch(text, /password|hunter2|argon2/i);
    }
  });

  test("[US-DATA-5] names that are the server's are removed without an error", async () => {
    const rest = await open();
    const system = {
      ownerId: "someone",
      created: 1,
      updated: 2,
      lastLogin: 3,
      userStatus: "DISABLED",
      socialAccount: "FACEBOOK",
      oAuthIdentities: { google: 1 },
      roles: ["Admin"],
      "user-token": "forged",
      ___class: "Admins",
      __meta: "x",
      __x: 1,
    };
    const plain = await register(rest, { email: "plain@example.com" });
    const sent = await register(rest, system);
    const json = `{"email":"proto@example.com","password":"${userPassword}","__proto__":{"plan":"pro"}}`;
    const proto = await rest.post("/users/register", json);
    const own = (fields: Fields) => ({
      ...fields,
      objectId: 0,
      ownerId: fields["ownerId"] === fields["objectId"],
      email: 0,
    });
    assert.equal(plain.status, 200);
    assert.deepEqual(own(sent.fields), own(plain.fields));
    assert.deepEqual(own(proto.fields), own(plain.fields));
  });

  test("[US-DATA-7] the identity is shown under the name that the application gives it", async () => {
    const rest = await open({ identityColumn: "nickname" });
    const { status, fields } = await register(rest, { email: undefined, nickname: " Ann " });
    assert.deepEqual([status, fields["nickname"], fields["login"], fields["email"]], [200, "Ann", undefined, null]);
  });

  test("[US-DATA-8] an identity that is a number stands for its decimal text", async () => {
    const rest = await open({ identityColumn: "login", enableMultipleLogins: true, maxConcurrentLogins: 0 });
    const { status, fields } = await register(rest, { email: undefined, login: 4_912_345 });
    assert.deepEqual([status, fields["login"]], [200, "4912345"]);
    assert.equal(await codeOf(register(rest, { email: undefined, login: "4912345" })), 3033);
    for (const login of [4_912_345, "4912345"]) {
      assert.equal(await codeOf(rest.post("/users/login", { login, password: userPassword })), "ok");
    }
  });

  test("[US-DATA-12] a locale is a string of 2 to 16 characters, anything else is dropped", async () => {
    const rest = await open();
    const locales: [unknown, string | null][] = [
      ["en", "en"],
      ["zh-Hant-TW", "zh-Hant-TW"],
      ["x".repeat(16), "x".repeat(16)],
      ["x".repeat(17), null],
      ["e", null],
      ["", null],
      [null, null],
      [7, null],
      [["en"], null],
    ];
    for (const [index, [blUserLocale, kept]] of locales.entries()) {
      const { status, fields } = await register(rest, { email: `user${index}@example.com`, blUserLocale });
      assert.deepEqual([status, fields["blUserLocale"]], [200, kept], JSON.stringify(blUserLocale));
    }
  });
});
