import assert from "node:assert/strict";
import { test } from "node:test";
import {
  newApplication,
  pauseApplication,
  type Product,
  RestPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";
import { sha256 } from "#crypto/tokens.ts";
import type { ApplicationId } from "#storage/tables.ts";

const clientKinds = ["JS", "REST", "ANDROID", "IOS", "WP", "AS"] as const;

/** Binds a host name to an application with the rights of one of its keys; no operation does that yet. */
async function bindHost({ db }: TestServer, { id, apiKeys }: Product, host: string, kind: "JS" | "AS" | "BL" = "JS") {
  const applicationId = id as ApplicationId;
  await db
    .insertInto("host")
    .values({ host, applicationId, keyHash: sha256(apiKeys[kind] ?? "") })
    .execute();
}

function atHost({ url }: TestServer, host: string, base = "/api"): RestPeer {
  return new RestPeer(url, base, { host });
}

test("[US-ADDR-1] only an application that is on and a key of its own lead anywhere, everything else answers 2002", async () => {
  await using server = await startTestServer();
  const { id, apiKeys } = await newApplication(server.console);
  const other = await newApplication(server.console);
  const paused = await newApplication(server.console);
  await pauseApplication(server, paused);
  const unknownId = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0";

  const served = await new RestPeer(server.url, `/${id}/${apiKeys.JS}`).get("/info");
  assert.equal(served.status, 200);
  const cases = {
    "unknown application": `/${unknownId}/${apiKeys.JS}`,
    "unknown key": `/${id}/${unknownId}`,
    "key of another application": `/${id}/${other.apiKeys.JS}`,
    "application that is switched off": `/${paused.id}/${paused.apiKeys.JS}`,
    "id and key swapped": `/${apiKeys.JS}/${id}`,
    "websocket key in place of the key": `/${id}/${other.websocketApiKey}`,
  };
  for (const [name, base] of Object.entries(cases)) {
    const { status, fields } = await new RestPeer(server.url, base).get("/info");
    assert.deepEqual({ status, code: fields["code"] }, { status: 400, code: 2002 }, name);
  }
});

test("[US-ADDR-2] in the domain form the Host header names the application, whatever its case and port", async () => {
  await using server = await startTestServer();
  const product = await newApplication(server.console);
  const other = await newApplication(server.console);
  await bindHost(server, product, "app.example.com");
  await bindHost(server, other, "other.example.com");

  for (const host of ["app.example.com", "APP.Example.com", "app.example.com:8443"]) {
    assert.equal((await atHost(server, host).get("/info")).fields["appId"], product.id, host);
  }
  assert.equal((await atHost(server, "other.example.com").get("/info")).fields["appId"], other.id);
  for (const host of ["example.com", "x.app.example.com", "app.example.com.evil.test", "127.0.0.1"]) {
    assert.equal((await atHost(server, host).get("/info")).fields["code"], 2002, host);
  }
});

test("[US-ADDR-2] a host bound to an application that is switched off answers 2002", async () => {
  await using server = await startTestServer();
  const product = await newApplication(server.console);
  await bindHost(server, product, "app.example.com");
  await pauseApplication(server, product);
  assert.equal((await atHost(server, "app.example.com").get("/info")).fields["code"], 2002);
});

test("[US-ADDR-3] the domain form acts with the client key chosen for it and never with a BL key", async () => {
  await using server = await startTestServer();
  const product = await newApplication(server.console);
  await bindHost(server, product, "js.example.com", "JS");
  await bindHost(server, product, "as.example.com", "AS");
  await bindHost(server, product, "bl.example.com", "BL");

  const anonymous = (role: string) => [role, "NotAuthenticatedUser"];
  assert.deepEqual((await atHost(server, "js.example.com").get("/users/userroles")).body, anonymous("JSUser"));
  assert.deepEqual((await atHost(server, "as.example.com").get("/users/userroles")).body, anonymous("ASUser"));
  assert.equal((await atHost(server, "bl.example.com").get("/users/userroles")).fields["code"], 2002);
});

test("[US-ADDR-4] ids and keys are upper-case hex of the form 8-4-4-4-12 and compared exactly", async () => {
  await using server = await startTestServer();
  const { id, apiKeys } = await newApplication(server.console);
  const key = apiKeys.REST ?? "";
  const form = /^[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$/;
  for (const text of [id, ...Object.values(apiKeys)]) assert.match(text, form);

  const bases = [
    `/${id.toLowerCase()}/${key}`,
    `/${id}/${key.toLowerCase()}`,
    `/${id.replaceAll("-", "")}/${key}`,
    `/${id}/${key}%20`,
    `/%20${id}/${key}`,
  ];
  for (const base of bases) {
    assert.equal((await new RestPeer(server.url, base).get("/info")).fields["code"], 2002, base);
  }
});

test("[US-ADDR-5] every client may use every key of the application; the role follows from the key", async () => {
  await using server = await startTestServer();
  const product = await newApplication(server.console);
  const roles = {
    JS: "JSUser",
    REST: "RestUser",
    ANDROID: "AndroidUser",
    IOS: "IOSUser",
    WP: "DotNetUser",
    AS: "ASUser",
  };
  const email = "ann@example.com";
  await RestPeer.of(server, product).register(email);
  for (const kind of clientKinds) {
    const rest = RestPeer.of(server, product, kind);
    const headers = { "application-type": "JS", "user-agent": "anything" };
    assert.deepEqual(
      (await rest.request("GET", "/users/userroles", { headers })).body,
      [roles[kind], "NotAuthenticatedUser"],
      kind,
    );
    assert.equal(await rest.isLive(await rest.login(email)), true, kind);
  }
});

test("[US-ADDR-6] a segment is percent-decoded as UTF-8 exactly once; @ and + stand for themselves", async () => {
  await using server = await startTestServer();
  const product = await newApplication(server.console, { userAccess: "open" });
  const { id, apiKeys } = product;
  const rest = RestPeer.of(server, product);
  const encoded = (text: string) => Array.from(text, (c) => `%${c.charCodeAt(0).toString(16)}`).join("");

  const base = `/${encoded(id)}/${encoded(apiKeys.JS ?? "")}`;
  assert.equal((await new RestPeer(server.url, base).get("/info")).status, 200);
  const twice = `/${id.replaceAll("-", "%252d")}/${apiKeys.JS}`;
  assert.equal((await new RestPeer(server.url, twice).get("/info")).fields["code"], 2002);

  // A session whose token is known, to be named in a path: only exactly this text finds it.
  const token = "a@b+c/d%e ü";
  await rest.register("ann@example.com");
  await rest.login("ann@example.com");
  await server.db
    .updateTable("session")
    .set({ secretHash: sha256(token) })
    .execute();
  const spellings = {
    "a@b+c%2Fd%25e%20%C3%BC": true,
    "a%40b%2Bc%2fd%25e%20%c3%bc": true,
    "a@b%20c%2Fd%25e%20%C3%BC": false,
    "a@b+c%252Fd%2525e%2520%25C3%25BC": false,
  };
  for (const [spelling, isLive] of Object.entries(spellings)) {
    assert.equal((await rest.get(`/users/isvalidusertoken/${spelling}`)).body, isLive, spelling);
  }
});

test("[US-ADDR-6] fixed words are decoded like every other segment", async () => {
  await using server = await startTestServer();
  const rest = RestPeer.of(server, await newApplication(server.console));
  assert.deepEqual((await rest.get("/users/%75serroles")).body, ["JSUser", "NotAuthenticatedUser"]);
  assert.equal((await rest.get("/%69nfo")).status, 200);
});

test("[US-ADDR-6] a segment that cannot be decoded answers 2004", async () => {
  await using server = await startTestServer();
  const product = await newApplication(server.console);
  const rest = RestPeer.of(server, product);
  for (const segment of ["%", "%zz", "%C3", "%ff", "a%E2%82"]) {
    for (const path of [`/users/isvalidusertoken/${segment}`, `/users/${segment}`, `/data/Users/${segment}`]) {
      const { status, fields } = await rest.get(path);
      assert.deepEqual({ status, code: fields["code"] }, { status: 400, code: 2004 }, path);
    }
  }
  assert.equal((await new RestPeer(server.url, `/${product.id}/%zz`).get("/info")).fields["code"], 2004);
});

test("[US-ADDR-8] a fixed word is never taken for an objectId", async () => {
  await using server = await startTestServer();
  const product = await newApplication(server.console, { userAccess: "open" });
  const rest = RestPeer.of(server, product);
  // Accounts with these ids would be found if the words were taken for them.
  const id = await rest.register("ann@example.com");
  for (const word of ["userroles", "logout"]) {
    await server.db.deleteFrom("session").execute();
    await server.db.deleteFrom("identity").execute();
    await server.db
      .updateTable("account")
      .set({ id: word as never })
      .execute();
    assert.notEqual((await rest.get(`/users/${word}`)).fields["objectId"], word);
    assert.equal((await rest.get(`/data/Users/${word}`)).fields["objectId"], word);
  }
  await server.db
    .updateTable("account")
    .set({ id: id as never })
    .execute();
  assert.equal((await rest.get(`/users/${id}`)).fields["objectId"], id);
});

test("[US-ADDR-8] a path whose fixed word belongs to another method is that row all the same, and answers 40400", async () => {
  await using server = await startTestServer();
  const rest = RestPeer.of(server, await newApplication(server.console));
  for (const word of ["login", "register"]) {
    assert.equal((await rest.get(`/users/${word}`)).fields["code"], 40_400, word);
  }
});

test("[US-ADDR-8] the fixed words of rows that are not served yet are no objectIds either", async () => {
  await using server = await startTestServer();
  const rest = RestPeer.of(server, await newApplication(server.console));
  for (const word of ["verifypassword", "verifypassowrd", "assignRole", "unassignRole"]) {
    assert.equal((await rest.get(`/users/${word}`)).fields["code"], 40_400, word);
  }
});

test("[US-CLIENT-3] the prefix of the server address is cut off before the rest of the path is looked at", async () => {
  await using server = await startTestServer({ settings: { pathPrefix: "/users-door" } });
  const product = await newApplication(server.console);
  await bindHost(server, product, "app.example.com");
  const keyed = `/${product.id}/${product.apiKeys.JS}`;
  for (const base of [`/users-door${keyed}`, `/users-door/${keyed}`]) {
    assert.equal((await new RestPeer(server.url, base).get("/info")).fields["appId"], product.id, base);
  }
  assert.equal((await atHost(server, "app.example.com", "/users-door/api").get("/info")).fields["appId"], product.id);
  assert.notEqual((await new RestPeer(server.url, `/other-door${keyed}`).get("/info")).status, 200);
});

test("[US-CLIENT-3] a prefix ends where a segment ends", async () => {
  await using server = await startTestServer({ settings: { pathPrefix: "/users-door" } });
  const { id, apiKeys } = await newApplication(server.console);
  assert.notEqual((await new RestPeer(server.url, `/users-door${id}/${apiKeys.JS}`).get("/info")).status, 200);
});

test("[US-CLIENT-4] repeated slashes in front of the application id count as one", async () => {
  await using server = await startTestServer();
  const { id, apiKeys } = await newApplication(server.console);
  for (const slashes of ["/", "//", "////"]) {
    const { fields } = await new RestPeer(server.url, `${slashes}${id}/${apiKeys.JS}`).get("/info");
    assert.equal(fields["appId"], id, slashes);
  }
});

test("[US-EP-1] both address forms serve every row", async () => {
  await using server = await startTestServer();
  const product = await newApplication(server.console);
  await bindHost(server, product, "app.example.com");
  const forms = { keyed: RestPeer.of(server, product), domain: atHost(server, "app.example.com") };
  for (const [form, rest] of Object.entries(forms)) {
    const login = `${form}@example.com`;
    const id = await rest.register(login);
    const token = await rest.login(login);
    assert.equal((await rest.get("/info", token)).fields["appId"], product.id, form);
    assert.deepEqual((await rest.get("/users/userroles", token)).body, ["JSUser", "AuthenticatedUser"], form);
    assert.equal((await rest.get(`/users/${id}`, token)).fields["email"], login, form);
    assert.equal((await rest.get(`/data/Users/${id}`, token)).fields["email"], login, form);
    assert.deepEqual((await rest.get(`/users/userroles/${id}`, token)).body, [], form);
    assert.equal((await rest.post("/users/register/guest")).fields["userStatus"], "GUEST", form);
    // A host never has the rights of server code.
    assert.equal((await rest.get("/users/role/Editor", token)).fields["code"], 2000, form);
    for (const call of ["assignRole", "unassignRole"]) {
      assert.equal((await rest.post(`/users/${call}`, {}, token)).fields["code"], 2011, form);
    }
    for (const call of ["verifypassowrd", "verifypassword"]) {
      assert.equal((await rest.post(`/users/${call}`, {}, token)).fields["code"], 3122, form);
    }
    assert.equal((await rest.request("PUT", `/users/${id}/status`, { token })).fields["code"], 3054, form);
    assert.equal((await rest.get("/users/logout", token)).text, "null", form);
    assert.equal(await rest.isLive(token), false, form);
    const again = await rest.login(login);
    assert.equal((await rest.post("/users/logout", undefined, again)).text, "null", form);
    assert.equal(await rest.isLive(again), false, form);
  }
});

test("[US-INFO-1] info names the application and the key of the call", async () => {
  await using server = await startTestServer();
  const product = await newApplication(server.console);
  await bindHost(server, product, "app.example.com", "AS");
  const answer = (apiKey: string | undefined) => ({ appId: product.id, apiKey, rtURL: null, loggers: [] });
  for (const kind of [...clientKinds, "BL"] as const) {
    const { status, body } = await RestPeer.of(server, product, kind).get("/info");
    assert.deepEqual({ status, body }, { status: 200, body: answer(product.apiKeys[kind]) }, kind);
  }
  assert.deepEqual((await atHost(server, "app.example.com").get("/info")).body, answer(product.apiKeys.AS));
});

test("[US-INFO-2] a dead token on info answers 3064, a live one and none do not", async () => {
  await using server = await startTestServer();
  const rest = RestPeer.of(server, await newApplication(server.console));
  await rest.register("ann@example.com");
  const token = await rest.login("ann@example.com");
  assert.equal((await rest.get("/info", token)).status, 200);
  await rest.get("/users/logout", token);
  const { status, fields } = await rest.get("/info", token);
  assert.deepEqual({ status, code: fields["code"] }, { status: 400, code: 3064 });
  assert.equal((await rest.get("/info")).status, 200);
});
