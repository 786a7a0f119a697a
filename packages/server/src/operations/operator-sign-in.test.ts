import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  eventually,
  ManagementPeer,
  ManualClock,
  must,
  newOperator,
  onEachDatabase,
  operatorPassword,
  type RestAnswer,
  signedIn,
  signIn,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

const hourMs = 3_600_000;

function codeOf({ fields }: RestAnswer): unknown {
  return fields["code"];
}

onEachDatabase("operators signing in", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    const settings = { ...(await newDatabase()), signInsPerAddress: "10000", signInsPerIdentity: "1000" };
    server = await startTestServer({ clock, settings });
  });
  after(() => server[Symbol.asyncDispose]());

  function attempt(email: string, password: string): Promise<RestAnswer> {
    return new ManagementPeer(server.url).call("signIn", { email, password });
  }

  async function isGood(page: ManagementPeer): Promise<boolean> {
    return (await page.call("showOwnOperator", {})).status === 200;
  }

  test("[MG-SIGN-1] an unknown address, a wrong password and a disabled operator look alike", async () => {
    await newOperator(server, "admin", "known@example.com");
    const { id } = await newOperator(server, "admin", "disabled@example.com");
    await must(server.console, "disableOperator", { operatorId: id });
    const answers = await Promise.all([
      attempt("unknown@example.com", operatorPassword),
      attempt("not an address at all", operatorPassword),
      attempt("known@example.com", "wrong"),
      attempt("disabled@example.com", operatorPassword),
    ]);
    for (const answer of answers) {
      assert.equal(answer.status, 403);
      assert.equal(codeOf(answer), "credentialsWrong");
      assert.equal(answer.text, answers[0].text);
      assert.equal(answer.headers["set-cookie"], undefined);
    }
    assert.equal((await attempt(" KNOWN@example.com ", operatorPassword)).status, 200);
  });

  test("[MG-SIGN-2] so many sign-ins a minute for one address from one place, and then none with the right password either", async () => {
    const settings = { ...(await newDatabase()), signInsPerIdentity: "3", signInsPerAddress: "5" };
    await using narrow = await startTestServer({ clock, settings });
    await newOperator(narrow, "admin", "anna@example.com");
    const peer = new ManagementPeer(narrow.url);
    const tried = async (email: string, password: string) =>
      codeOf(await peer.call("signIn", { email, password })) ?? "in";
    for (let n = 0; n < 3; n++) assert.equal(await tried("anna@example.com", "wrong"), "credentialsWrong");
    const refused = await peer.call("signIn", { email: "ANNA@example.com", password: operatorPassword });
    assert.deepEqual([refused.status, codeOf(refused), refused.headers["retry-after"]], [429, "tooManyRequests", "60"]);
    assert.equal(await tried("b@example.com", "wrong"), "credentialsWrong");
    assert.equal(await tried("c@example.com", "wrong"), "credentialsWrong");
    assert.equal(await tried("d@example.com", "wrong"), "tooManyRequests");
    await clock.leap(60_000);
    assert.equal(await tried("anna@example.com", operatorPassword), "in");
  });

  test("[MG-SIGN-4] a session shows where it is, and its secret is in no answer and in no row", async () => {
    const { id } = await newOperator(server, "support", "sessions@example.com");
    const answer = await new ManagementPeer(server.url, { "user-agent": "One \u00e9 browser" }).call("signIn", {
      email: "sessions@example.com",
      password: operatorPassword,
    });
    assert.equal(answer.status, 200);
    const cookie = answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
    const secret = cookie.split("=")[1] ?? "";
    assert.match(secret, /^[\w-]{43}$/);
    const page = new ManagementPeer(server.url, { cookie, origin: server.url });
    const { sessions } = await page.must("listOwnSessions", {});
    const [session] = sessions;
    assert.deepEqual(sessions, [
      {
        id: session?.id,
        address: "127.0.0.1",
        userAgent: session?.userAgent,
        createdAt: clock.now(),
        lastSeenAt: clock.now(),
        expiresAt: clock.now() + 12 * hourMs,
        isCurrent: true,
      },
    ]);
    assert.match(session?.userAgent ?? "", /^One .* browser$/);
    const shown = await page.must("showOwnOperator", {});
    assert.equal(shown.operator.id, id);
    assert.equal(shown.sessionId, session?.id);
    assert.ok(!shown.scopes.includes("keys:create") && shown.scopes.includes("licenses:update"));
    const rows = await server.db.selectFrom("operatorSession").selectAll().execute();
    const audit = await server.db.selectFrom("auditEntry").selectAll().execute();
    for (const kept of [answer.text, rows, audit, server.logged]) assert.ok(!JSON.stringify(kept).includes(secret));
  });

  test("[MG-SIGN-4] an operator ends this session, another one, or all others, and nobody else's", async () => {
    const email = "several@example.com";
    const page = await signedIn(server, "admin", email);
    const [ended, left, other] = [
      await signIn(server, { email }),
      await signIn(server, { email }),
      await signIn(server, { email }),
    ];
    const stranger = await signedIn(server, "owner", "stranger@example.com");
    const goodOnes = () => Promise.all([page, ended, left, other, stranger].map(isGood));
    const { sessionId } = await ended.must("showOwnOperator", {});
    assert.equal(codeOf(await stranger.call("endOwnSession", { sessionId })), "sessionNotFound");
    await page.must("endOwnSession", { sessionId });
    assert.equal(codeOf(await page.call("endOwnSession", { sessionId })), "sessionNotFound");
    await left.must("signOut", {});
    assert.deepEqual(await goodOnes(), [true, false, false, true, true]);
    assert.deepEqual(await page.must("endOwnOtherSessions", {}), { ended: 1 });
    assert.deepEqual(await goodOnes(), [true, false, false, false, true]);
  });

  test("[MG-SIGN-4] of two sessions that end all others at the same time one stays", async () => {
    const email = "both@example.com";
    const pages = [await signedIn(server, "admin", email), await signIn(server, { email })];
    await Promise.all(pages.map((page) => page.call("endOwnOtherSessions", {})));
    assert.deepEqual((await Promise.all(pages.map(isGood))).sort(), [false, true]);
  });

  /** Uses a session, and waits until that is written: no request does. */
  async function use(page: ManagementPeer): Promise<void> {
    const { sessionId } = await page.must("showOwnOperator", {});
    await eventually("the use is written", async () => {
      const { sessions } = await page.must("listOwnSessions", {});
      return sessions.some(({ id, lastSeenAt }) => id === sessionId && lastSeenAt === clock.now());
    });
  }

  test("[MG-SIGN-5] a session that is used lasts for seven days, one that is not for twelve hours", async () => {
    const used = await signedIn(server, "read-only", "lasting@example.com");
    const unused = await signIn(server, { email: "lasting@example.com" });
    for (let uses = 0; uses < 14; uses++) {
      await clock.leap(12 * hourMs - 1);
      await use(used);
    }
    assert.equal(await isGood(unused), false);
    assert.equal((await used.must("listOwnSessions", {})).sessions.length, 1);
    await clock.leap(13);
    assert.ok(await isGood(used));
    await clock.leap(1);
    assert.equal(await isGood(used), false);
    const page = await signIn(server, { email: "lasting@example.com" });
    await clock.leap(12 * hourMs - 1);
    assert.ok(await isGood(await signIn(server, { email: "lasting@example.com" })));
    await clock.leap(1);
    assert.equal(await isGood(page), false);
  });

  test("[MG-SIGN-5] a session may do what its operator's role allows at each request", async () => {
    const page = await signedIn(server, "admin", "changing@example.com");
    const { operator } = await page.must("showOwnOperator", {});
    assert.equal((await page.call("listManagementKeys", {})).status, 200);
    await must(server.console, "changeOperatorRole", { operatorId: operator.id, role: "support" });
    assert.equal(codeOf(await page.call("listManagementKeys", {})), "forbidden");
    assert.equal((await page.call("listApplications", {})).status, 200);
  });

  test("[MG-SIGN-6] a new password needs the present one and ends the other sessions", async () => {
    const page = await signedIn(server, "admin", "renewed@example.com");
    const other = await signIn(server, { email: "renewed@example.com" });
    const next = "another long password";
    const change = (password: string, newPassword: string) => page.call("changeOwnPassword", { password, newPassword });
    assert.equal(codeOf(await change("wrong", next)), "credentialsWrong");
    for (const weak of ["short", "x".repeat(257), "Renewed@example.com"]) {
      assert.equal(codeOf(await change(operatorPassword, weak)), "passwordRefused", weak);
    }
    assert.ok(await isGood(other));
    assert.equal((await change(operatorPassword, next)).status, 200);
    assert.deepEqual([await isGood(page), await isGood(other)], [true, false]);
    assert.equal(codeOf(await attempt("renewed@example.com", operatorPassword)), "credentialsWrong");
    assert.equal((await attempt("renewed@example.com", next)).status, 200);
  });

  test("[MG-SIGN-6] of two new passwords at the same time one is set", async () => {
    const page = await signedIn(server, "admin", "twice@example.com");
    const nexts = ["the first new password", "the second new password"];
    const answers = await Promise.all(
      nexts.map((newPassword) => page.call("changeOwnPassword", { password: operatorPassword, newPassword })),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 403]);
    const good = await Promise.all(nexts.map((password) => attempt("twice@example.com", password)));
    assert.deepEqual(
      good.map(({ status }) => status),
      answers.map(({ status }) => status),
    );
  });
});
