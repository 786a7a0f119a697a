import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { faults } from "@latchkey/protocol";
import {
  addAccount,
  amfMessage,
  AmfPeer,
  answerIn,
  changeSettings,
  ManualClock,
  newApplication,
  onEachDatabase,
  pauseApplication,
  type Product,
  RestPeer,
  type Said,
  startTestServer,
  type TestServer,
  userPassword,
  withoutTable,
} from "@latchkey/testkit";
import { sha256 } from "#crypto/tokens.ts";
import type { ApplicationId } from "#storage/tables.ts";

const email = "ann@example.com";
const unknownId = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0";
const vectors = join(import.meta.dirname, "../../../../../../conformance/amf");
const { requests } = JSON.parse(readFileSync(join(vectors, "requests.json"), "utf8")) as {
  requests: { title: string; from: string; operation: string; hex: string }[];
};

function bytesOf(title: string): Buffer {
  const found = requests.find((request) => request.title === title);
  assert.ok(found, title);
  return Buffer.from(found.hex, "hex");
}

onEachDatabase("the AMF door", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  let product: Product;
  let amf: AmfPeer;
  before(async () => {
    const settings = { ...(await newDatabase()), signInsPerAddress: "1000000", signInsPerIdentity: "1000000" };
    server = await startTestServer({ clock, settings });
    product = await newApplication(server.console, { enableMultipleLogins: true, maxConcurrentLogins: 0 });
    await addAccount(server, product, { email });
    amf = AmfPeer.of(server, product);
  });
  after(() => server[Symbol.asyncDispose]());

  test("[US-CLIENT-2] [US-AMF-1] the messages of the official Java SDK register, log in, tell the roles and log out", async () => {
    const peer = AmfPeer.of(server, await newApplication(server.console));
    const { body: user } = await peer.send(bytesOf("register, without a token"));
    assert.deepEqual(pick(user, "$class", "___class", "email", "name", "age", "blUserLocale"), [
      "Users",
      "Users",
      "alice@wonderland.com",
      "Alice",
      7,
      "en",
    ]);
    const { body: login } = await peer.send(bytesOf("login, without a token"), { "content-type": "text/plain" });
    assert.deepEqual(pick(login, "$class", "objectId"), ["Users", pick(user, "objectId")[0]]);
    assert.match(String(pick(login, "user-token")[0]), /^[0-9A-F-]{36}$/);
    const { body: roles } = await peer.send(bytesOf("getUserRoles, without a token"));
    assert.deepEqual(roles, ["AndroidUser", "NotAuthenticatedUser"]);
    assert.equal((await peer.send(bytesOf("logout, without a token"))).body, null);
  });

  test("[US-CLIENT-2] [US-AMF-20] whatever has been recorded of the SDK is an operation that is served", async () => {
    const peer = AmfPeer.of(server, await newApplication(server.console));
    for (const { title, hex } of requests) {
      const { code } = await peer.send(Buffer.from(hex, "hex"));
      assert.ok(!["40400", "2004", "50000"].includes(code as string), `${title} came to ${JSON.stringify(code)}`);
    }
  });

  test("[US-AMF-31] [US-AMF-32] [US-LOGOUT-2] a logout is answered with the 84 bytes of the contract", async () => {
    const { bytes } = await amf.send(bytesOf("logout, without a token"));
    const { answers } = JSON.parse(readFileSync(join(vectors, "answers.json"), "utf8")) as {
      answers: { hex: string }[];
    };
    assert.equal(bytes.length, 84);
    assert.equal(bytes.toString("hex"), answers[0]?.hex);
  });

  test("[US-AMF-5] [US-HTTP-1] the token of the AMF headers counts, and no other", async () => {
    const [token, other] = [await amf.login(email), await amf.login(email)];
    const roles = async (request: object) => (await amf.call("getUserRoles", [], request)).body;
    assert.deepEqual(await roles({ token }), ["AndroidUser", "AuthenticatedUser"]);
    assert.deepEqual(await roles({ headers: { "user-token": token } }), ["AndroidUser", "NotAuthenticatedUser"]);
    assert.deepEqual(await roles({ token: "", headers: { "user-token": token } }), [
      "AndroidUser",
      "NotAuthenticatedUser",
    ]);
    assert.deepEqual(await roles({ amfHeaders: { "User-Token": token } }), ["AndroidUser", "NotAuthenticatedUser"]);
    assert.equal((await amf.call("logout", [], { headers: { "user-token": other } })).body, null);
    assert.deepEqual([await amf.rest.isLive(token), await amf.rest.isLive(other)], [true, true]);
    assert.equal(
      (await amf.call("getUserRoles", [], { token: unknownId, headers: { "user-token": token } })).code,
      "3064",
    );
  });

  test("[US-AMF-6] [US-ADDR-5] roles and rights are the key's, whatever the application type says", async () => {
    for (const type of ["BL", "CUSTOM", "ANDROID", null, 7]) {
      const amfHeaders = { "application-type": type, "api-version": null, uiState: "default" };
      assert.deepEqual((await amf.call("getUserRoles", [], { amfHeaders })).body, [
        "AndroidUser",
        "NotAuthenticatedUser",
      ]);
      assert.equal((await amf.call("login", [unknownId], { amfHeaders })).code, "2014");
    }
    assert.deepEqual((await AmfPeer.of(server, product, "BL").call("getUserRoles")).body, ["ServerCodeUser"]);
  });

  test("[US-AMF-7] another service or operation gets 40400, also such as every object has", async () => {
    const { code } = await amf.call("logout", [], {
      source: "com.backendless.services.persistence.PersistenceService",
    });
    assert.equal(code, "40400");
    for (const operation of ["", "Logout", "nothing", "__proto__", "constructor", "toString", "hasOwnProperty"]) {
      assert.equal((await amf.call(operation)).code, "40400", operation);
    }
    for (const source of ["", "UserService", "com.backendless.services.users.UserService "]) {
      assert.equal((await amf.call("logout", [], { source })).code, "40400", source);
    }
  });

  test("[US-AMF-20] register has the checks and the codes of REST", async () => {
    const codes: readonly (readonly [Said, string])[] = [
      [{ email: "x@example.com" }, "3011"],
      [{ email: "x@example.com", password: 5 }, "3050"],
      [{ password: "secret" }, "3013"],
      [{ email: "", password: "secret" }, "3041"],
      [{ email: "nobody", password: "secret" }, "3040"],
      [{ email: "x@example.com", password: "abc" }, "40001"],
      [{ email: "x@example.com", password: "secret", "a b": 1 }, "3016"],
      [{ email: "x@example.com", password: "secret", objectId: unknownId }, "3039"],
      [{ email, password: "secret" }, "3033"],
    ];
    for (const [properties, code] of codes) assert.equal((await amf.call("register", [properties])).code, code);
    await changeSettings(server, product, { userRegistrationEnabled: false });
    assert.equal((await amf.call("register", [{ email: "y@example.com", password: "secret" }])).code, "3009");
    await changeSettings(server, product, { userRegistrationEnabled: true });
  });

  test("[US-AMF-11] [US-DATA-5] a property called __proto__ is data, and dropped", async () => {
    const properties = JSON.parse(
      '{"email":"proto@example.com","password":"secret","__proto__":{"plan":"gold"}}',
    ) as Said;
    const { body } = await amf.call("register", [properties]);
    assert.equal(pick(body, "email")[0], "proto@example.com");
    assert.deepEqual(pick(body, "plan", "__proto__"), [undefined, Object.prototype]);
    assert.equal(({} as Record<string, unknown>)["plan"], undefined);
  });

  test("[US-AMF-20] [US-AMF-21] login has the checks and the codes of REST", async () => {
    const codes: readonly (readonly [readonly Said[], string])[] = [
      [[email, "wrong"], "3003"],
      [["nobody@example.com", "wrong"], "3003"],
      [[null, userPassword], "3006"],
      [[email, null], "3006"],
      [["", userPassword], "3006"],
      [[email, ""], "3006"],
      [[null, null], "3006"],
      [[], "3038"],
      [[null], "3038"],
      [[{}, userPassword], "2004"],
      [[email, 5], "2004"],
      [[5], "2004"],
      [[unknownId], "2014"],
    ];
    for (const [values, code] of codes) {
      assert.equal((await amf.call("login", values)).code, code, JSON.stringify(values));
    }
    const { body } = await amf.call("login", [email, userPassword, "more", { than: "wanted" }]);
    assert.equal(pick(body, "email")[0], email);
  });

  test("[US-AMF-20] [US-LOGIN-7] server code logs in by object id", async () => {
    const { id } = await addAccount(server, product, { email: "by-id@example.com" });
    const serverCode = AmfPeer.of(server, product, "BL");
    const { body } = await serverCode.call("login", [id]);
    assert.deepEqual(pick(body, "$class", "objectId"), ["Users", id]);
    assert.equal(await amf.rest.isLive(String(pick(body, "user-token")[0])), true);
    assert.equal((await serverCode.call("login", [unknownId])).code, "3057");
  });

  test("[US-AMF-9] [US-EP-2] isValidUserToken takes the token as a reference to the one in the headers", async () => {
    const token = await amf.login(email);
    const message = amfMessage("isValidUserToken", [token], { token });
    assert.ok(
      message.includes(Buffer.from("0903010620", "hex")),
      "the body is one reference to the ninth string or later",
    );
    assert.equal(message.toString("latin1").split(token).length, 2, "the token stands in the message once");
    assert.equal((await amf.send(message)).body, true);
    assert.equal((await amf.call("isValidUserToken", [unknownId], { token })).body, false);
    assert.equal((await amf.call("isValidUserToken", [token], { token: unknownId })).body, true);
    assert.equal((await amf.call("isValidUserToken", [token])).body, true);
  });

  test("[US-AMF-35] [US-DATA-4] findById answers an object of class Users, with dates, to whom it may be shown", async () => {
    const { id } = await addAccount(server, product, { email: "row@example.com", createdAt: 1_760_000_000_000 });
    const token = await amf.login("row@example.com");
    const { body } = await amf.call("findById", [id, []], { token });
    assert.deepEqual(body, {
      $class: "Users",
      ___class: "Users",
      objectId: id,
      ownerId: id,
      email: "row@example.com",
      name: null,
      blUserLocale: null,
      userStatus: "ENABLED",
      socialAccount: "BACKENDLESS",
      oAuthIdentities: null,
      created: new Date(1_760_000_000_000),
      updated: null,
      lastLogin: new Date(clock.now()),
    });
    assert.equal((await amf.call("findById", [id, []])).code, "3057");
    assert.equal((await amf.call("findById", [unknownId, []], { token })).code, "3057");
  });

  test("[US-AMF-21] an argument that is missing or null answers 3038, one of the wrong type 2004", async () => {
    for (const operation of ["register", "isValidUserToken", "findById"]) {
      assert.equal((await amf.call(operation)).code, "3038", operation);
      assert.equal((await amf.call(operation, [null])).code, "3038", operation);
      for (const value of [5, true, [], new Date(0)]) {
        assert.equal((await amf.call(operation, [value])).code, "2004", `${operation} ${typeof value}`);
      }
    }
    assert.equal((await amf.call("findById", [{}])).code, "2004");
    assert.equal((await amf.call("register", ["x"])).code, "2004");
  });

  test("[US-AMF-38] [US-ROLE-2] getUserRoles always has an entry", async () => {
    const token = await amf.login(email);
    assert.deepEqual((await amf.call("getUserRoles", [], { token })).body, ["AndroidUser", "AuthenticatedUser"]);
    assert.deepEqual((await amf.call("getUserRoles")).body, ["AndroidUser", "NotAuthenticatedUser"]);
  });

  test("[US-AMF-30] [US-AMF-33] [US-AMF-34] whatever is wrong, the answer is 200 with a fault whose code is a text", async () => {
    const message = amfMessage("getUserRoles", []);
    const faulty: readonly (readonly [string, () => Promise<unknown>])[] = [
      ["2004", async () => (await amf.send(Buffer.alloc(0))).code],
      ["2004", async () => (await amf.send(message.subarray(0, -1))).code],
      ["2004", async () => (await amf.send(Buffer.concat([message, Buffer.of(1)]))).code],
      ["2004", async () => (await amf.send(Buffer.from('{"login":"x"}'))).code],
      ["40400", async () => (await amf.call("nothing")).code],
      ["41300", async () => (await amf.send(Buffer.alloc(65_537))).code],
      ["2002", async () => (await at(`/${product.id}/${unknownId}`).call("getUserRoles")).code],
      ["2002", async () => (await at(`/${unknownId}/${unknownId}`).call("getUserRoles")).code],
      ["2002", async () => (await at("/api").call("getUserRoles")).code],
      ["3064", async () => (await amf.call("getUserRoles", [], { token: unknownId })).code],
    ];
    for (const [code, ask] of faulty) assert.equal(await ask(), code);
    const { message: fault } = await amf.call("login", [email, "wrong"]);
    const { code, message: text } = faults.invalidCredentials;
    assert.deepEqual(fault, {
      $class: "flex.messaging.messages.ErrorMessage",
      faultCode: `${code}`,
      faultString: text,
      faultDetail: text,
      extendedData: {},
    });
  });

  test("[US-AMF-30] an internal failure is a fault with status 200, which does not say what has failed", async () => {
    await withoutTable(server, "session", async () => {
      const { code, message } = await amf.call("getUserRoles", [], { token: unknownId });
      assert.equal(code, "3081");
      assert.deepEqual(Object.keys(message["extendedData"] as object), ["requestId"]);
    });
    await withoutTable(server, "application", async () => {
      assert.equal((await amf.call("isValidUserToken", ["x"])).code, "50000");
    });
  });

  test("[US-ERR-7] on this path size, envelope and operation come first, then application, token and arguments", async () => {
    const nowhere = at(`/${unknownId}/${unknownId}`);
    const long = `/${unknownId}/${unknownId}/binary?${"x".repeat(8_192)}`;
    const answer = await new RestPeer(server.url, "").request("POST", long, { body: amfMessage("nothing", []) });
    assert.equal(answerIn(answer).code, "41300");
    assert.equal((await nowhere.send(Buffer.alloc(65_537))).code, "41300");
    assert.equal((await nowhere.send(Buffer.alloc(10))).code, "2004");
    assert.equal((await nowhere.call("nothing", [], { token: unknownId })).code, "40400");
    assert.equal((await nowhere.call("findById", [], { token: unknownId })).code, "2002");
    assert.equal((await amf.call("findById", [], { token: unknownId })).code, "3064");
    assert.equal((await amf.call("isValidUserToken", [], { token: unknownId })).code, "3038");
  });

  test("[US-AMF-12] [US-HTTP-9] a body of exactly the limit is read, also in chunks", async () => {
    const padding = "x".repeat(65_536 - amfMessage("isValidUserToken", [""]).length - 2);
    const message = amfMessage("isValidUserToken", [padding]);
    assert.equal(message.length, 65_536);
    assert.equal((await amf.send(message)).body, false);
    const chunked = await amf.rest.request("POST", "/binary", { body: message, chunked: true });
    assert.equal(answerIn(chunked).body, false);
    const tooLong = await amf.rest.request("POST", "/binary", {
      body: Buffer.concat([message, Buffer.of(1)]),
      chunked: true,
    });
    assert.equal(answerIn(tooLong).code, "41300");
  });

  test("[US-AMF-41] [US-ERR-6] by any other method the path answers 40400 in JSON", async () => {
    for (const method of ["GET", "PUT", "DELETE", "PATCH"]) {
      const { status, headers, fields } = await amf.rest.request(method, "/binary");
      assert.deepEqual([status, fields["code"]], [404, 40_400], method);
      assert.equal(headers["content-type"], "application/json; charset=utf-8");
    }
    assert.equal((await amf.rest.request("POST", "/binary/x")).fields["code"], 40_400);
    assert.equal((await amf.rest.request("OPTIONS", "/binary")).status, 204);
  });

  test("[US-EP-1] [US-ADDR-2] [US-CLIENT-4] the path is served in both forms of address", async () => {
    const applicationId = product.id as ApplicationId;
    const keyHash = sha256(product.apiKeys.AS ?? "");
    await server.db.insertInto("host").values({ host: "amf.example.com", applicationId, keyHash }).execute();
    const atHost = new AmfPeer(new RestPeer(server.url, "/api", { host: "AMF.example.com:8443" }));
    assert.deepEqual((await atHost.call("getUserRoles")).body, ["ASUser", "NotAuthenticatedUser"]);
    assert.deepEqual((await at(`//${product.id}/${product.apiKeys.IOS}`).call("getUserRoles")).body, [
      "IOSUser",
      "NotAuthenticatedUser",
    ]);
  });

  test("[US-ADDR-1] a paused application is not there", async () => {
    const other = await newApplication(server.console);
    await pauseApplication(server, other);
    assert.equal((await AmfPeer.of(server, other).call("getUserRoles")).code, "2002");
  });

  test("[US-SESS-5] a call with a live token keeps its session, one that ignores it does not", async () => {
    const quick = await newApplication(server.console, { sessionTimeoutSeconds: 60 });
    await addAccount(server, quick, { email });
    const peer = AmfPeer.of(server, quick);
    const token = await peer.login(email);
    await clock.advance(50_000);
    await peer.call("getUserRoles", [], { token });
    await clock.advance(50_000);
    assert.equal((await peer.call("isValidUserToken", [token], { token })).body, true);
    await clock.advance(10_000);
    assert.equal((await peer.call("isValidUserToken", [token], { token })).body, false);
    assert.equal((await peer.call("getUserRoles", [], { token })).code, "3064");
  });

  test("nothing has failed inside but where a table was taken away", () => {
    const failed = server.logged.filter((line) => line.startsWith("failed "));
    assert.equal(failed.length, 2, failed.join("\n"));
  });

  function at(base: string): AmfPeer {
    return new AmfPeer(new RestPeer(server.url, base));
  }
});

suite("the AMF door under a rate limit", () => {
  test("[US-SEC-5] [US-AMF-33] says in extendedData how long to wait", async () => {
    await using server = await startTestServer({ clock: new ManualClock(), settings: { signInsPerIdentity: "1" } });
    const product = await newApplication(server.console);
    const amf = AmfPeer.of(server, product);
    assert.equal((await amf.call("login", [email, "wrong"])).code, "3003");
    const { code, message, headers } = await amf.call("login", [email, "wrong"]);
    assert.equal(code, "42900");
    const { retryAfter } = message["extendedData"] as { retryAfter: number };
    assert.ok(retryAfter > 0 && Number.isInteger(retryAfter));
    assert.equal(headers["retry-after"], `${retryAfter}`);
  });
});

function pick(value: Said | undefined, ...names: readonly string[]): unknown[] {
  assert.ok(typeof value === "object" && value !== null, JSON.stringify(value));
  return names.map((name) => (value as Record<string, unknown>)[name]);
}
