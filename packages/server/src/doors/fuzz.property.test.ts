import assert from "node:assert/strict";
import { request as httpRequest, Agent } from "node:http";
import { after, before, test } from "node:test";
import { CloseCode, faults, Status } from "@latchkey/protocol";
import {
  newApplication,
  newLicense,
  type Product,
  RawPeer,
  startTestServer,
  type TestServer,
  within,
} from "@latchkey/testkit";
import fc from "fast-check";

const framesPerRun = 40;
const frameRuns = 350;
const bodiesPerRun = 30;
const bodyRuns = 250;

let server: TestServer;
let application: Product;
let license: string;
before(async () => {
  server = await startTestServer({ settings: { hashConcurrency: "2", hashWaiting: "1" } });
  application = await newApplication(server.console);
  license = await newLicense(server.console, application);
});
after(() => server[Symbol.asyncDispose]());

/** Values that have broken somebody's parser: numbers at the edges, text no database wants, depth. */
const awkward = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    -1,
    -0,
    1.5,
    2 ** 53,
    1e308,
    "",
    "\0",
    "\ud800",
    "💣".repeat(65),
    "x".repeat(5000),
    "'; drop table session; --",
    "__proto__",
    {},
    [],
    null,
    true,
  ),
  fc.integer({ min: 1, max: 300 }).map((depth) => JSON.parse("[".repeat(depth) + "]".repeat(depth)) as unknown),
);

const rawNumbers = fc.constantFrom(
  "0",
  "-0",
  "1e3",
  "1.5",
  "-1",
  "9007199254740993",
  "18446744073709551614",
  "18446744073709551615",
  "18446744073709551616",
  "1e400",
  "00",
  "0x10",
);

const packet = fc.record({
  type: fc.oneof(fc.constantFrom(0, 1, 2, 3, 4, 5, 103), fc.constantFrom(6, 8, 18, 99, 102, -5, 2 ** 40)),
  fields: fc.dictionary(
    fc.constantFrom(
      "websocket_api_key",
      "client_id",
      "login",
      "password",
      "license",
      "comment",
      "credentials_type",
      "protocol_version",
      "status",
      "__proto__",
    ),
    fc.oneof(
      awkward,
      fc.constantFrom("KEY", "LICENSE", "client-1", "alice", "secret", 0, 1).map((value) => ({ placeholder: value })),
    ),
    { maxKeys: 6 },
  ),
});

const frame = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(packet, fc.oneof(fc.nat().map(String), rawNumbers)).map(([p, id]) => textOf(p, id)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(packet, fc.nat(), fc.string({ maxLength: 3 }))
      .map(([p, at, noise]) => damage(textOf(p, "7"), at, noise)),
  },
  { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 100 }) },
);

function textOf({ type, fields }: { type: number; fields: Record<string, unknown> }, id: string): string {
  const filled = Object.entries(fields).map(
    ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(fill(value))}`,
  );
  return `{${[`"type":${type}`, `"id":${id}`, ...filled].join(",")}}`;
}

function fill(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("placeholder" in value)) return value;
  if (value.placeholder === "KEY") return application.websocketApiKey;
  return value.placeholder === "LICENSE" ? license : value.placeholder;
}

function damage(text: string, at: number, noise: string): string {
  const cut = at % text.length;
  return at % 2 === 0 ? text.slice(0, cut) + noise + text.slice(cut + 1) : text.slice(0, cut) + noise;
}

const closeCodes = new Set<number>(Object.values(CloseCode));
const statuses = new Set<number>(Object.values(Status));

test("any frames give answers with known statuses or a known close, never an internal error", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: framesPerRun, maxLength: framesPerRun }), async (frames) => {
      let peer = await connect();
      for (const sent of frames) {
        peer.socket.send(sent);
        if (!(await survives(peer))) peer = await connect();
      }
      await peer[Symbol.asyncDispose]();
    }),
    { numRuns: frameRuns },
  );
  assert.deepEqual(server.logged, []);
});

async function connect(): Promise<RawPeer> {
  const peer = await RawPeer.connect(server.url);
  await peer.request(0, { websocket_api_key: application.websocketApiKey, client_id: "client-1" });
  return peer;
}

/** Waits until what was sent has been dealt with; `false`: by a close. */
async function survives(peer: RawPeer): Promise<boolean> {
  const marker = 4_294_967_295;
  peer.socket.send(`{"type":103,"id":${marker}}`);
  const closed = peer.closed.then(({ code }) => ({ closed: code }));
  for (;;) {
    const arrived = await Promise.race([peer.next().catch(() => closed), closed]);
    if ("closed" in arrived) {
      assert.ok(closeCodes.has(Number(arrived.closed)), `closed with ${String(arrived.closed)}`);
      return false;
    }
    assert.ok(
      statuses.has(Number(arrived["status"])) && arrived["status"] !== Status.InternalServerError,
      arrived.frame,
    );
    if (arrived["id"] === marker) return true;
  }
}

const codes = new Set<number>(Object.values(faults).map(({ code }) => code));
const internal = new Set([
  faults.internalError.code,
  faults.loginFailed.code,
  faults.registerFailed.code,
  faults.logoutFailed.code,
]);

const httpCall = fc.record({
  method: fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH"),
  path: fc.oneof(
    fc.constantFrom(
      "/users/register",
      "/users/login",
      "/users/logout",
      "/users/userroles",
      "/info",
      "/data/Users/x",
      "/users/x",
    ),
    fc.constantFrom(
      "/users/isvalidusertoken/%00",
      "/users/%ff",
      "/users/isvalidusertoken/%F0%9F%92%A3",
      "//users//login",
      "/",
      "/api/x?y=%",
    ),
    fc.webPath(),
  ),
  type: fc.constantFrom("application/json", "text/plain", "application/x-amf", "multipart/form-data; boundary=x"),
  token: fc.constantFrom("", "x", "00000000-0000-0000-0000-000000000000", "x".repeat(2000)),
  body: fc.oneof(
    fc
      .dictionary(
        fc.constantFrom("login", "password", "email", "objectId", "name", "__proto__", "constructor"),
        awkward,
      )
      .map((value) => JSON.stringify(value)),
    fc.json(),
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.constantFrom(
      "[".repeat(10_000),
      `{"a":${"[".repeat(40)}${"]".repeat(40)}}`,
      `{"login":"${"x".repeat(70_000)}"}`,
      '{"password":1,"password":2}',
    ),
  ),
});

test("any requests give a success or a known error, never an internal one", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  await fc.assert(
    fc.asyncProperty(fc.array(httpCall, { minLength: bodiesPerRun, maxLength: bodiesPerRun }), async (requests) => {
      await Promise.all(requests.map((one) => answersWell(agent, one)));
    }),
    { numRuns: bodyRuns },
  );
  agent.destroy();
  assert.deepEqual(server.logged, []);
});

type HttpCall = typeof httpCall extends fc.Arbitrary<infer T> ? T : never;

async function answersWell(agent: Agent, { method, path, type, token, body }: HttpCall): Promise<void> {
  const { status, text } = await within(send(agent, { method, path, type, token, body }), `${method} ${path}`);
  const answer: unknown = JSON.parse(text);
  if (status === 200) return;
  assert.ok(typeof answer === "object" && answer && "code" in answer, text);
  assert.ok(codes.has(Number(answer.code)) && !internal.has(Number(answer.code) as never), text);
  assert.ok(!/\bat .*:\d+:\d+|SQLITE|kysely/i.test(text), text);
}

function send(agent: Agent, { method, path, type, token, body }: HttpCall): Promise<{ status: number; text: string }> {
  const { id, apiKeys } = application;
  const url = new URL(server.url);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({
      agent,
      host: url.hostname,
      port: url.port,
      method,
      path: `/${id}/${apiKeys.JS ?? ""}${path}`,
      headers: { "Content-Type": type, "user-token": token, "Content-Length": Buffer.byteLength(body) },
    });
    outgoing.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
