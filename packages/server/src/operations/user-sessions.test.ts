import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { type ApplicationSettings, keyKinds, roleOfKey } from "@latchkey/protocol";
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
import { newToken, sha256 } from "#crypto/tokens.ts";
import type { Account, ApplicationId, AuthorizationId, SessionId } from "#storage/tables.ts";
import { endUserSessions } from "#storage/user-sessions.ts";

const email = "ann@example.com";
const severalLogins = { enableMultipleLogins: true, maxConcurrentLogins: 0 };
const unlimited = { signInsPerIdentity: "1000000", signInsPerAddress: "1000000" };

interface Scene {
  readonly product: Product;
  readonly account: Account;
  readonly rest: RestPeer;
  readonly serverCode: RestPeer;
  /** A disabled one. */
  readonly other: Account;
}

async function open(server: TestServer, settings: Partial<ApplicationSettings> = {}): Promise<Scene> {
  const product = await newApplication(server.console, settings);
  const account = await addAccount(server, product, { login: email });
  await must(server.console, "createRole", { applicationId: product.id, role: "Editor" });
  const other = await addAccount(server, product, { login: "other@example.com", status: "disabled" });
  const [rest, serverCode] = [RestPeer.of(server, product), RestPeer.of(server, product, "BL")];
  return { product, account, rest, serverCode, other };
}

function login(rest: RestPeer): Promise<RestAnswer> {
  return rest.post("/users/login", { login: email, password: userPassword });
}

async function codeOf(answer: Promise<RestAnswer>): Promise<unknown> {
  const { status, fields } = await answer;
  return status === 200 ? "ok" : fields["code"];
}

/** The calls whose token mode is O, each as one that succeeds. */
const authenticatedCalls: Record<string, (scene: Scene, token: string) => Promise<RestAnswer>> = {
  info: ({ rest }, token) => rest.get("/info", token),
  userroles: ({ rest }, token) => rest.get("/users/userroles", token),
  "roles of an account": ({ rest, account }, token) => rest.get(`/users/userroles/${account.id}`, token),
  "change of a role": ({ serverCode, account }, token) =>
    serverCode.post("/users/assignRole", { user: account.id, roleName: "Editor" }, token),
  "check of a password": ({ serverCode }, token) =>
    serverCode.post("/users/verifypassword", { password: userPassword }, token),
  "change of a status": ({ serverCode, other }, token) =>
    serverCode.request("PUT", `/users/${other.id}/status`, { token, body: { userStatus: "ENABLED" } }),
  "list by a role": ({ serverCode }, token) => serverCode.get("/users/role/Editor", token),
  user: ({ rest, account }, token) => rest.get(`/users/${account.id}`, token),
  "user as data": ({ rest, account }, token) => rest.get(`/data/Users/${account.id}`, token),
};

/** The calls whose token mode is I, each as one that succeeds. */
const ignoringCalls: Record<string, (scene: Scene, token: string) => Promise<RestAnswer>> = {
  register: ({ rest }, token) =>
    rest.post("/users/register", { email: "new@example.com", password: userPassword }, token),
  login: ({ rest }, token) => rest.post("/users/login", { login: email, password: userPassword }, token),
  "guest login": ({ rest }, token) => rest.post("/users/register/guest", undefined, token),
  isvalidusertoken: ({ rest }, token) => rest.get(`/users/isvalidusertoken/${token}`, token),
};

onEachDatabase("user sessions", (newDatabase, kind) => {
  const clock = new ManualClock();
  let database: Readonly<Record<string, string>>;
  let server: TestServer;
  before(async () => {
    database = await newDatabase();
    server = await startTestServer({ clock, settings: { ...database, ...unlimited } });
  });
  after(() => server[Symbol.asyncDispose]());

  async function liveTokens(rest: RestPeer, answers: readonly RestAnswer[]): Promise<number> {
    const tokens = answers.map(({ fields }) => fields["user-token"]).filter((token) => typeof token === "string");
    const live = await Promise.all(tokens.map((token) => rest.isLive(token)));
    return live.filter(Boolean).length;
  }

  test("[US-SESS-3] a token is valid in one application, under whichever of its keys", async () => {
    const [ours, theirs] = [await open(server), await open(server)];
    const token = await ours.rest.login(email);
    for (const kind of keyKinds) {
      const rest = RestPeer.of(server, ours.product, kind);
      assert.deepEqual([await rest.isLive(token), await codeOf(rest.get("/info", token))], [true, "ok"], kind);
      const stranger = RestPeer.of(server, theirs.product, kind);
      assert.deepEqual([await stranger.isLive(token), await codeOf(stranger.get("/info", token))], [false, 3064], kind);
    }
  });

  test("[US-SESS-4] [US-SESS-9] a session ends when the timeout has gone by since its last authenticated call", async () => {
    const scene = await open(server, { sessionTimeoutSeconds: 60 });
    const token = await scene.rest.login(email);
    await clock.advance(59_999);
    assert.equal(await scene.rest.isLive(token), true);
    await clock.advance(1);
    assert.equal(await scene.rest.isLive(token), false);
    for (const [name, call] of Object.entries(authenticatedCalls))
      assert.equal(await codeOf(call(scene, token)), 3064, name);
  });

  test("[US-SESS-5] [US-EP-2] the timer starts anew at calls that check the token, and at no others", async () => {
    const calls = { ...authenticatedCalls, ...ignoringCalls };
    // Once long enough after the login to be written at once, once too shortly.
    for (const pauseMs of [30_000, 2_000]) {
      const started = await Promise.all(
        Object.entries(calls).map(async ([name, call]) => {
          const scene = await open(server, { ...severalLogins, sessionTimeoutSeconds: 60 });
          return { name, call, scene, token: await scene.rest.login(email) };
        }),
      );
      await clock.advance(pauseMs);
      for (const { name, call, scene, token } of started) assert.equal(await codeOf(call(scene, token)), "ok", name);
      await clock.advance(60_000 - pauseMs);
      for (const { name, scene, token } of started) {
        assert.equal(await scene.rest.isLive(token), name in authenticatedCalls, `${name} after ${pauseMs}`);
      }
      await clock.advance(pauseMs);
      for (const { name, scene, token } of started) assert.equal(await scene.rest.isLive(token), false, name);
    }
  });

  test("[US-SESS-6] a changed timeout holds for every session at its next check", async () => {
    const shortened = await open(server);
    const lengthened = await open(server, { sessionTimeoutSeconds: 60 });
    const [one, other] = [await shortened.rest.login(email), await lengthened.rest.login(email)];
    await clock.advance(59_000);
    await changeSettings(server, lengthened.product, { sessionTimeoutSeconds: 120 });
    await clock.advance(1_000);
    assert.deepEqual([await shortened.rest.isLive(one), await lengthened.rest.isLive(other)], [true, true]);
    await changeSettings(server, shortened.product, { sessionTimeoutSeconds: 60 });
    assert.equal(await shortened.rest.isLive(one), false);
    await clock.advance(59_999);
    assert.equal(await lengthened.rest.isLive(other), true);
    await clock.advance(1);
    assert.equal(await lengthened.rest.isLive(other), false);
  });

  test("[US-SESS-7] what is written of the timer lags by less than a minute and a tenth of the timeout", async () => {
    for (const [sessionTimeoutSeconds, lagMs] of [
      [3600, 60_000],
      [100, 10_000],
    ] as const) {
      const { rest, account } = await open(server, { sessionTimeoutSeconds });
      const token = await rest.login(email);
      for (let call = 0; call < 25; call++) {
        await clock.advance(4_000);
        assert.equal(await codeOf(rest.get("/info", token)), "ok");
        const { lastSeenAt } = await server.db
          .selectFrom("session")
          .select("lastSeenAt")
          .where("accountId", "=", account.id)
          .executeTakeFirstOrThrow();
        assert.ok(clock.now() - lastSeenAt < lagMs, `${clock.now() - lastSeenAt} of ${lagMs} ms`);
      }
    }
  });

  // SQLite has one server at a time.
  if (kind === "PostgreSQL") {
    test("[US-SESS-7] [US-SEC-13] two nodes on one database see the same sessions", async () => {
      await using second = await startTestServer({ clock, settings: database });
      const { product, rest } = await open(server, { sessionTimeoutSeconds: 100 });
      const there = RestPeer.of(second, product);
      const token = await rest.login(email);
      for (let call = 0; call < 4; call++) {
        await clock.advance(85_000);
        assert.equal(await there.isLive(token), true);
        assert.equal(await codeOf(rest.get("/info", token)), "ok");
      }
      assert.equal((await there.get("/users/logout", token)).text, "null");
      assert.equal(await codeOf(rest.get("/info", token)), 3064);
    });
  }

  test("[US-SESS-11] a session ended by a password change is dead in every call", async () => {
    const scene = await open(server, severalLogins);
    const tokens = [await scene.rest.login(email), await scene.rest.login(email)];
    await endUserSessions(server.db, scene.account.id, null);
    for (const token of tokens) {
      for (const [name, call] of Object.entries(authenticatedCalls))
        assert.equal(await codeOf(call(scene, token)), 3064, name);
      assert.equal(await scene.rest.isLive(token), false);
    }
  });

  test("[US-SESS-14] [US-SESS-22] an ended session counts toward no limit, however it ended", async () => {
    const endings: Record<string, (scene: Scene, token: string) => Promise<unknown>> = {
      "logged out": ({ rest }, token) => rest.get("/users/logout", token),
      "ended by the operator": ({ account }) => endUserSessions(server.db, account.id, null),
      "ended by disabling": ({ account }) => endUserSessions(server.db, account.id, clock.now()),
      "timed out": () => clock.advance(60_000),
    };
    for (const policy of [{ logoutLastUser: true }, { enableMultipleLogins: true, maxConcurrentLogins: 1 }]) {
      for (const [name, end] of Object.entries(endings)) {
        const scene = await open(server, { ...policy, sessionTimeoutSeconds: 60 });
        const token = await scene.rest.login(email);
        assert.notEqual(await codeOf(login(scene.rest)), "ok", name);
        await end(scene, token);
        assert.equal(await codeOf(login(scene.rest)), "ok", name);
      }
    }
  });

  test("[US-SESS-20] by default a login ends every earlier session of the account, and of no other", async () => {
    const { rest, product } = await open(server);
    await addAccount(server, product, { login: "bob@example.com" });
    const bob = await rest.login("bob@example.com");
    let last = await rest.login(email);
    for (let round = 0; round < 3; round++) {
      const next = await rest.login(email);
      assert.deepEqual([await rest.isLive(last), await rest.isLive(next)], [false, true]);
      assert.equal(await codeOf(rest.get("/info", last)), 3064);
      last = next;
    }
    assert.equal(await rest.isLive(bob), true);
  });

  test("[US-SESS-21] with logoutLastUser a second login is refused with 3002 and the first session remains live", async () => {
    const { rest } = await open(server, { logoutLastUser: true });
    const first = await rest.login(email);
    for (let attempt = 0; attempt < 2; attempt++) assert.equal(await codeOf(login(rest)), 3002);
    assert.equal(await rest.isLive(first), true);
  });

  test("[US-SESS-22] with several logins there are as many as maxConcurrentLogins, whatever logoutLastUser says", async () => {
    for (const logoutLastUser of [false, true]) {
      const { rest } = await open(server, { enableMultipleLogins: true, maxConcurrentLogins: 3, logoutLastUser });
      const tokens = [await rest.login(email), await rest.login(email), await rest.login(email)];
      assert.equal(await codeOf(login(rest)), 3044);
      for (const token of tokens) assert.equal(await rest.isLive(token), true);
    }
  });

  test("[US-SESS-22] a limit of 0 stands for 1000 sessions", async () => {
    const { rest, product, account } = await open(server, severalLogins);
    const session = {
      applicationId: product.id as ApplicationId,
      door: "user-service",
      address: "127.0.0.1",
      accountId: account.id,
      createdAt: clock.now(),
      lastSeenAt: clock.now(),
    } as const;
    const sessions = Array.from({ length: 999 }, (_, index) => ({
      ...session,
      id: `${account.id} ${index}` as SessionId,
      authorizationId: `${account.id} ${index}` as AuthorizationId,
      secretHash: sha256(newToken()),
    }));
    await server.db.insertInto("session").values(sessions).execute();
    assert.equal(await codeOf(login(rest)), "ok");
    assert.equal(await codeOf(login(rest)), 3044);
  });

  test("[US-SESS-23] however many logins run in parallel, the limits hold", async () => {
    const policies: [Partial<ApplicationSettings>, number, number | undefined][] = [
      [{}, 1, undefined],
      [{ logoutLastUser: true }, 1, 3002],
      [{ enableMultipleLogins: true, maxConcurrentLogins: 1 }, 1, 3044],
      [{ enableMultipleLogins: true, maxConcurrentLogins: 3 }, 3, 3044],
    ];
    for (const [settings, atMost, refusal] of policies) {
      const { rest, account, product } = await open(server, settings);
      const serverCode = RestPeer.of(server, product, "BL");
      const byId = () => serverCode.post("/users/login", { objectId: account.id });
      const answers = await Promise.all([login(rest), byId(), login(rest), byId(), login(rest), byId()]);
      assert.equal(await liveTokens(rest, answers), atMost, JSON.stringify(settings));
      const codes = answers.filter(({ status }) => status !== 200).map(({ fields }) => fields["code"]);
      const refused = refusal === undefined ? [] : Array.from({ length: answers.length - atMost }, () => refusal);
      assert.deepEqual(codes, refused, JSON.stringify(settings));
    }
  });

  test("[US-EP-2] isvalidusertoken is true for a live token of this application, and the header plays no part", async () => {
    const { rest, account } = await open(server);
    const token = await rest.login(email);
    const sessions = () => server.db.selectFrom("session").selectAll().where("accountId", "=", account.id).execute();
    const before = await sessions();
    const cases: [string, string, boolean][] = [
      [token, "", true],
      [token, "dead", true],
      ["dead", token, false],
      [token.toLowerCase(), token, false],
      [" ", token, false],
      ["null", token, false],
    ];
    await clock.advance(30_000);
    for (const [asked, header, expected] of cases) {
      const path = `/users/isvalidusertoken/${encodeURIComponent(asked)}`;
      const { status, text } = await rest.get(path, header);
      assert.deepEqual([status, text], [200, String(expected)], `${asked} ${header}`);
    }
    assert.equal(before.length, 1);
    assert.deepEqual(await sessions(), before);
  });
});

suite("tokens and roles", () => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock });
  });
  after(() => server[Symbol.asyncDispose]());

  test("[US-SESS-1] tokens are upper-case hex 8-4-4-4-12 of which every digit is random", () => {
    const tokens = Array.from({ length: 2_000 }, newToken);
    for (const token of tokens) assert.match(token, /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    const digits = tokens.map((token) => token.replaceAll("-", ""));
    for (let position = 0; position < 32; position++) {
      assert.equal(new Set(digits.map((each) => each[position])).size, 16, `digit ${position}`);
    }
    assert.equal(new Set(tokens).size, tokens.length);
  });

  test("[US-SESS-2] [US-SEC-4] what is stored of a token is its SHA-256, and of a BL key, too", async () => {
    const { rest, product } = await open(server, severalLogins);
    const token = await rest.login(email);
    await rest.get("/info", token);
    const hashes = await server.db.selectFrom("session").select("secretHash").execute();
    assert.ok(hashes.some(({ secretHash }) => secretHash === sha256(token)));
    const keys = await server.db.selectFrom("apiKey").selectAll().where("kind", "=", "BL").execute();
    assert.deepEqual(
      keys.map(({ keyHash, key }) => [keyHash, key]),
      [[sha256(product.apiKeys.BL ?? ""), null]],
    );

    const files = readdirSync(server.dataDirectory).map((name) => readFileSync(join(server.dataDirectory, name)));
    assert.ok(files.some((bytes) => bytes.includes(sha256(token))));
    for (const secret of [token, product.apiKeys.BL ?? "", userPassword]) {
      assert.ok(!files.some((bytes) => bytes.includes(secret)));
    }
  });

  test("[US-SESS-4] the timeout is 3600 seconds unless it is set, from 60 to 2 592 000", async () => {
    const { product } = await open(server);
    const { application } = await must(server.console, "showApplication", { applicationId: product.id });
    assert.equal(application.settings.sessionTimeoutSeconds, 3600);
    for (const [sessionTimeoutSeconds, ok] of [
      [59, false],
      [60, true],
      [2_592_000, true],
      [2_592_001, false],
    ] as const) {
      const input = { name: "Test product", settings: { sessionTimeoutSeconds } };
      assert.equal((await server.console.call("createApplication", input)).ok, ok, `${sessionTimeoutSeconds}`);
    }
  });

  test("[US-ROLE-1] [US-ROLE-2] [US-ROLE-3] [US-KEY-2] the roles of a call follow from its key and its token", async () => {
    const { rest, product } = await open(server);
    const token = await rest.login(email);
    for (const kind of keyKinds) {
      const peer = RestPeer.of(server, product, kind);
      const anonymous = kind === "BL" ? ["ServerCodeUser"] : [roleOfKey[kind], "NotAuthenticatedUser"];
      assert.deepEqual((await peer.get("/users/userroles")).body, anonymous);
      assert.deepEqual((await peer.get("/users/userroles", token)).body, [roleOfKey[kind], "AuthenticatedUser"]);
    }
    assert.deepEqual(Object.values(roleOfKey).sort(), [
      "ASUser",
      "AndroidUser",
      "DotNetUser",
      "IOSUser",
      "JSUser",
      "RestUser",
      "ServerCodeUser",
    ]);
  });
});

test("[US-SESS-7] a restart ends no session and loses nothing of its timer", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "latchkey-test-"));
  const clock = new ManualClock();
  const settings = { data: folder.path };
  let token: string;
  let product: Product;
  {
    await using server = await startTestServer({ clock, settings });
    const scene = await open(server, { sessionTimeoutSeconds: 60 });
    product = scene.product;
    token = await scene.rest.login(email);
    await clock.advance(5_000);
    assert.equal(await codeOf(scene.rest.get("/info", token)), "ok");
  }
  await using server = await startTestServer({ clock, settings });
  const rest = RestPeer.of(server, product);
  await clock.advance(59_999);
  assert.equal(await rest.isLive(token), true);
  await clock.advance(1);
  assert.equal(await rest.isLive(token), false);
});

test("[US-SESS-21] [US-SESS-22] a session whose last use has not been written yet counts as live", async () => {
  for (const policy of [{ logoutLastUser: true }, { enableMultipleLogins: true, maxConcurrentLogins: 1 }]) {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock });
    const { rest } = await open(server, { ...policy, sessionTimeoutSeconds: 60 });
    await clock.advance(58_000);
    const first = await rest.login(email);
    await clock.advance(3_000);
    assert.equal(await codeOf(rest.get("/info", first)), "ok");
    await clock.advance(58_000);
    assert.equal(await rest.isLive(first), true);
    assert.equal(await codeOf(login(rest)), "logoutLastUser" in policy ? 3002 : 3044);
    assert.equal(await rest.isLive(first), true);
  }
});

test("[US-SESS-4] [US-SESS-5] a session is live also while its last use is being written", async () => {
  const clock = new ManualClock();
  await using server = await startTestServer({ clock });
  const { rest } = await open(server, { sessionTimeoutSeconds: 60 });
  await clock.advance(58_000);
  const token = await rest.login(email);
  await clock.advance(4_000);
  assert.equal(await codeOf(rest.get("/info", token)), "ok");
  // Whoever writes beside the server, such as a backup, keeps its writes waiting.
  await server.db.transaction().execute(async () => {
    await clock.advance(58_000);
    assert.equal(await rest.isLive(token), true);
  });
  assert.equal(await rest.isLive(token), true);
});
