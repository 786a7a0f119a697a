import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import {
  newApplication,
  type RestAnswer,
  RestPeer,
  startTestServer,
  type TestServer,
  userPassword,
  within,
} from "@latchkey/testkit";

const email = "ann@example.com";
const bodyAtMost = 65_536;
const urlAtMost = 8_192;

const corsHeaders = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, POST, PUT, DELETE, OPTIONS",
  "access-control-allow-headers": "content-type, user-token, application-type, api-version",
  "access-control-expose-headers": "retry-after",
  "access-control-max-age": "86400",
};

async function newRest(server: TestServer): Promise<RestPeer> {
  return RestPeer.of(server, await newApplication(server.console));
}

/** One answer of every sort: success, void, and each status that an error can have here. */
async function answersOfEverySort(server: TestServer): Promise<Record<string, RestAnswer>> {
  const product = await newApplication(server.console, { userRegistrationEnabled: false });
  const rest = RestPeer.of(server, product);
  const attempts = Array.from({ length: 11 }, () => rest.post("/users/login", { login: email, password: "wrong" }));
  const limited = (await Promise.all(attempts)).find(({ status }) => status === 429);
  return {
    success: await rest.get("/info"),
    void: await rest.get("/users/logout"),
    "400": await rest.get("/info", "dead"),
    "400 of an unknown application": await new RestPeer(server.url, "/no/application").get("/info"),
    "400 of size": await rest.post("/users/login", " ".repeat(bodyAtMost + 1)),
    "400 of an undecodable path": await rest.get("/users/%zz"),
    "403": await rest.post("/users/register", { email, password: userPassword }),
    "404": await rest.get("/nowhere"),
    "429": limited!,
  };
}

test("[US-HTTP-1] the token comes from the header user-token and from no other place", async () => {
  await using server = await startTestServer();
  const rest = await newRest(server);
  await rest.register(email);
  const token = await rest.login(email);
  const signedIn = ["JSUser", "AuthenticatedUser"];
  const anonymous = ["JSUser", "NotAuthenticatedUser"];
  const rolesWith = async (headers: Record<string, string>, query = "") =>
    (await rest.request("GET", `/users/userroles${query}`, { headers })).body;

  assert.deepEqual(await rolesWith({ "user-token": token }), signedIn);
  assert.deepEqual(await rolesWith({ "User-Token": ` ${token} ` }), signedIn);
  const elsewhere = [
    { cookie: `user-token=${token}` },
    { authorization: `Bearer ${token}` },
    { "x-user-token": token },
  ];
  for (const headers of elsewhere) assert.deepEqual(await rolesWith(headers), anonymous, JSON.stringify(headers));
  assert.deepEqual(await rolesWith({}, `?user-token=${token}`), anonymous);
  assert.deepEqual((await rest.request("GET", "/users/userroles", { body: { "user-token": token } })).body, anonymous);
});

test("[US-HTTP-1] an empty token is the same as none", async () => {
  await using server = await startTestServer();
  const rest = await newRest(server);
  for (const token of ["", "  "]) {
    assert.deepEqual((await rest.get("/users/userroles", token)).body, ["JSUser", "NotAuthenticatedUser"]);
    assert.equal((await rest.get("/info", token)).status, 200);
  }
});

test("[US-HTTP-2] no cookie is ever set", async () => {
  await using server = await startTestServer();
  const rest = await newRest(server);
  await rest.register(email);
  const login = await rest.post("/users/login", { login: email, password: userPassword });
  assert.equal(login.status, 200);
  for (const { headers } of [login, ...Object.values(await answersOfEverySort(server))]) {
    assert.equal(headers["set-cookie"], undefined);
  }
});

test("[US-HTTP-3] application-type and api-version have no effect", async () => {
  await using server = await startTestServer();
  const rest = await newRest(server);
  const plain = await rest.get("/users/userroles");
  for (const value of ["REST", "ANDROID", "1.0", "nonsense"]) {
    const headers = { "application-type": value, "api-version": value };
    assert.equal((await rest.request("GET", "/users/userroles", { headers })).text, plain.text, value);
  }
});

test("[US-HTTP-4] a body is JSON whatever its content type says", async () => {
  await using server = await startTestServer();
  const rest = await newRest(server);
  await rest.register(email);
  const body = { login: email, password: userPassword };
  for (const type of ["application/json", "text/plain", "application/x-www-form-urlencoded", "application/x-amf"]) {
    const { status } = await rest.request("POST", "/users/login", { body, headers: { "content-type": type } });
    assert.equal(status, 200, type);
  }
  assert.equal((await rest.request("POST", "/users/login", { body, chunked: true })).status, 200);
});

test("[US-HTTP-4] an empty body stands for an empty object", async () => {
  await using server = await startTestServer();
  const rest = await newRest(server);
  for (const path of ["/users/login", "/users/register"]) {
    const [none, empty, object] = [await rest.post(path), await rest.post(path, ""), await rest.post(path, {})];
    assert.equal(none.text, object.text);
    assert.equal(empty.text, object.text);
    assert.notEqual(object.fields["code"], 2004);
  }
});

test("[US-HTTP-4] a body that is not a JSON object answers 2004", async () => {
  await using server = await startTestServer();
  const rest = await newRest(server);
  const bodies = {
    "no JSON": "{",
    text: "hello",
    form: "login=a&password=b",
    array: "[]",
    string: '"x"',
    number: "7",
    null: "null",
    blank: " ",
    "two objects": "{}{}",
    "no UTF-8": Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
  };
  for (const path of ["/users/login", "/users/register"]) {
    for (const [name, body] of Object.entries(bodies)) {
      const { status, fields } = await rest.post(path, body);
      assert.deepEqual({ status, code: fields["code"] }, { status: 400, code: 2004 }, `${path} ${name}`);
    }
  }
});

test("[US-HTTP-5] [US-SEC-14] every answer is JSON that nobody may cache; 200 means success", async () => {
  await using server = await startTestServer();
  for (const [name, { status, headers, body, fields }] of Object.entries(await answersOfEverySort(server))) {
    assert.equal(headers["content-type"], "application/json; charset=utf-8", name);
    assert.equal(headers["cache-control"], "no-store", name);
    assert.notEqual(body, undefined, name);
    assert.equal(status === 200, fields["code"] === undefined, name);
  }
});

test("[US-HTTP-6] a void result is the four bytes null", async () => {
  await using server = await startTestServer();
  const rest = await newRest(server);
  await rest.register(email);
  for (const token of [undefined, await rest.login(email)]) {
    const { status, text, headers } = await rest.get("/users/logout", token);
    assert.deepEqual({ status, text, length: headers["content-length"] }, { status: 200, text: "null", length: "4" });
  }
});

test("[US-HTTP-7] OPTIONS on any path answers 204 and the CORS headers, without key or token", async () => {
  await using server = await startTestServer();
  const anywhere = new RestPeer(server.url, "");
  const headers = { origin: "https://shop.example.com", "access-control-request-method": "PUT" };
  for (const path of ["/a/b/users/login", "/api/users/logout", "/nowhere", "/%zz", `/${"x".repeat(urlAtMost)}`]) {
    const answer = await anywhere.request("OPTIONS", path, { headers });
    assert.equal(answer.status, 204, path);
    assert.equal(answer.text, "", path);
    assertCors(answer, path);
  }
});

test("[US-HTTP-8] the CORS headers are on every answer, also on errors, and credentials are never allowed", async () => {
  await using server = await startTestServer();
  for (const [name, answer] of Object.entries(await answersOfEverySort(server))) assertCors(answer, name);
});

function assertCors({ headers }: RestAnswer, message: string): void {
  const names = Object.keys(headers).filter((name) => name.startsWith("access-control-"));
  assert.deepEqual(Object.fromEntries(names.map((name) => [name, headers[name]])), corsHeaders, message);
}

test("[US-HTTP-9] a body of more than 65 536 bytes answers 41300, with and without a length", async () => {
  await using server = await startTestServer();
  const rest = await newRest(server);
  const bodyOf = (bytes: number) => JSON.stringify({ fill: "x".repeat(bytes - '{"fill":""}'.length) });
  for (const chunked of [false, true]) {
    const fits = await rest.request("POST", "/users/login", { body: bodyOf(bodyAtMost), chunked });
    assert.equal(fits.fields["code"], 3006);
    for (const bytes of [bodyAtMost + 1, 10 * bodyAtMost, 100 * bodyAtMost]) {
      const { status, fields } = await rest.request("POST", "/users/login", { body: bodyOf(bytes), chunked });
      assert.deepEqual({ status, code: fields["code"] }, { status: 400, code: 41_300 }, `${bytes} ${chunked}`);
    }
  }
});

test("[US-HTTP-9] a body of more than 65 536 bytes is refused where none is read, too", async () => {
  await using server = await startTestServer();
  const rest = await newRest(server);
  const body = "x".repeat(bodyAtMost + 1);
  for (const path of ["/info", "/users/logout", "/users/userroles", "/users/isvalidusertoken/x"]) {
    assert.equal((await rest.request("GET", path, { body })).fields["code"], 41_300, path);
  }
});

test("[US-HTTP-9] a length that is announced is believed before the body has come", async () => {
  await using server = await startTestServer();
  const { id, apiKeys } = await newApplication(server.console);
  const { port } = new URL(server.url);
  const socket = connect(Number(port), "127.0.0.1");
  const head = `POST /${id}/${apiKeys.JS}/users/login HTTP/1.1\r\nHost: x\r\nContent-Length: ${bodyAtMost + 1}\r\n\r\n`;
  socket.write(head);
  const first = await within(new Promise<Buffer>((resolve) => socket.once("data", resolve)), "the answer");
  assert.match(first.toString(), /41300/);
  socket.destroy();
});

test("[US-HTTP-9] a URL of more than 8 192 bytes answers 41300", async () => {
  await using server = await startTestServer();
  const get = await urlOfLength(server);
  assert.equal((await get(urlAtMost)).status, 200);
  for (const bytes of [urlAtMost + 1, 12_000]) {
    const { status, fields } = await get(bytes);
    assert.deepEqual({ status, code: fields["code"] }, { status: 400, code: 41_300 }, `${bytes}`);
  }
});

test("[US-HTTP-9] a URL longer than what the HTTP parser takes answers 41300 as well", async () => {
  await using server = await startTestServer();
  const get = await urlOfLength(server);
  for (const bytes of [20_000, 60_000]) {
    const answer = await get(bytes);
    assert.deepEqual([answer.status, answer.fields["code"]], [400, 41_300], `${bytes}`);
    assertCors(answer, `${bytes}`);
  }
});

async function urlOfLength(server: TestServer): Promise<(bytes: number) => Promise<RestAnswer>> {
  const { id, apiKeys } = await newApplication(server.console);
  const start = `/${id}/${apiKeys.JS}/info?`;
  return (bytes) => new RestPeer(server.url, start).get("x".repeat(bytes - start.length));
}

test("[US-SEC-12] JSON of more than 32 levels or more than 5 000 values answers 2004", async () => {
  await using server = await startTestServer();
  const rest = await newRest(server);
  const nested = (levels: number, open: string, close: string) => {
    const inner = levels - 1;
    return `{"fill":${open.repeat(inner)}${close.repeat(inner)}}`.replace(":}", ":0}");
  };
  const values = (count: number) => JSON.stringify({ fill: Array.from({ length: count - 2 }, () => 0) });
  const cases: [string, string, number][] = [
    ["32 arrays deep", nested(32, "[", "]"), 3006],
    ["33 arrays deep", nested(33, "[", "]"), 2004],
    ["20 000 arrays deep", nested(20_000, "[", "]"), 2004],
    ["33 objects deep", nested(33, '{"a":', "}"), 2004],
    ["5 000 values", values(5_000), 3006],
    ["5 001 values", values(5_001), 2004],
    ["30 000 values", values(30_000), 2004],
  ];
  for (const [name, body, code] of cases) {
    assert.equal((await rest.post("/users/login", body)).fields["code"], code, name);
  }
});

test("a client that goes away in the middle of its body is no error of ours, and its call does nothing", async () => {
  const server = await startTestServer();
  const { id, apiKeys } = await newApplication(server.console);
  const { hostname: host, port } = new URL(server.url);
  const socket = connect({ host, port: Number(port) });
  await within(once(socket, "connect"), "a connection");
  socket.write(`POST /${id}/${apiKeys.JS}/users/logout HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf`);
  // Answered after it, on a connection of its own: by then the half body has been read as well.
  await RestPeer.of(server, { id, apiKeys, websocketApiKey: "" }).get("/info");
  socket.destroy();
  await once(socket, "close");
  // Stopping waits for every request that has begun.
  await server[Symbol.asyncDispose]();
  assert.deepEqual(server.logged, []);
});

test("[US-HTTP-8] in an application with allowed origins only these may read, each in its own name", async () => {
  await using server = await startTestServer();
  const listed = "https://app.example.com";
  const product = await newApplication(server.console, { allowedOrigins: [listed, "https://other.example.com"] });
  const rest = RestPeer.of(server, product);
  const asked = async (headers: Record<string, string>) => (await rest.request("GET", "/info", { headers })).headers;

  const own = await asked({ origin: listed });
  assert.equal(own["access-control-allow-origin"], listed);
  assert.equal(own.vary, "Origin");
  for (const headers of [{}, { origin: "https://stranger.example.com" }, { origin: `${listed}.example.net` }]) {
    const answered = await asked(headers);
    assert.equal(answered["access-control-allow-origin"], undefined, JSON.stringify(headers));
    assert.equal(answered.vary, "Origin");
  }
});
