import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import {
  addAccount,
  changeSettings,
  ManualClock,
  newApplication,
  onEachDatabase,
  pauseApplication,
  type Product,
  type RestAnswer,
  RestPeer,
  startTestServer,
  type TestServer,
  userPassword,
  withoutTable,
} from "@latchkey/testkit";
import { sql } from "kysely";
import { untilForgotten } from "#cluster/remembered-applications.ts";
import type { Account, ApplicationId, NewAccount } from "#storage/tables.ts";
import { endUserSessions, pruneUserSessions } from "#storage/user-sessions.ts";

const email = "ann@example.com";
const unknownId = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0";
const severalLogins = { enableMultipleLogins: true, maxConcurrentLogins: 0 };
/** What the Java client takes for a logout that has happened. */
const toleratedByJava = [3023, 3064, 3090, 3091];

/** A signed-in user and the means to ask about it. */
interface Scene {
  readonly product: Product;
  readonly rest: RestPeer;
  readonly serverCode: RestPeer;
  readonly account: Account;
  readonly token: string;
}

onEachDatabase("user-service logout", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  let isPostgres: boolean;
  before(async () => {
    const settings = await newDatabase();
    isPostgres = "database" in settings;
    server = await startTestServer({ clock, settings: { ...settings, signInsPerAddress: "1000000" } });
  });
  after(() => server[Symbol.asyncDispose]());

  async function signIn(settings: Partial<ApplicationSettings> = {}): Promise<Scene> {
    const product = await newApplication(server.console, settings);
    const account = await addAccount(server, product, { login: email });
    const rest = RestPeer.of(server, product);
    return { product, account, rest, serverCode: RestPeer.of(server, product, "BL"), token: await rest.login(email) };
  }

  function change({ account }: Scene, changes: Partial<NewAccount>): Promise<unknown> {
    return server.db.updateTable("account").set(changes).where("id", "=", account.id).execute();
  }

  async function disable(scene: Scene): Promise<void> {
    await change(scene, { status: "disabled" });
    await endUserSessions(server.db, scene.account.id, clock.now());
  }

  function logout(rest: RestPeer, token?: string): Promise<RestAnswer> {
    return rest.get("/users/logout", token);
  }

  async function codeOf(answer: Promise<RestAnswer>): Promise<unknown> {
    const { status, fields, text } = await answer;
    return status === 200 ? text : fields["code"];
  }

  /** Everything that a logout could change in an application. */
  async function stateOf({ id }: Product) {
    const applicationId = id as ApplicationId;
    const [sessions, accounts, identities, failures] = await Promise.all([
      server.db.selectFrom("session").selectAll().where("applicationId", "=", applicationId).orderBy("id").execute(),
      server.db.selectFrom("account").selectAll().where("applicationId", "=", applicationId).execute(),
      server.db.selectFrom("identity").selectAll().where("applicationId", "=", applicationId).execute(),
      server.db.selectFrom("signInFailure").selectAll().where("applicationId", "=", applicationId).execute(),
    ]);
    return { sessions, accounts, identities, failures };
  }

  test("[US-LOGOUT-1] [US-LOGOUT-21] a live token is answered with null, and from then on it is dead everywhere", async () => {
    for (const method of ["GET", "POST"]) {
      const { rest, serverCode, account, token } = await signIn();
      assert.equal(await rest.isLive(token), true);
      const { status, text } = await rest.request(method, "/users/logout", { token });
      assert.deepEqual([status, text], [200, "null"]);
      for (const peer of [rest, serverCode]) {
        for (const path of ["/info", "/users/userroles", `/users/${account.id}`, `/data/Users/${account.id}`]) {
          assert.equal(await codeOf(peer.get(path, token)), 3064, path);
        }
        assert.equal(await peer.isLive(token), false);
      }
    }
  });

  test("[US-LOGOUT-2] no token, or an empty one, is a success without effect", async () => {
    const scene = await signIn();
    const before = await stateOf(scene.product);
    for (const token of [undefined, "", " "]) {
      for (const peer of [scene.rest, scene.serverCode]) assert.equal(await codeOf(logout(peer, token)), "null");
    }
    assert.deepEqual(await stateOf(scene.product), before);
  });

  /** Tokens that name no session any more, or never did: all of them answer 3064 and change nothing. */
  const dead: Record<string, (scene: Scene) => Promise<string>> = {
    "[US-LOGOUT-3] a token that was never issued": () => Promise.resolve(unknownId),
    "[US-LOGOUT-3] a malformed token": () => Promise.resolve("no token' or 1=1 --"),
    "[US-LOGOUT-3] a token in lower case": ({ token }) => Promise.resolve(token.toLowerCase()),
    "[US-LOGOUT-3] a token of another application": async () => (await signIn()).token,
    "[US-LOGOUT-4] a token that has been logged out": async ({ rest, token }) => {
      assert.equal(await codeOf(logout(rest, token)), "null");
      return token;
    },
    "[US-LOGOUT-5] a token whose session timed out": async (scene) => {
      await changeSettings(server, scene.product, { sessionTimeoutSeconds: 60 });
      await server.db
        .updateTable("session")
        .set({ lastSeenAt: clock.now() - 60_000 })
        .where("accountId", "=", scene.account.id)
        .execute();
      return scene.token;
    },
    "[US-LOGOUT-5] a token whose session timed out and was tidied up": async ({ product, token }) => {
      await pruneUserSessions(server.db, product.id as ApplicationId, clock.now());
      return token;
    },
    "[US-LOGOUT-6] a token evicted by a newer login": async ({ rest, token }) => {
      await rest.login(email);
      return token;
    },
    "[US-LOGOUT-7] [US-SESS-11] a token ended by a password change, a recovery or the operator": async ({
      account,
      token,
    }) => {
      await endUserSessions(server.db, account.id, null);
      return token;
    },
    "[US-LOGOUT-7] a token of an account that was deleted": async ({ account, token }) => {
      await endUserSessions(server.db, account.id, null);
      await server.db.deleteFrom("account").where("id", "=", account.id).execute();
      return token;
    },
  };
  for (const [situation, prepare] of Object.entries(dead)) {
    test(`${situation} answers 3064 and changes nothing`, async () => {
      const scene = await signIn();
      const token = await prepare(scene);
      const before = await stateOf(scene.product);
      for (const peer of [scene.rest, scene.serverCode]) {
        for (const method of ["GET", "POST"]) {
          const { status, fields } = await peer.request(method, "/users/logout", { token });
          assert.deepEqual([status, fields["code"], fields["errorData"]], [400, 3064, {}]);
        }
      }
      assert.deepEqual(await stateOf(scene.product), before);
    });
  }

  test("[US-LOGOUT-3] a logout through another application leaves the session live", async () => {
    const [ours, theirs] = [await signIn(), await signIn()];
    assert.equal(await codeOf(logout(theirs.rest, ours.token)), 3064);
    assert.equal(await codeOf(logout(theirs.serverCode, ours.token)), 3064);
    assert.deepEqual([await ours.rest.isLive(ours.token), await theirs.rest.isLive(theirs.token)], [true, true]);
  });

  test("[US-LOGOUT-8] [US-SESS-9] a session ended by disabling answers 3090 to its own client once, then 3064", async () => {
    const scene = await signIn();
    const { rest, token } = scene;
    await disable(scene);
    for (const path of ["/info", "/users/userroles", "/info"]) assert.equal(await codeOf(rest.get(path, token)), 3090);
    assert.equal(await rest.isLive(token), false);
    assert.equal(await codeOf(logout(rest, token)), 3090);
    assert.equal(await codeOf(logout(rest, token)), 3064);
    assert.equal(await codeOf(rest.get("/info", token)), 3064);
  });

  test("[US-LOGOUT-8] two logouts in parallel on a marked session: 3090 for one, 3064 for the others", async () => {
    const scene = await signIn();
    await disable(scene);
    const codes = await Promise.all(Array.from({ length: 4 }, () => codeOf(logout(scene.rest, scene.token))));
    assert.deepEqual(codes.sort(), [3064, 3064, 3064, 3090]);
  });

  test("[US-LOGOUT-8] the mark goes when the session would have timed out", async () => {
    const scene = await signIn({ sessionTimeoutSeconds: 60 });
    await disable(scene);
    await clock.advance(59_999);
    assert.equal(await codeOf(scene.rest.get("/info", scene.token)), 3090);
    await clock.advance(1);
    for (const path of ["/info", "/users/logout"]) {
      assert.equal(await codeOf(scene.rest.get(path, scene.token)), 3064, path);
    }
  });

  test("[US-LOGOUT-9] server code that logs out a user it has disabled succeeds, once", async () => {
    const scene = await signIn();
    const { rest, serverCode, token } = scene;
    await disable(scene);
    assert.equal(await codeOf(serverCode.get("/info", token)), 3090);
    assert.equal(await codeOf(logout(serverCode, token)), "null");
    assert.equal(await codeOf(logout(serverCode, token)), 3064);
    assert.equal(await codeOf(logout(rest, token)), 3064);
  });

  test("[US-LOGOUT-10] the session of a guest or of a pending account is ended, the account remains", async () => {
    for (const status of ["guest", "unconfirmed"] as const) {
      const scene = await signIn();
      await change(scene, { status });
      const { accounts, identities } = await stateOf(scene.product);
      assert.equal(await codeOf(logout(scene.rest, scene.token)), "null", status);
      assert.equal(await scene.rest.isLive(scene.token), false, status);
      const after = await stateOf(scene.product);
      assert.deepEqual([after.accounts, after.identities], [accounts, identities], status);
    }
  });

  test("[US-LOGOUT-11] logging out works while logins are off and while the account is locked", async () => {
    const off = await signIn();
    await changeSettings(server, off.product, { enableLogin: false });
    const locked = await signIn({ failedLoginsLock: 1 });
    const attempt = (password: string) => codeOf(locked.rest.post("/users/login", { login: email, password }));
    assert.deepEqual([await attempt("wrong"), await attempt(userPassword)], [3003, 3036]);
    for (const { rest, token } of [off, locked]) {
      assert.equal(await codeOf(logout(rest, token)), "null");
      assert.equal(await rest.isLive(token), false);
    }
  });

  test("[US-LOGOUT-12] an unknown or paused application and an unknown key answer 2002, the session lives on", async () => {
    const scene = await signIn();
    const other = await signIn();
    const { id, apiKeys } = scene.product;
    const bases = [
      `/${unknownId}/${apiKeys.JS}`,
      `/${id}/${unknownId}`,
      `/${id}/x`,
      `/${id}/${other.product.apiKeys.JS}`,
    ];
    for (const base of [...bases, "/api"]) {
      assert.equal(await codeOf(logout(new RestPeer(server.url, base), scene.token)), 2002, base);
    }
    assert.equal(await scene.rest.isLive(scene.token), true);
    const before = await stateOf(other.product);
    await pauseApplication(server, other.product);
    assert.equal(await codeOf(logout(other.rest, other.token)), 2002);
    assert.deepEqual(await stateOf(other.product), before);
  });

  /** Lets every change of a session fail inside the database. */
  async function whileSessionsAreReadOnly(failure: "abort" | "rollback", work: () => Promise<void>): Promise<void> {
    const { db } = server;
    if (isPostgres) {
      await sql`create function refuse() returns trigger as 'begin raise exception ''disk full''; end' language plpgsql`.execute(
        db,
      );
      await sql`create trigger refuse before update or delete on session for each row execute function refuse()`.execute(
        db,
      );
    } else {
      const effect = sql.raw(`begin select raise(${failure}, 'disk full'); end`);
      await sql`create trigger refuse before update on session ${effect}`.execute(db);
    }
    try {
      await work();
    } finally {
      await sql`drop trigger refuse ${sql.raw(isPostgres ? "on session" : "")}`.execute(db);
      if (isPostgres) await sql`drop function refuse`.execute(db);
    }
  }

  test("[US-LOGOUT-13] when storage cannot remove the session the answer is 3023 and the session is live still", async () => {
    for (const failure of ["abort", "rollback"] as const) {
      const { rest, token, product } = await signIn();
      const before = await stateOf(product);
      await whileSessionsAreReadOnly(failure, async () => {
        const { status, fields } = await logout(rest, token);
        assert.deepEqual([status, fields["code"]], [500, 3023]);
        assert.equal(await rest.isLive(token), true);
        assert.deepEqual((await rest.get("/users/userroles", token)).body, ["JSUser", "AuthenticatedUser"]);
      });
      assert.deepEqual(await stateOf(product), before);
      assert.equal(await rest.isLive(token), true);
      assert.equal(await codeOf(logout(rest, token)), "null");
    }
  });

  test("[US-LOGOUT-14] of logouts in parallel with one token, one succeeds and the others answer 3064", async () => {
    const { rest, token } = await signIn();
    const codes = await Promise.all(Array.from({ length: 6 }, () => codeOf(logout(rest, token))));
    assert.deepEqual(codes.sort(), [3064, 3064, 3064, 3064, 3064, "null"]);
    assert.equal(await rest.isLive(token), false);
  });

  test("[US-LOGOUT-15] by PUT, DELETE or PATCH the path answers 40400 and changes nothing", async () => {
    const { rest, token, product } = await signIn();
    const before = await stateOf(product);
    for (const method of ["PUT", "DELETE", "PATCH"]) {
      const { status, fields } = await rest.request(method, "/users/logout", { token });
      assert.deepEqual([status, fields["code"]], [404, 40_400], method);
    }
    assert.deepEqual(await stateOf(product), before);
  });

  test("[US-LOGOUT-16] an application id of another form answers 3007, one that nobody has 2002", async () => {
    const { product, token } = await signIn();
    const key = product.apiKeys.JS;
    const malformed = ["x", "undefined", product.id.toLowerCase(), product.id.slice(1), `${product.id}0`, "%20"];
    for (const id of malformed) {
      for (const method of ["GET", "POST"]) {
        const { status, fields } = await new RestPeer(server.url, `/${id}/${key}`).request(method, "/users/logout", {
          token,
        });
        assert.deepEqual([status, fields["code"]], [400, 3007], id);
      }
    }
    assert.equal(await codeOf(logout(new RestPeer(server.url, `/${unknownId}/${key}`), token)), 2002);
  });

  test("[US-LOGOUT-16] the body is not parsed, but its size is limited", async () => {
    for (const body of ["{", "[1,2", '{"objectId":7}', Buffer.from([0xff, 0xfe]), "x".repeat(65_536)]) {
      const { rest, token } = await signIn();
      const { status, text } = await rest.request("POST", "/users/logout", { token, body });
      assert.deepEqual([status, text], [200, "null"]);
    }
    const { rest, token } = await signIn();
    assert.equal(
      (await rest.request("POST", "/users/logout", { token, body: "x".repeat(65_537) })).fields["code"],
      41_300,
    );
    assert.equal(await rest.isLive(token), true);
  });

  test("[US-LOGOUT-17] [US-SEC-14] no rate limit applies, by GET or by POST", async () => {
    const { rest } = await signIn();
    for (let round = 0; round < 15; round++) {
      const answers = Array.from({ length: 10 }, () => [logout(rest, unknownId), rest.post("/users/logout")]).flat();
      const codes = new Set(await Promise.all(answers.map((answer) => codeOf(answer))));
      assert.deepEqual([...codes].sort(), [3064, "null"]);
    }
  });

  test("[US-LOGOUT-18] whatever fails inside, the code is 3023", async () => {
    const { rest, token } = await signIn();
    for (const table of ["session", "application", "api_key"]) {
      await withoutTable(server, table, async () => {
        await untilForgotten();
        const { status, fields } = await logout(rest, token);
        assert.deepEqual([status, fields["code"]], [500, 3023], table);
      });
    }
    assert.equal(await codeOf(logout(rest, token)), "null");
  });

  test("[US-LOGOUT-22] [US-ROLE-1] a call without a token after logout is anonymous", async () => {
    const { product, token } = await signIn();
    const android = RestPeer.of(server, product, "ANDROID");
    assert.deepEqual((await android.get("/users/userroles", token)).body, ["AndroidUser", "AuthenticatedUser"]);
    await logout(android, token);
    assert.deepEqual((await android.get("/users/userroles")).body, ["AndroidUser", "NotAuthenticatedUser"]);
  });

  test("[US-LOGOUT-23] the other sessions of the account are untouched", async () => {
    const { rest, product, token } = await signIn(severalLogins);
    const others = [await rest.login(email), await rest.login(email)];
    const { sessions } = await stateOf(product);
    await logout(rest, token);
    const after = (await stateOf(product)).sessions.filter(({ authorizationId }) => authorizationId !== null);
    assert.equal(after.length, 2);
    for (const session of after)
      assert.deepEqual(
        session,
        sessions.find(({ id }) => id === session.id),
      );
    for (const other of others) {
      assert.deepEqual((await rest.get("/users/userroles", other)).body, ["JSUser", "AuthenticatedUser"]);
    }
  });

  test("[US-LOGOUT-24] [US-SESS-14] the place under the limit of logins is free with the answer", async () => {
    for (const settings of [{ logoutLastUser: true }, { enableMultipleLogins: true, maxConcurrentLogins: 1 }]) {
      const { rest, token } = await signIn(settings);
      let last = token;
      for (let round = 0; round < 3; round++) {
        const again = () => codeOf(rest.post("/users/login", { login: email, password: userPassword }));
        assert.equal(await again(), "logoutLastUser" in settings ? 3002 : 3044);
        assert.equal(await codeOf(logout(rest, last)), "null");
        last = await rest.login(email);
      }
    }
  });

  test("[US-LOGOUT-25] the data of the account and its count of failed logins stay as they are", async () => {
    const { rest, product, token } = await signIn({ failedLoginsLock: 3 });
    assert.equal(await codeOf(rest.post("/users/login", { login: email, password: "wrong" })), 3003);
    await clock.advance(1_000);
    const { accounts, identities, failures } = await stateOf(product);
    assert.equal(failures[0]?.count, 1);
    await logout(rest, token);
    const after = await stateOf(product);
    assert.deepEqual([after.accounts, after.identities, after.failures], [accounts, identities, failures]);
  });

  test("[US-LOGOUT-27] no token is issued again after its logout", async () => {
    const { rest, token } = await signIn();
    const tokens = [token];
    for (let round = 0; round < 4; round++) {
      await logout(rest, tokens.at(-1));
      tokens.push(await rest.login(email));
    }
    assert.equal(new Set(tokens).size, tokens.length);
    const live = await Promise.all(tokens.map((each) => rest.isLive(each)));
    assert.deepEqual(live, [false, false, false, false, true]);
  });

  test("[US-LOGOUT-30] every dead token answers one of the codes that the Java client tolerates before a login", async () => {
    for (const prepare of [...Object.values(dead), disabledFirst]) {
      const scene = await signIn();
      const token = await prepare(scene);
      for (const peer of [scene.rest, scene.serverCode]) {
        const code = await codeOf(logout(peer, token));
        assert.ok(code === "null" || toleratedByJava.includes(Number(code)), String(code));
      }
    }
  });

  async function disabledFirst(scene: Scene): Promise<string> {
    await disable(scene);
    return scene.token;
  }
});
