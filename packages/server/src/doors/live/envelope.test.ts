import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { CloseCode, Status, statusName } from "@latchkey/protocol";
import {
  addAccount,
  ask,
  knownPassword,
  newApplication,
  newLicense,
  openLive,
  packet,
  type Product,
  RawPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

const credentials = { login: "alice", password: knownPassword };

let server: TestServer;
let application: Product;
let license: string;
before(async () => {
  const wide = { signInsPerIdentity: "1000", signInsPerAddress: "1000", hashWaiting: "1000" };
  server = await startTestServer({ settings: wide });
  application = await newApplication(server.console, { accountsPerAddressPerDay: null });
  license = await newLicense(server.console, application);
  await addAccount(server, application, { login: credentials.login });
});
after(() => server[Symbol.asyncDispose]());

/** What one frame on a fresh connection comes to: the frame of its answer, or the code that the connection closes with. */
async function outcomeOf(frame: string | Buffer, options: { binary?: boolean } = {}): Promise<string | number> {
  await using peer = await RawPeer.connect(server.url);
  peer.socket.send(frame, options);
  return await outcomeAt(peer);
}

async function outcomeAt(peer: RawPeer): Promise<string | number> {
  try {
    return (await peer.next()).frame;
  } catch {
    return (await peer.closing()).code;
  }
}

suite("requests and answers", () => {
  test("[LP-ENV-1] an answer is the id, the fields and the status in one flat object without a type", async () => {
    assert.equal(await outcomeOf('{"type":103,"id":7}'), '{"id":7,"status":1}');
    assert.equal(await outcomeOf(' {"id" : 8,\n "type" : 103 }\t'), '{"id":8,"status":1}');
    await using peer = await openLive(server, application);
    const { frame } = await peer.request(packet.authorizeByLicense, { license });
    assert.equal(frame, `{"id":2,"license":"${license}","levels":[],"ip_address":"127.0.0.1","status":1}`);
    assert.equal((await peer.request(packet.authorizeByLicense, { license })).frame, '{"id":3,"status":7}');
  });

  test("[LP-ENV-2] every id of 64 bits comes back digit for digit", async () => {
    for (const id of [
      "0",
      "1",
      "9007199254740991",
      "9007199254740992",
      "9007199254740993",
      "9223372036854775807",
      "9223372036854775808",
      "18446744073709551613",
      "18446744073709551614",
    ]) {
      assert.equal(await outcomeOf(`{"type":103,"id":${id}}`), `{"id":${id},"status":1}`);
    }
  });

  test("[LP-ENV-2] what lies deeper in the frame has no part in the id", async () => {
    const id = "9007199254740993";
    for (const frame of [
      `{"type":103,"more":{"id":5},"id":${id}}`,
      `{"type":103,"id":${id},"more":[{"id":18446744073709551615,"type":1.5}]}`,
      `{"type":103,"id":${id},"text":"\\"id\\":6"}`,
      `{"type":103,"\\u0069d":${id}}`,
    ]) {
      assert.equal(await outcomeOf(frame), `{"id":${id},"status":1}`, frame);
    }
  });

  test("[LP-ENV-2] the id of server events closes with 4302", async () => {
    assert.equal(await outcomeOf('{"type":103,"id":18446744073709551615}'), 4302);
    assert.equal(await outcomeOf('{"type":999,"id":18446744073709551615}'), 4302);
  });

  test("[LP-ENV-2] of an id that is given twice the last one counts", async () => {
    for (const [ids, expected] of [
      ['"id":1,"id":2', '{"id":2,"status":1}'],
      ['"id":5,"id":18446744073709551614', '{"id":18446744073709551614,"status":1}'],
      ['"id":18446744073709551614,"id":5', '{"id":5,"status":1}'],
      ['"id":18446744073709551615,"id":5', '{"id":5,"status":1}'],
      ['"id":5,"id":18446744073709551615', 4302],
      ['"id":5,"id":"5"', 4300],
      ['"id":"5","id":5', '{"id":5,"status":1}'],
    ] as const) {
      assert.equal(await outcomeOf(`{"type":103,${ids}}`), expected, ids);
    }
    assert.equal(await outcomeOf('{"type":999,"type":103,"id":1}'), '{"id":1,"status":1}');
    assert.equal(await outcomeOf('{"type":103,"type":999,"id":1}'), 4301);
  });

  test("[LP-ENV-4] what is absent is left out of an answer; null never stands for it", async () => {
    await using peer = await openLive(server, application);
    const frames = [
      await peer.request(packet.authorizeByLicense, { license }),
      await peer.request(packet.logout),
      await peer.request(packet.authorizeByCredentials, credentials),
      await peer.request(packet.authorizeByCredentials, { ...credentials, license: "NO-SUCH-LICENSE" }),
    ].map(({ frame }) => frame);
    assert.deepEqual(frames, [
      `{"id":2,"license":"${license}","levels":[],"ip_address":"127.0.0.1","status":1}`,
      '{"id":3,"status":1}',
      '{"id":4,"login":"alice","levels":[],"ip_address":"127.0.0.1","license_required":false,"status":1}',
      '{"id":5,"status":7}',
    ]);
  });

  test("[LP-ENV-5] fields that an operation does not know are ignored, whatever they hold", async () => {
    await using peer = await RawPeer.connect(server.url);
    const strange = { status: 5, ok: null, clientId: 5, depth: { a: [{ b: {} }] }, toString: 1, constructor: "x" };
    const fields = { websocket_api_key: application.websocketApiKey, client_id: "client", ...strange };
    assert.equal((await ask(peer, packet.initialize, fields))["status"], 1);
    assert.deepEqual(await ask(peer, packet.logout, strange), { status: 3 });
    peer.socket.send(`{"type":2,"id":9,"__proto__":{"license":"${license}"},"license":"NO-SUCH-LICENSE"}`);
    assert.equal((await peer.next()).frame, '{"id":9,"status":100}');
  });
});

suite("[LP-ENV-3] a frame that cannot be read", () => {
  for (const [what, code, frames] of [
    ["is not a JSON object", 4300, ["", "x", "null", "true", "7", '"text"', "[]", '[{"type":103,"id":1}]', "{", "{}"]],
    ["is an object with something behind it", 4300, ['{"type":103,"id":1}{"type":103,"id":2}', '{"type":103,"id":1},']],
    [
      "is almost JSON",
      4300,
      ["{'type':103,'id':1}", '{"type":103,"id":1,}', "{type:103,id:1}", '{"type":103,"id":01}'],
    ],
    ["has no type", 4300, ['{"id":1}', '{"Type":103,"id":1}', '{"__proto__":{"type":103},"id":1}']],
    ["has no id", 4300, ['{"type":103}', '{"type":103,"ID":1}', '{"__proto__":{"id":1},"type":103}']],
    [
      "has an id that is no integer",
      4300,
      ids('"1"', "1.5", "null", "true", "[1]", "{}", '""', '"18446744073709551614"'),
    ],
    [
      "has an id below 0 or from 2^64 on",
      4300,
      ids("-1", "-9007199254740993", "18446744073709551616", "1e300", "99999999999999999999"),
    ],
    ["has a type that is no integer", 4300, types('"103"', "103.5", "null", "true", "[103]", "{}")],
    ["has a type below 0 or from 2^64 on", 4300, types("-1", "18446744073709551616", "1e300")],
    [
      "has a type that no operation has",
      4301,
      types("8", "18", "99", "105", "999", "4294967399", "9007199254740993", "18446744073709551615"),
    ],
  ] as const) {
    test(`${what} closes with ${code}`, async () => {
      for (const frame of frames) assert.equal(await outcomeOf(frame), code, frame);
    });
  }

  test("is not valid UTF-8 closes with 1007", async () => {
    for (const bytes of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf4, 0x90, 0x80, 0x80]]) {
      const frame = Buffer.concat([Buffer.from('{"type":103,"id":1,"text":"'), Buffer.from(bytes), Buffer.from('"}')]);
      assert.equal(await outcomeOf(frame, { binary: false }), 1007, frame.toString("hex"));
    }
  });

  test("is binary closes with 4304, whatever it holds", async () => {
    for (const frame of [Buffer.alloc(0), Buffer.from('{"type":103,"id":1}'), Buffer.from([0xff])]) {
      assert.equal(await outcomeOf(frame, { binary: true }), 4304);
    }
  });

  test("closes with the reason that belongs to the code, and nothing behind it is run", async () => {
    for (const [frame, closing] of [
      ["[]", { code: 4300, reason: "packet does not contain mandatory 'type' and/or 'id' fields" }],
      ['{"type":8,"id":5}', { code: 4301, reason: "invalid handler type specified" }],
      ['{"type":2,"id":5,"license":5}', { code: 4302, reason: "invalid request body" }],
      [Buffer.from("{}"), { code: 4304, reason: "received unsupported data" }],
    ] as const) {
      await using peer = await openLive(server, application);
      peer.socket.send(frame, { binary: typeof frame !== "string" });
      peer.send(packet.ping);
      await assert.rejects(peer.next(), /closed with/);
      assert.deepEqual(await peer.closing(), closing);
    }
  });

  test("is refused without a trace in the log: it is the client's mistake", () => {
    assert.deepEqual(server.logged, []);
  });
});

function ids(...values: string[]): string[] {
  return values.map((id) => `{"type":103,"id":${id}}`);
}

function types(...values: string[]): string[] {
  return values.map((type) => `{"type":${type},"id":1}`);
}

/** Every operation with fields that fit its schema. */
const complete = [
  [
    packet.createAccount,
    { login: "bob's", password: "secret", credentials_type: 0, comment: "hello", license: "KEY-KEY" },
  ],
  [packet.authorizeByLicense, { license: "NO-SUCH-LICENSE" }],
  [packet.authorizeByCredentials, { login: "bob's", password: "secret", credentials_type: 0, license: "KEY-KEY" }],
] as const;
const optional = new Set([
  "credentials_type",
  "comment",
  "license of createAccount",
  "license of authorizeByCredentials",
]);

suite("fields that do not fit", () => {
  /** The outcome of a request whose fields differ from complete ones in one place. */
  async function closesFor(type: number, fields: object): Promise<string | number> {
    await using peer =
      type === packet.initialize ? await RawPeer.connect(server.url) : await openLive(server, application);
    peer.send(type, fields);
    return await outcomeAt(peer);
  }

  const initialize = { websocket_api_key: "BA0123456789ABCDEFGHI", client_id: "client", protocol_version: 1 };
  const operations = [[packet.initialize, initialize] as const, ...complete];
  const nameOf = (type: number) => Object.entries(packet).find(([, number]) => number === type)?.[0] ?? "";

  test("[LP-ENV-3] a field that is missing although it is needed closes with 4302", async () => {
    for (const [type, fields] of operations) {
      for (const name of Object.keys(fields)) {
        const { [name]: _, ...rest } = fields as Record<string, unknown>;
        const isOptional =
          name === "protocol_version" || optional.has(name) || optional.has(`${name} of ${nameOf(type)}`);
        const outcome = await closesFor(type, rest);
        assert.equal(outcome === 4302, !isOptional, `${nameOf(type)} without ${name}: ${outcome}`);
      }
    }
  });

  test("[LP-ENV-3] a field of another kind closes with 4302; no kind is turned into another", async () => {
    for (const [type, fields] of operations) {
      for (const [name, value] of Object.entries(fields)) {
        const others = typeof value === "string" ? [5, true, null, [value], { value }] : ["0", true, null, [0], {}];
        for (const other of others) {
          const outcome = await closesFor(type, { ...fields, [name]: other });
          assert.equal(outcome, 4302, `${nameOf(type)} with ${name}: ${JSON.stringify(other)}`);
        }
      }
    }
    assert.equal(await closesFor(packet.initialize, { ...initialize, protocol_version: 1.5 }), 4302);
  });

  for (const [what, text] of [
    ["NUL", "abcd\0efgh"],
    ["a high surrogate alone", "abcd\ud83defgh"],
    ["a low surrogate alone", "abcd\ude00efgh"],
    ["surrogates in the wrong order", "abcd\ude00\ud83defgh"],
  ] as const) {
    test(`[LP-ENV-8] a string with ${what} closes with 4302`, async () => {
      for (const [type, fields] of operations) {
        for (const [name, value] of Object.entries(fields)) {
          if (typeof value !== "string") continue;
          const outcome = await closesFor(type, { ...fields, [name]: text });
          assert.equal(outcome, 4302, `${nameOf(type)} with such a ${name}`);
        }
      }
    });
  }

  test("[LP-ENV-8] any other text is taken as it is, control characters and pairs of surrogates included", async () => {
    await using peer = await openLive(server, application);
    const login = "\u0001\u007f\u2028\ud83d\ude00\uffff\\\"'";
    assert.deepEqual(await ask(peer, packet.createAccount, { login, password: "secret" }), { status: 1 });
    const answer = await ask(peer, packet.authorizeByCredentials, { login, password: "secret" });
    assert.equal(answer["login"], login);
  });
});

suite("[LP-ENV-6] requests in flight", () => {
  const initialize = () => ({ websocket_api_key: application.websocketApiKey, client_id: "client" });

  /** Sends all at once; answers the statuses in the order of the requests. */
  async function burst(peer: RawPeer, ...requests: (readonly [type: number, fields?: object])[]): Promise<unknown[]> {
    const sent = requests.map(([type, fields]) => peer.send(type, fields));
    const statuses = new Map<unknown, unknown>();
    for (const _ of sent) {
      const { id, status } = await peer.next();
      assert.ok(!statuses.has(id), "one answer each");
      statuses.set(id, status);
    }
    return sent.map((id) => statuses.get(id));
  }

  test("answers are told apart by their ids, in whatever order they come", async () => {
    await using peer = await openLive(server, application);
    const slow = peer.send(packet.createAccount, { login: "slow to hash", password: "secret" });
    const quick = Array.from({ length: 200 }, () => peer.send(packet.ping));
    const answers: unknown[] = [];
    while (answers.length <= quick.length) answers.push((await peer.next())["id"]);
    assert.deepEqual(new Set(answers), new Set([slow, ...quick]));
    assert.equal(answers.at(-1), slow, "nobody has waited for the slow one");
  });

  test("initialize and create_account can be sent in one go", async () => {
    await using peer = await RawPeer.connect(server.url);
    const account = { login: "in one go", password: "secret" };
    assert.deepEqual(await burst(peer, [packet.initialize, initialize()], [packet.createAccount, account]), [1, 1]);
  });

  test("whatever waits behind an initialize that is refused is judged as if alone", async () => {
    await using peer = await RawPeer.connect(server.url);
    const id = peer.send(packet.initialize, { ...initialize(), client_id: "abc" });
    peer.send(packet.logout);
    assert.equal((await peer.next()).frame, `{"id":${id},"status":500}`);
    assert.equal(await outcomeAt(peer), 4200);
  });

  for (const [way, type, fields] of [
    ["license", packet.authorizeByLicense, () => ({ license })],
    ["credentials", packet.authorizeByCredentials, () => credentials],
  ] as const) {
    test(`initialize, authorize by ${way} and logout in one go end logged out`, async () => {
      await using peer = await RawPeer.connect(server.url);
      const statuses = await burst(peer, [packet.initialize, initialize()], [type, fields()], [packet.logout]);
      assert.deepEqual(statuses, [1, 1, 1]);
      assert.deepEqual(await ask(peer, packet.logout), { status: 3 });
    });

    test(`exclusive requests around authorize by ${way} take effect in the order they were sent`, async () => {
      await using peer = await openLive(server, application);
      const authorize = [type, fields()] as const;
      const logout = [packet.logout] as const;
      const statuses = await burst(peer, logout, authorize, authorize, logout, logout, authorize);
      assert.deepEqual(statuses, [3, 1, 7, 1, 3, 1]);
      assert.deepEqual(await ask(peer, packet.logout), { status: 1 });
    });
  }

  test("link_license_to_account is judged once the authorize before it is answered, and before the logout behind it", async () => {
    const own = await newLicense(server.console, application);
    await using peer = await openLive(server, application);
    const link = [packet.linkLicenseToAccount, { license: own }] as const;
    const statuses = await burst(peer, link, [packet.authorizeByCredentials, credentials], link, [packet.logout], link);
    assert.deepEqual(statuses, [3, 1, 1, 1, 3]);
  });

  test("the sessions of two connections do not wait for each other", async () => {
    await using slow = await openLive(server, application, "slow");
    await using quick = await openLive(server, application, "quick");
    const arrived: string[] = [];
    const authorized = slow.request(packet.authorizeByCredentials, credentials).then(() => arrived.push("slow"));
    for (let n = 0; n < 3; n++) await ask(quick, packet.logout).then(() => arrived.push("quick"));
    await authorized;
    assert.equal(arrived[0], "quick");
  });
});

suite("[LP-STAT-1] the numbers of the contract", () => {
  const file = join(import.meta.dirname, "../../../../../conformance/codes.json");
  const golden = JSON.parse(readFileSync(file, "utf8")) as Record<string, Record<string, number>>;

  test("statuses have the numbers and names of the golden file", () => {
    const names = Object.values(Status).map((status) => [statusName(status), status]);
    assert.deepEqual(Object.fromEntries(names), golden["statuses"]);
  });

  test("close codes have the numbers and names of the golden file", () => {
    assert.deepEqual({ ...CloseCode }, golden["closeCodes"]);
  });

  test("packets have the numbers that the tests send", () => {
    const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const sent = Object.entries(packet).map(([name, number]) => [snakeCase(name), number]);
    for (const [name, number] of sent) assert.equal(golden["packets"]?.[name ?? ""], number);
  });
});
