import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import {
  addAccount,
  ask,
  type Cause,
  eventFrame,
  heardBefore,
  judge,
  ManualClock,
  must,
  newApplication,
  newGuardedApplication,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  type RawPeer,
  readProtected,
  type RestAnswer,
  RestPeer,
  startTestServer,
  subscribe,
  tellVersion,
  type TestServer,
  userPassword,
} from "@latchkey/testkit";
import type { Account, NewAccount } from "#storage/tables.ts";

const ann = "ann@example.com";
const bob = "bob@example.com";
const unknownId = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0";
const newPassword = "another horse";
const severalLogins = { enableMultipleLogins: true, maxConcurrentLogins: 0 };
const wide = { signInsPerIdentity: "100000", signInsPerAddress: "100000", pingInterval: "30d" };

interface Scene {
  readonly product: Product;
  readonly rest: RestPeer;
  readonly serverCode: RestPeer;
  readonly account: Account;
  readonly token: string;
}

async function codeOf(answer: Promise<RestAnswer>): Promise<unknown> {
  const { status, fields } = await answer;
  return status === 200 ? "ok" : fields["code"];
}

function put(rest: RestPeer, id: string, body: unknown, token?: string): Promise<RestAnswer> {
  return rest.request("PUT", `/users/${id}`, { body, ...(token !== undefined && { token }) });
}

function scenes(server: () => TestServer) {
  return async (settings: Partial<ApplicationSettings> = {}, given: Partial<NewAccount> = {}): Promise<Scene> => {
    const product = await newApplication(server().console, { ...severalLogins, ...settings });
    const account = await addAccount(server(), product, { email: ann, ...given });
    const rest = RestPeer.of(server(), product);
    const token = given.status === "guest" ? "" : await rest.login(given.login ?? ann);
    return { product, account, rest, serverCode: RestPeer.of(server(), product, "BL"), token };
  };
}

onEachDatabase("update", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock, settings: { ...(await newDatabase()), ...wide } });
  });
  after(() => server[Symbol.asyncDispose]());
  const open = scenes(() => server);

  const logsIn = (rest: RestPeer, login: string, password = userPassword) =>
    codeOf(rest.post("/users/login", { login, password }));

  function hashOf({ id }: Account) {
    return server.db.selectFrom("account").select("passwordHash").where("id", "=", id).executeTakeFirstOrThrow();
  }

  test("[US-UPD-1] [US-DATA-4] changes what is given, leaves the rest, sets updated and answers the whole user", async () => {
    const { rest, account, token } = await open();
    await put(rest, account.id, { name: "Ann", plan: "pro", age: 7 }, token);
    await clock.advance(5);
    const { status, body } = await put(rest, account.id, { plan: null, age: 8, blUserLocale: "de" }, token);
    assert.equal(status, 200);
    const shown = await rest.get(`/users/${account.id}`, token);
    assert.deepEqual(body, shown.body);
    const { name, plan, age, email, blUserLocale, updated } = shown.fields;
    assert.deepEqual([name, plan, age, email, blUserLocale], ["Ann", null, 8, ann, "de"]);
    assert.equal(updated, clock.now());
    assert.equal("user-token" in shown.fields, false);
  });

  test("[US-DATA-5] [US-DATA-12] a whole object that comes back changes nothing but what was changed in it", async () => {
    const { rest, token, account } = await open();
    const { body: whole } = await put(rest, account.id, { plan: "pro", list: [1] }, token);
    const sent = {
      ...(whole as object),
      plan: "max",
      userStatus: "DISABLED",
      created: 1,
      ownerId: "x",
      blUserLocale: 7,
    };
    const { status, body } = await put(rest, account.id, sent, token);
    assert.equal(status, 200);
    assert.deepEqual(body, { ...(whole as object), plan: "max", updated: clock.now() });
  });

  test("[US-UPD-7] an account of the live door, which has no address, may be sent back as it is shown", async () => {
    const { rest, token, account } = await open({}, { login: "bob.builder", email: null });
    const { body: whole, fields } = await rest.get(`/users/${account.id}`, token);
    assert.deepEqual([fields["login"], fields["email"]], ["bob.builder", null]);
    const { body } = await put(rest, account.id, whole, token);
    assert.deepEqual(body, { ...(whole as object), updated: clock.now() });
    assert.equal(await codeOf(put(rest, account.id, { email: ann }, token)), "ok");
    for (const login of ["bob.builder", ann]) assert.equal(await logsIn(rest, login), "ok");
  });

  test("[US-UPD-7] [US-DATA-7] a changed identity is the only one afterwards, and the old one is free", async () => {
    const { product, rest, account, token } = await open();
    assert.equal(await codeOf(put(rest, account.id, { email: " Anna@Example.com " }, token)), "ok");
    assert.equal(await logsIn(rest, ann), 3003);
    assert.equal(await logsIn(rest, "ANNA@example.com"), "ok");
    assert.equal((await rest.get(`/users/${account.id}`, token)).fields["email"], "Anna@Example.com");
    assert.equal(await codeOf(put(rest, account.id, { email: "anna@example.COM" }, token)), "ok");
    assert.equal(await logsIn(rest, "anna@example.com"), "ok");
    await rest.register(ann);
    assert.equal(await codeOf(put(rest, account.id, { email: ann, plan: "pro" }, token)), 3018);
    const { fields } = await rest.get(`/users/${account.id}`, token);
    assert.deepEqual([fields["email"], fields["plan"]], ["anna@example.COM", undefined]);
    await addAccount(server, product, { login: "live@example.com" });
    assert.equal(await codeOf(put(rest, account.id, { email: "LIVE@example.com" }, token)), 3018);
  });

  test("[US-UPD-7] updates and registrations in parallel never share an identity", async () => {
    const { product, rest, serverCode } = await open();
    const accounts = await Promise.all(
      [1, 2, 3].map((index) => addAccount(server, product, { email: `user${index}@example.com` })),
    );
    const wanted = "wanted@example.com";
    const codes = await Promise.all([
      ...accounts.map(({ id }) => codeOf(put(serverCode, id, { email: wanted }))),
      codeOf(rest.post("/users/register", { email: wanted, password: userPassword })),
    ]);
    assert.deepEqual(codes.filter((code) => code === "ok").length, 1, codes.join());
    assert.ok(
      codes.every((code, index) => code === "ok" || code === (index < 3 ? 3018 : 3033)),
      codes.join(),
    );
    const rows = await server.db.selectFrom("identity").selectAll().where("key", "=", wanted).execute();
    assert.equal(rows.length, 1);
  });

  test("[US-UPD-7] two accounts can trade nothing: each waits for the other's identity to be free", async () => {
    const { product, account, serverCode } = await open();
    const other = await addAccount(server, product, { email: bob });
    const codes = await Promise.all([
      codeOf(put(serverCode, account.id, { email: bob })),
      codeOf(put(serverCode, other.id, { email: ann })),
    ]);
    assert.deepEqual(codes, [3018, 3018]);
  });

  test("[US-DATA-7] an address that is no identity may be shared and taken away, one that signs in may not", async () => {
    const { product, rest, account, token } = await open({ identityColumn: "login" }, { login: "ann", email: null });
    const other = await addAccount(server, product, { login: "bob", email: null });
    const serverCode = RestPeer.of(server, product, "BL");
    assert.equal(await codeOf(put(rest, account.id, { email: ann }, token)), "ok");
    assert.equal(await codeOf(put(serverCode, other.id, { email: ann })), "ok");
    assert.equal(await logsIn(rest, ann), 3003);
    assert.equal(await codeOf(put(rest, account.id, { email: null }, token)), "ok");
    assert.equal((await rest.get(`/users/${account.id}`, token)).fields["email"], null);

    const live = await addAccount(server, product, { email: "live@example.com" });
    assert.equal(await codeOf(put(serverCode, live.id, { email: null })), 3045);
    assert.equal(await codeOf(put(serverCode, live.id, { email: "new@example.com" })), "ok");
    assert.deepEqual([await logsIn(rest, "live@example.com"), await logsIn(rest, "new@example.com")], [3003, "ok"]);
  });

  test("[US-DATA-8] a numeric identity stands for its decimal text", async () => {
    const { rest, account, token } = await open({ identityColumn: "phone" }, { login: "123", email: null });
    const { status, fields } = await put(rest, account.id, { phone: 456 }, token);
    assert.deepEqual([status, fields["phone"]], [200, "456"]);
    assert.deepEqual([await logsIn(rest, "123"), await logsIn(rest, "456")], [3003, "ok"]);
  });

  test("[US-UPD-8] a password equal to the present one is no change: the same hash, and every session goes on", async () => {
    const { rest, account, token } = await open();
    const other = await rest.login(ann);
    const before = await hashOf(account);
    const { status, fields } = await put(rest, account.id, { password: userPassword, plan: "pro" }, token);
    assert.deepEqual([status, fields["plan"], fields["password"]], [200, "pro", undefined]);
    assert.deepEqual(await hashOf(account), before);
    assert.equal(await rest.isLive(other), true);
  });

  test("[US-UPD-9] [US-SESS-11] a changed password ends every other session and keeps the one that made the call", async () => {
    const { rest, account, token } = await open();
    const others = [await rest.login(ann), await rest.login(ann)];
    assert.equal(await codeOf(put(rest, account.id, { password: newPassword }, token)), "ok");
    assert.equal(await rest.isLive(token), true);
    for (const other of others) assert.equal(await codeOf(rest.get("/info", other)), 3064);
    assert.deepEqual([await logsIn(rest, ann), await logsIn(rest, ann, newPassword)], [3003, "ok"]);
  });

  test("[US-UPD-9] server code without the user's token ends all of them, with it all others", async () => {
    const { product, rest, serverCode, account, token } = await open();
    const other = await rest.login(ann);
    assert.equal(await codeOf(put(serverCode, account.id, { password: newPassword }, token)), "ok");
    assert.deepEqual([await rest.isLive(token), await rest.isLive(other)], [true, false]);
    assert.equal(await codeOf(put(serverCode, account.id, { password: userPassword })), "ok");
    assert.equal(await rest.isLive(token), false);

    await addAccount(server, product, { email: bob });
    const [annsToken, bobsToken] = [await rest.login(ann), await rest.login(bob)];
    assert.equal(await codeOf(put(serverCode, account.id, { password: newPassword }, bobsToken)), "ok");
    assert.deepEqual([await rest.isLive(annsToken), await rest.isLive(bobsToken)], [false, true]);
  });

  test("[US-UPD-9] [US-SESS-11] live connections of other sessions are told and lose their authorization", async () => {
    const product = await newGuardedApplication(server, severalLogins);
    const account = await addAccount(server, product, { email: ann });
    const rest = RestPeer.of(server, product);
    const [mine, other] = [await rest.login(ann), await rest.login(ann)];
    const connect = async (index: number, authorize: (peer: RawPeer) => Promise<unknown>) => {
      const peer = await openLive(server, product, `client-${index}`);
      await subscribe(peer);
      await authorize(peer);
      return peer;
    };
    const attach = (token: string) => (peer: RawPeer) => ask(peer, packet.attach, { user_token: token });
    await using attachedToMine = await connect(1, attach(mine));
    await using attachedToOther = await connect(2, attach(other));
    await using byPassword = await connect(3, (peer) =>
      ask(peer, packet.authorizeByCredentials, { login: ann, password: userPassword }),
    );
    const peers = [attachedToMine, attachedToOther, byPassword];
    for (const peer of peers) assert.equal(await readProtected(peer), 1);

    assert.equal(await codeOf(put(rest, account.id, { password: newPassword }, mine)), "ok");
    const marker = await tellVersion(server, product);
    const told = eventFrame(812);
    assert.deepEqual(await Promise.all(peers.map((peer) => heardBefore(peer, marker))), [[], [told], [told]]);
    assert.deepEqual(await Promise.all(peers.map(readProtected)), [1, 3, 3]);
  });

  test("[US-UPD-9] of updates in parallel from two sessions, the one whose session was ended is not made", async () => {
    for (let round = 0; round < 5; round++) {
      const { rest, account, token } = await open();
      const other = await rest.login(ann);
      const passwords = ["first password", "second password"];
      const codes = await Promise.all(
        [token, other].map((given, index) =>
          codeOf(put(rest, account.id, { password: passwords[index], winner: index }, given)),
        ),
      );
      assert.deepEqual(codes.toSorted(), [3064, "ok"]);
      const winner = codes.indexOf("ok");
      assert.equal(await logsIn(rest, ann, passwords[winner]), "ok");
      const { fields } = await rest.get(`/users/${account.id}`, [token, other][winner]);
      assert.equal(fields["winner"], winner);
    }
  });

  test("updates in parallel of different properties are all kept", async () => {
    const { rest, account, token } = await open();
    const names = Array.from({ length: 8 }, (_, index) => `p${index}`);
    const codes = await Promise.all(names.map((name) => codeOf(put(rest, account.id, { [name]: name }, token))));
    assert.ok(codes.every((code) => code === "ok"));
    const { fields } = await rest.get(`/users/${account.id}`, token);
    for (const name of names) assert.equal(fields[name], name);
  });
});

suite("who may update, and what", () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock: new ManualClock(), settings: wide });
  });
  after(() => server[Symbol.asyncDispose]());
  const open = scenes(() => server);

  test("[US-UPD-3] [US-UPD-4] [US-UPD-5] [US-UPD-6] [US-SEC-13] whose account is updated by whom", async () => {
    const foreign = (await open()).account.id;
    for (const userAccess of ["self", "open"] as const) {
      const { product, rest, serverCode, account, token } = await open({ userAccess });
      const other = (await addAccount(server, product, { email: bob })).id;
      const isOpen = userAccess === "open";
      const cases: [string, RestPeer, string | undefined, unknown, unknown, unknown][] = [
        ["anonymous", rest, undefined, 3028, 3028, 3028],
        ["user", rest, token, "ok", isOpen ? "ok" : 3029, isOpen ? 3030 : 3029],
        ["server code", serverCode, undefined, "ok", "ok", 3030],
        ["server code with a user", serverCode, token, "ok", "ok", 3030],
        ["dead token", rest, "dead", 3064, 3064, 3064],
      ];
      for (const [who, peer, given, own, others, unknown] of cases) {
        const title = `${who} under ${userAccess}`;
        assert.equal(await codeOf(put(peer, account.id, { plan: "pro" }, given)), own, title);
        assert.equal(await codeOf(put(peer, other, { plan: "pro" }, given)), others, title);
        for (const id of [unknownId, foreign]) {
          assert.equal(await codeOf(put(peer, id, { plan: "pro" }, given)), unknown, title);
        }
      }
    }
  });

  test("[US-UPD-5] under open access another account's password and identity are its own all the same", async () => {
    const { product, rest, serverCode, token } = await open({ userAccess: "open" });
    const other = await addAccount(server, product, { email: bob });
    for (const body of [{ email: "eve@example.com" }, { password: newPassword }, { password: userPassword }]) {
      assert.equal(await codeOf(put(rest, other.id, { plan: "x", ...body }, token)), 3029, JSON.stringify(body));
    }
    const { body: whole } = await serverCode.get(`/users/${other.id}`);
    assert.equal(await codeOf(put(rest, other.id, { ...(whole as object), plan: "pro" }, token)), "ok");
  });

  test("[US-UPD-2] [US-TABLE-6] the id in the path decides; a different one in the body answers 2004", async () => {
    const { rest, account, token } = await open();
    for (const [objectId, code] of [
      [account.id, "ok"],
      [null, "ok"],
      ["", "ok"],
      [unknownId, 2004],
      [7, 2004],
    ]) {
      for (const path of ["/users/", "/data/Users/"]) {
        const request = rest.request("PUT", path + account.id, { token, body: { objectId, plan: "pro" } });
        assert.equal(await codeOf(request), code, String(objectId));
      }
    }
    for (const body of ["[]", "null", "{"]) assert.equal(await codeOf(put(rest, account.id, body, token)), 2004);
  });

  interface Around {
    readonly token: { readonly given: string | undefined };
    readonly body: Record<string, unknown>;
    readonly state: Partial<NewAccount>;
    readonly schema: { readonly full: boolean };
  }
  const causes: readonly Cause<Around>[] = [
    [3028, { token: { given: undefined } }],
    [2004, { body: { objectId: unknownId } }],
    [3045, { body: { password: null } }],
    [3045, { body: { password: "" } }],
    [3050, { body: { password: 12_345 } }],
    [3045, { body: { login: null } }],
    [3045, { body: { login: " \t" } }],
    [3063, { body: { login: "x".repeat(201) } }],
    [3040, { body: { email: "nobody" } }],
    [3045, { body: { must: null } }],
    [3045, { body: { must: "" } }],
    [3016, { body: { "first-name": "Ann" } }],
    [3049, { body: { size: "x" } }],
    [3031, { body: { another: 1 }, schema: { full: true } }],
    [40_001, { body: { password: "abc" } }],
    [3018, { body: { login: "TAKEN" } }],
    [3018, { body: { badge: 7 } }],
  ];

  test("[US-UPD-7] [US-ERR-7] of several things that are wrong the first in the order is answered", async () => {
    const { observed, expected } = await judge(causes, async ({ token, body, schema }) => {
      const properties = '{"must":"x"}';
      const scene = await open({ identityColumn: "login" }, { login: "ann", email: null, properties });
      await addAccount(server, scene.product, { login: "taken" });
      const column = { required: false, unique: false, defaultValue: null, applicationId: scene.product.id };
      await must(server.console, "setColumn", { ...column, name: "must", type: "STRING", required: true });
      await must(server.console, "setColumn", { ...column, name: "size", type: "INT" });
      await must(server.console, "setColumn", { ...column, name: "badge", type: "INT", unique: true });
      const other = await addAccount(server, scene.product, { login: "other" });
      assert.equal(await codeOf(put(scene.serverCode, other.id, { badge: 7 })), "ok");
      if (schema?.full) {
        const many = Array.from({ length: 61 }, (_, index) => [`c${index}`, 1]);
        assert.equal(await codeOf(put(scene.serverCode, other.id, Object.fromEntries(many))), "ok");
      }
      return codeOf(put(scene.rest, scene.account.id, { ...body }, token ? token.given : scene.token));
    });
    assert.deepEqual(observed, expected);
  });

  test("[US-UPD-10] a guest cannot be given an identity or a password, but everything else", async () => {
    const { serverCode, account } = await open({}, { status: "guest", email: null, passwordHash: null });
    const { body: whole } = await serverCode.get(`/users/${account.id}`);
    assert.equal(await codeOf(put(serverCode, account.id, { ...(whole as object), plan: "pro" })), "ok");
    assert.equal(await codeOf(put(serverCode, account.id, { email: ann })), 2000);
    assert.equal(await codeOf(put(serverCode, account.id, { password: newPassword })), 2000);
  });

  test("[US-DATA-1] no answer to an update has the password in it", async () => {
    const { rest, account, token } = await open();
    const { status, text } = await put(rest, account.id, { password: "hunter2hunter2" }, token);
    assert.equal(status, 200);
    assert.doesNotMatch(text, /password|hunter2|argon2/i);
  });
});
