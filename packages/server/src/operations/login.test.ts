import assert from "node:assert/strict";
import { createHook } from "node:async_hooks";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
  onEachDatabase,
  type Product,
  type RestAnswer,
  RestPeer,
  startTestServer,
  type TestServer,
  userPassword,
} from "@latchkey/testkit";
import type { Account, ApplicationId, NewAccount } from "#storage/tables.ts";

const email = "ann@example.com";
const right = { login: email, password: userPassword };
const wrong = { login: email, password: "wrong" };
const unknownId = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0";
const severalLogins = { enableMultipleLogins: true, maxConcurrentLogins: 0 };
const unlimited = { signInsPerIdentity: "1000000", signInsPerAddress: "1000000" };

const clock = new ManualClock();
let server: TestServer;

function useServer(newSettings: () => Promise<Readonly<Record<string, string>>>): void {
  before(async () => {
    server = await startTestServer({ clock, settings: await newSettings() });
  });
  after(() => server[Symbol.asyncDispose]());
}

type Given = Partial<Omit<NewAccount, "login">> & { readonly login?: string };

interface Scene {
  readonly product: Product;
  readonly rest: RestPeer;
  readonly serverCode: RestPeer;
  readonly account: Account;
}

/** An application with one account. */
async function open(settings: Partial<ApplicationSettings> = {}, given: Given = {}): Promise<Scene> {
  const product = await newApplication(server.console, settings);
  const account = await addAccount(server, product, { login: email, ...given });
  return { product, account, rest: RestPeer.of(server, product), serverCode: RestPeer.of(server, product, "BL") };
}

function login(rest: RestPeer, body: object): Promise<RestAnswer> {
  return rest.post("/users/login", body);
}

async function codeOf(answer: Promise<RestAnswer>): Promise<unknown> {
  const { status, fields } = await answer;
  return status === 200 ? "ok" : fields["code"];
}

function change(account: Account, changes: Partial<NewAccount>): Promise<unknown> {
  return server.db.updateTable("account").set(changes).where("id", "=", account.id).execute();
}

/** Locks the identity as failures just now would have. */
function lock({ id }: Product, lastFailedAt = clock.now()): Promise<unknown> {
  const failures = { applicationId: id as ApplicationId, identityKey: email, count: 1, lastFailedAt };
  return server.db.insertInto("signInFailure").values(failures).execute();
}

/** How many argon2 computations were started meanwhile: Node itself tells. */
async function countHashes(work: () => Promise<unknown>): Promise<number> {
  let hashes = 0;
  const hook = createHook({
    init(_id, type) {
      if (type === "ARGON2REQUEST") hashes++;
    },
  }).enable();
  await work();
  hook.disable();
  return hashes;
}

onEachDatabase("login", (newDatabase) => {
  useServer(async () => ({ ...(await newDatabase()), ...unlimited }));

  test("[US-LOGIN-1] [US-DATA-2] [US-DATA-4] the right password answers with the user and a new token", async () => {
    const { rest, account } = await open({}, { email, createdAt: 5, properties: '{"plan":"pro"}' });
    const tokens = new Set<unknown>();
    for (let attempt = 0; attempt < 3; attempt++) {
      await clock.advance(1_000);
      const { status, fields } = await login(rest, right);
      const { "user-token": token, ...user } = fields;
      assert.equal(status, 200);
      assert.match(String(token), /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
      tokens.add(token);
      assert.deepEqual(user, {
        ___class: "Users",
        objectId: account.id,
        ownerId: account.id,
        email,
        name: null,
        login: email,
        plan: "pro",
        blUserLocale: null,
        userStatus: "ENABLED",
        socialAccount: "BACKENDLESS",
        oAuthIdentities: null,
        created: 5,
        updated: null,
        lastLogin: clock.now(),
      });
    }
    assert.equal(tokens.size, 3);
  });

  test("[US-LOGIN-2] [US-SEC-2] an unknown identity and a wrong password answer with the same bytes", async () => {
    const { rest } = await open();
    const unknown = await login(rest, { login: "nobody@example.com", password: "wrong" });
    const refused = await login(rest, wrong);
    const { date: _unknownDate, "x-request-id": _unknownId, ...unknownHeaders } = unknown.headers;
    const { date: _refusedDate, "x-request-id": _refusedId, ...refusedHeaders } = refused.headers;
    assert.equal(refused.fields["code"], 3003);
    assert.deepEqual([unknown.status, unknown.text], [refused.status, refused.text]);
    assert.deepEqual(unknownHeaders, refusedHeaders);
  });

  test("[US-LOGIN-6] [US-SESS-10] a user-token is ignored, live or dead, and its session neither ends nor is refreshed", async () => {
    const { rest, account } = await open(severalLogins);
    const token = await rest.login(email);
    const sessions = () => server.db.selectFrom("session").selectAll().where("accountId", "=", account.id).execute();
    const before = await sessions();
    await clock.advance(30_000);
    for (const given of [token, "dead", ""]) {
      const { status } = await rest.request("POST", "/users/login", { body: right, token: given });
      assert.equal(status, 200, given);
      assert.equal((await rest.request("POST", "/users/login", { body: wrong, token: given })).fields["code"], 3003);
    }
    const known = new Set(before.map(({ id }) => id));
    assert.deepEqual(
      (await sessions()).filter(({ id }) => known.has(id)),
      before,
    );
  });

  test("[US-LOGIN-7] server code logs in by objectId, without password and lock, but within everything else", async () => {
    const cases: [unknown, Partial<ApplicationSettings>, Given][] = [
      ["ok", {}, {}],
      ["ok", {}, { passwordHash: null }],
      ["ok", {}, { status: "guest", passwordHash: null }],
      ["ok", { failedLoginsLock: 1 }, {}],
      [3034, { enableLogin: false }, {}],
      [3090, {}, { status: "disabled" }],
      [3090, {}, { blacklistedAt: 1 }],
      [3087, {}, { status: "unconfirmed" }],
    ];
    for (const [expected, settings, given] of cases) {
      const { product, account, rest, serverCode } = await open(settings, given);
      await lock(product);
      const answer = login(serverCode, { objectId: account.id });
      assert.equal(await codeOf(answer), expected, JSON.stringify({ settings, given }));
      if (expected !== "ok") continue;
      const { fields } = await answer;
      assert.equal(fields["objectId"], account.id);
      assert.equal(await rest.isLive(fields["user-token"] as string), true);
    }
  });

  test("[US-LOGIN-7] concurrent logins count for logins by objectId; an id nobody has answers 3057", async () => {
    const { account, serverCode } = await open({ logoutLastUser: true });
    assert.equal(await codeOf(login(serverCode, { objectId: account.id })), "ok");
    assert.equal(await codeOf(login(serverCode, { objectId: account.id })), 3002);
    assert.equal(await codeOf(login(serverCode, right)), 3002);
    assert.equal(await codeOf(login(serverCode, { objectId: unknownId })), 3057);
    const crowded = await open({ enableMultipleLogins: true });
    assert.equal(await codeOf(login(crowded.serverCode, { objectId: crowded.account.id })), "ok");
    assert.equal(await codeOf(login(crowded.serverCode, { objectId: crowded.account.id })), 3044);
  });

  test("[US-LOCK-1] by default no number of failures locks", async () => {
    const { product, rest } = await open();
    assert.equal(
      (await must(server.console, "showApplication", { applicationId: product.id })).application.settings
        .failedLoginsLock,
      0,
    );
    for (let attempt = 0; attempt < 6; attempt++) assert.equal(await codeOf(login(rest, wrong)), 3003);
    assert.equal(await codeOf(login(rest, right)), "ok");
  });

  test("[US-LOCK-2] [US-LOCK-3] N failures lock until the time since the last one that counted is over", async () => {
    const { rest } = await open({ failedLoginsLock: 3, failedLoginsUnlockSeconds: 60, ...severalLogins });
    for (const login_ of [email, "ANN@example.com", ` ${email}`]) {
      assert.equal(await codeOf(login(rest, { login: login_, password: "wrong" })), 3003);
    }
    assert.equal(await codeOf(login(rest, right)), 3036);
    await clock.advance(59_999);
    // Attempts under the lock do not count: they do not make it last longer.
    for (const body of [right, wrong]) assert.equal(await codeOf(login(rest, body)), 3036);
    await clock.advance(1);
    assert.equal(await codeOf(login(rest, right)), "ok");
  });

  test("[US-LOCK-2] a lock lasts 900 seconds unless the application says otherwise", async () => {
    const { product, rest } = await open({ failedLoginsLock: 1 });
    await lock(product, clock.now() - 899_999);
    assert.equal(await codeOf(login(rest, right)), 3036);
    await clock.advance(1);
    assert.equal(await codeOf(login(rest, right)), "ok");
  });

  test("[US-LOCK-3] a login that succeeds sets the counter back", async () => {
    const { rest } = await open({ failedLoginsLock: 2, ...severalLogins });
    for (let round = 0; round < 2; round++) {
      assert.equal(await codeOf(login(rest, wrong)), 3003);
      assert.equal(await codeOf(login(rest, right)), "ok");
    }
    assert.equal(await codeOf(login(rest, wrong)), 3003);
    assert.equal(await codeOf(login(rest, wrong)), 3003);
    assert.equal(await codeOf(login(rest, right)), 3036);
  });

  test("[US-LOCK-4] each identity of each application has its counter, whether the account exists or not", async () => {
    const { rest } = await open({ failedLoginsLock: 2 });
    const other = await open({ failedLoginsLock: 2 });
    const nobody = { login: "nobody@example.com", password: "wrong" };
    for (const body of [wrong, nobody]) {
      const codes = [await codeOf(login(rest, body)), await codeOf(login(rest, body)), await codeOf(login(rest, body))];
      assert.deepEqual(codes, [3003, 3003, 3036]);
    }
    assert.equal((await login(rest, nobody)).text, (await login(rest, wrong)).text);
    assert.equal(await codeOf(login(rest, { ...right, login: "third@example.com" })), 3003);
    assert.equal(await codeOf(login(other.rest, right)), "ok");
  });
});

suite("login, once", () => {
  useServer(() => Promise.resolve(unlimited));

  test("[US-LOGIN-3] what is missing, empty or of a wrong type in login and password", async () => {
    const { rest, serverCode } = await open({}, { login: "12345" });
    const cases: [object, number][] = [
      [{}, 3006],
      [{ login: email }, 3006],
      [{ password: "x" }, 3006],
      [{ login: null, password: "x" }, 3006],
      [{ login: "", password: "x" }, 3006],
      [{ login: email, password: null }, 3006],
      [{ login: email, password: "" }, 3006],
      [{ login: {}, password: "" }, 3006],
      [{ login: true, password: "x" }, 2004],
      [{ login: [email], password: "x" }, 2004],
      [{ login: { a: 1 }, password: 7 }, 2004],
      [{ login: email, password: 7 }, 3050],
      [{ login: email, password: false }, 3050],
      [{ login: email, password: [userPassword] }, 3050],
      [{ login: 12_345, password: "x" }, 3003],
    ];
    for (const [body, code] of cases) {
      const hashes = await countHashes(async () => {
        for (const peer of [rest, serverCode])
          assert.equal(await codeOf(login(peer, body)), code, JSON.stringify(body));
      });
      assert.equal(hashes, code === 3003 ? 2 : 0);
    }
    assert.equal(await codeOf(login(rest, { login: 12_345, password: userPassword })), "ok");
  });

  test("[US-LOGIN-5] nobody learns that an account is disabled or unconfirmed without its password", async () => {
    const unknown = await login((await open()).rest, { ...wrong, login: "nobody@example.com" });
    const cases: [Given, number][] = [
      [{ status: "disabled" }, 3090],
      [{ blacklistedAt: 1 }, 3090],
      [{ status: "unconfirmed" }, 3087],
    ];
    for (const [given, code] of cases) {
      const { rest } = await open({}, given);
      assert.equal((await login(rest, wrong)).text, unknown.text, JSON.stringify(given));
      assert.equal(await codeOf(login(rest, right)), code, JSON.stringify(given));
    }
  });

  test("[US-LOGIN-7] [US-KEY-1] a client key that logs in by objectId gets 2014, whether the id exists or not", async () => {
    const { product, account } = await open();
    for (const kind of ["JS", "REST", "ANDROID", "IOS", "WP", "AS"] as const) {
      for (const objectId of [account.id, unknownId]) {
        assert.equal(await codeOf(login(RestPeer.of(server, product, kind), { objectId })), 2014, kind);
      }
    }
  });

  test("[US-LOGIN-8] with a login or a password in the body it is a login by password, whatever objectId is beside", async () => {
    const { account, rest, serverCode } = await open();
    const objectId = account.id;
    for (const peer of [rest, serverCode]) {
      assert.equal(await codeOf(login(peer, { ...right, objectId: unknownId })), "ok");
      assert.equal(await codeOf(login(peer, { ...wrong, objectId })), 3003);
      assert.equal(await codeOf(login(peer, { login: email, objectId })), 3006);
      assert.equal(await codeOf(login(peer, { password: userPassword, objectId })), 3006);
      assert.equal(await codeOf(login(peer, { login: null, password: null, objectId })), 3006);
    }
  });

  test("[US-LOGIN-9] an account without a password answers 3003", async () => {
    for (const status of ["enabled", "guest"] as const) {
      const { rest } = await open({}, { passwordHash: null, status });
      for (const password of ["x", "null", userPassword]) {
        assert.equal(await codeOf(login(rest, { login: email, password })), 3003);
      }
    }
  });

  test("[US-REG-11] the login of a blacklisted account answers 3090", async () => {
    const { rest, serverCode, account } = await open({}, { blacklistedAt: 1 });
    assert.equal(await codeOf(login(rest, right)), 3090);
    assert.equal(await codeOf(login(serverCode, { objectId: account.id })), 3090);
  });

  test("[US-EP-3] members that are not in the row are ignored", async () => {
    const { rest } = await open();
    const { status, fields } = await login(rest, { ...right, stayLoggedIn: true, userStatus: "X", extra: { a: [1] } });
    assert.deepEqual([status, fields["extra"], fields["userStatus"]], [200, undefined, "ENABLED"]);
  });

  test("[US-SEC-2] a login makes one argon2 computation, whoever is asked for; a locked identity none", async () => {
    const none = { login: "nobody@example.com", password: "wrong" };
    const cases: [number, unknown, object, Given][] = [
      [1, "ok", right, {}],
      [1, 3003, wrong, {}],
      [1, 3003, none, {}],
      [1, 3003, right, { passwordHash: null }],
      [1, 3090, right, { status: "disabled" }],
      [1, 3003, wrong, { status: "disabled" }],
      [1, 3087, right, { status: "unconfirmed" }],
      [0, 3036, right, {}],
      [0, 3036, wrong, {}],
    ];
    for (const [expected, code, body, given] of cases) {
      const { product, rest } = await open({ failedLoginsLock: 1 }, given);
      if (code === 3036) await lock(product);
      const hashes = await countHashes(async () => {
        assert.equal(await codeOf(login(rest, body)), code);
      });
      assert.equal(hashes, expected, JSON.stringify({ code, given }));
    }
  });

  test("[US-LOCK-5] a lock ends no session that is live", async () => {
    const { rest } = await open({ failedLoginsLock: 1 });
    const token = await rest.login(email);
    assert.deepEqual([await codeOf(login(rest, wrong)), await codeOf(login(rest, right))], [3003, 3036]);
    assert.equal(await rest.isLive(token), true);
    assert.equal((await rest.get("/info", token)).status, 200);
  });
});

suite("the order of login's checks", () => {
  useServer(() => Promise.resolve({ signInsPerIdentity: "1", signInsPerAddress: "1000000" }));

  interface Around {
    readonly settings: Partial<ApplicationSettings>;
    readonly body: Record<string, unknown>;
    readonly state: { readonly limited: true; readonly locked: true; readonly live: true };
    readonly account: Partial<NewAccount>;
  }
  const causes: readonly Cause<Around>[] = [
    [3034, { settings: { enableLogin: false } }],
    [3006, { body: { login: "" } }],
    [3006, { body: { password: null } }],
    [2004, { body: { login: { a: 1 } } }],
    [3050, { body: { password: 12_345 } }],
    [42_900, { state: { limited: true } }],
    [3036, { state: { locked: true } }],
    [3003, { body: { password: "wrong" } }],
    [3090, { account: { status: "disabled" } }],
    [3087, { account: { status: "unconfirmed" } }],
    [3002, { settings: { logoutLastUser: true, enableMultipleLogins: false }, state: { live: true } }],
    [3044, { settings: { enableMultipleLogins: true }, state: { live: true } }],
  ];

  test("[US-LOGIN-4] of several reasons to refuse a login the first in the order is answered", async () => {
    const { observed, expected } = await judge(causes, async ({ settings, body, state, account: changes }) => {
      const { product, account, rest, serverCode } = await open({ failedLoginsLock: 1 });
      if (state?.live) await login(serverCode, { objectId: account.id });
      if (state?.limited) {
        // An attempt under a lock counts towards the limit and costs no hash.
        await lock(product);
        await login(rest, right);
        await server.db.deleteFrom("signInFailure").where("applicationId", "=", account.applicationId).execute();
      }
      if (state?.locked) await lock(product);
      await change(account, { comment: "", ...changes });
      await changeSettings(server, product, settings ?? {});
      return codeOf(login(rest, { ...right, ...body }));
    });
    assert.deepEqual(observed, expected);
  });
});

test("[US-SEC-5] [US-SEC-8] beyond a limit 42900 tells when to come back, no password is hashed, and /64s count as one", async () => {
  await using limited = await startTestServer({
    clock,
    settings: { signInsPerAddress: "3", trustedProxies: "127.0.0.1" },
  });
  server = limited;
  const { rest } = await open(severalLogins);
  const from = (address: string, body: object) =>
    rest.request("POST", "/users/login", { body, headers: { "x-forwarded-for": address } });
  assert.equal(await codeOf(from("2001:db8:1:2::1", right)), "ok");
  await clock.advance(1_500);
  assert.equal(await codeOf(from("2001:db8:1:2::1", right)), "ok");
  assert.equal(await codeOf(from("2001:db8:1:2:ffff::2", { login: "nobody", password: "x" })), 3003);

  const hashes = await countHashes(async () => {
    const { status, headers, fields } = await from("2001:DB8:1:2::3", right);
    assert.deepEqual([status, fields["code"], fields["errorData"]], [429, 42_900, { retryAfter: 59 }]);
    assert.equal(headers["retry-after"], "59");
  });
  assert.equal(hashes, 0);
  assert.equal(await codeOf(from("2001:db8:1:3::1", right)), "ok");
  await clock.advance(58_500);
  assert.equal(await codeOf(from("2001:db8:1:2::1", right)), "ok");
  assert.equal(await codeOf(from("2001:db8:1:2::1", right)), 42_900);
});

test("[US-SEC-5] ten logins a minute are free for an address with an identity, existing or not", async () => {
  await using standard = await startTestServer({ clock });
  server = standard;
  const { rest } = await open();
  for (const body of [wrong, { login: "nobody@example.com", password: "wrong" }]) {
    for (let attempt = 0; attempt < 10; attempt++) assert.equal(await codeOf(login(rest, body)), 3003);
    const { fields } = await login(rest, body);
    assert.deepEqual([fields["code"], fields["errorData"]], [42_900, { retryAfter: 60 }]);
  }
});

test("[US-SEC-3] as many computations as configured are at work, as many wait, and the others answer 42900", async () => {
  await using busy = await startTestServer({
    clock,
    settings: { ...unlimited, hashConcurrency: "1", hashWaiting: "2" },
  });
  server = busy;
  const { rest } = await open();
  const answers = await Promise.all(Array.from({ length: 6 }, () => login(rest, wrong)));
  const codes = answers.map(({ fields }) => fields["code"]);
  assert.deepEqual(codes.sort(), [3003, 3003, 3003, 42_900, 42_900, 42_900]);
  const refused = answers.find(({ status }) => status === 429)!;
  assert.deepEqual(refused.fields["errorData"], { retryAfter: 1 });
  assert.equal(refused.headers["retry-after"], "1");
  assert.equal(await codeOf(login(rest, right)), "ok");
});

test("[US-SEC-1] the first login after the parameters were raised succeeds and hashes anew", async () => {
  await using raised = await startTestServer({ clock, settings: { hashPasses: "3" } });
  server = raised;
  const { account, rest } = await open(severalLogins);
  const storedHash = async () =>
    (await server.db.selectFrom("account").select("passwordHash").executeTakeFirst())?.passwordHash;
  assert.match(account.passwordHash ?? "", /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);

  assert.equal(await codeOf(login(rest, wrong)), 3003);
  assert.equal(await storedHash(), account.passwordHash);
  assert.equal(await codeOf(login(rest, right)), "ok");
  const upgraded = await storedHash();
  assert.match(upgraded ?? "", /^\$argon2id\$v=19\$m=19456,t=3,p=1\$/);
  assert.equal(await codeOf(login(rest, right)), "ok");
  assert.equal(await storedHash(), upgraded);
});

test("[US-SEC-1] logins in parallel after the parameters were raised all succeed", async () => {
  await using raised = await startTestServer({ clock, settings: { hashPasses: "3" } });
  server = raised;
  const { rest } = await open(severalLogins);
  const codes = await Promise.all(Array.from({ length: 4 }, () => codeOf(login(rest, right))));
  assert.deepEqual(codes, ["ok", "ok", "ok", "ok"]);
});

test("[US-LOCK-4] the counters of failures expire", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "latchkey-test-"));
  const settings = { data: folder.path };
  {
    await using first = await startTestServer({ clock, settings });
    server = first;
    const { product, rest } = await open({ failedLoginsLock: 2 });
    await lock(product, clock.now() - 367 * 86_400_000);
    assert.equal(await codeOf(login(rest, { login: "nobody@example.com", password: "wrong" })), 3003);
    await clock.advance(60_000);
  }
  await using second = await startTestServer({ clock, settings });
  const counters = await second.db.selectFrom("signInFailure").select("identityKey").execute();
  assert.deepEqual(counters, [{ identityKey: "nobody@example.com" }]);
});
