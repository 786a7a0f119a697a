import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { operatorRoles, scopesOfRole } from "@latchkey/protocol";
import {
  ManagementPeer,
  ManualClock,
  must,
  newOperator,
  onEachDatabase,
  operatorPassword as password,
  type RestAnswer,
  signedIn,
  signIn,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

const dayMs = 86_400_000;

function codeOf({ fields }: RestAnswer): unknown {
  return fields["code"];
}

suite("roles", () => {
  test("[MG-OP-2] only an owner deals with operators, and who only reads changes nothing", () => {
    for (const role of operatorRoles) {
      const scopes = scopesOfRole[role];
      assert.equal(
        scopes.some((scope) => scope.startsWith("operators:")),
        role === "owner",
      );
      assert.ok(scopes.includes("applications:read"));
    }
    assert.ok(scopesOfRole["read-only"].every((scope) => scope.endsWith(":read")));
    assert.ok(!scopesOfRole.support.some((scope) => /:(delete|export)$|^(keys|webhooks):/.test(scope)));
  });
});

onEachDatabase("operators", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  let owner: ManagementPeer;
  let nobody: ManagementPeer;
  before(async () => {
    const settings = { ...(await newDatabase()), signInsPerAddress: "10000", signInsPerIdentity: "1000" };
    server = await startTestServer({ clock, settings });
    owner = await signedIn(server, "owner", "owner@example.com");
    nobody = new ManagementPeer(server.url);
  });
  after(() => server[Symbol.asyncDispose]());

  async function isGood(page: ManagementPeer): Promise<boolean> {
    return (await page.call("showOwnOperator", {})).status === 200;
  }

  function attempt(email: string): Promise<RestAnswer> {
    return nobody.call("signIn", { email, password });
  }

  function accept(secret: string, more: object = { name: "New here" }): Promise<RestAnswer> {
    return nobody.call("acceptInvitation", { secret, password, ...more });
  }

  test("[MG-OP-2] nobody but an owner meets operators, invitations and their links", async () => {
    const { id: operatorId } = await newOperator(server, "support", "target@example.com");
    for (const role of ["admin", "support", "read-only"] as const) {
      const page = await signedIn(server, role, `${role}-of-roles@example.com`);
      const answers = [
        await page.call("listOperators", {}),
        await page.call("listInvitations", {}),
        await page.call("inviteOperator", { email: "x@example.com", role: "read-only" }),
        await page.call("changeOperatorRole", { operatorId, role: "owner" }),
        await page.call("disableOperator", { operatorId }),
        await page.call("removeOperator", { operatorId }),
        await page.call("resetOperatorPassword", { operatorId }),
      ];
      for (const answer of answers) assert.equal(codeOf(answer), "forbidden");
    }
    assert.equal((await owner.must("listOperators", { limit: 1000 })).operators.length > 4, true);
  });

  test("[MG-OP-2] a key that may deal with operators gives no more than it has", async () => {
    const { id: operatorId } = await newOperator(server, "owner", "above-a-key@example.com");
    const { id: below } = await newOperator(server, "read-only", "below-a-key@example.com");
    const key = await ManagementPeer.withKey(server, [
      "operators:read",
      "operators:create",
      "operators:update",
      "operators:delete",
      ...scopesOfRole["read-only"],
    ]);
    const tooWide = [
      await key.call("inviteOperator", { email: "y@example.com", role: "support" }),
      await key.call("changeOperatorRole", { operatorId: below, role: "support" }),
      await key.call("changeOperatorRole", { operatorId, role: "read-only" }),
      await key.call("resetOperatorPassword", { operatorId }),
      await key.call("disableOperator", { operatorId }),
      await key.call("removeOperator", { operatorId }),
    ];
    for (const answer of tooWide) assert.deepEqual([answer.status, codeOf(answer)], [403, "grantTooWide"]);
    assert.equal((await key.call("inviteOperator", { email: "y@example.com", role: "read-only" })).status, 201);
    assert.equal((await key.call("disableOperator", { operatorId: below })).status, 200);
  });

  test("[MG-OP-3] one operator of an address, in whatever case, with a name and a password that will do", async () => {
    const asked = { email: "one@example.com", name: "One", role: "admin", password } as const;
    const added = async (more: Partial<typeof asked> | object) => {
      const outcome = await server.console.call("addOperator", { ...asked, ...more });
      return outcome.ok ? "added" : "refusal" in outcome && outcome.refusal;
    };
    assert.equal(await added({ email: "no address" }), "emailInvalid");
    assert.equal(await added({ name: "  " }), "nameInvalid");
    assert.equal(await added({ password: "ninechars" }), "passwordRefused");
    assert.equal(await added({ password: "ONE@example.com" }), "passwordRefused");
    const racing = await Promise.all([added({}), added({ email: "One@Example.com" })]);
    assert.deepEqual(racing.sort(), ["added", "emailTaken"]);
    assert.equal(codeOf(await owner.call("inviteOperator", { email: "ONE@example.com", role: "admin" })), "emailTaken");
  });

  test("[MG-OP-5] whoever is disabled or removed is out at once, with what they could come back by", async () => {
    for (const name of ["disableOperator", "removeOperator"] as const) {
      const email = `${name.toLowerCase()}@example.com`;
      const page = await signedIn(server, "owner", email);
      const { operator } = await page.must("showOwnOperator", {});
      const guest = await page.must("inviteOperator", { email: `guest-of-${email}`, role: "owner" });
      const reset = await owner.must("resetOperatorPassword", { operatorId: operator.id });
      assert.equal(await isGood(page), false);
      assert.equal((await owner.call(name, { operatorId: operator.id })).status, 200);
      for (const { secret } of [guest, reset]) assert.equal(codeOf(await accept(secret)), "linkInvalid");
    }
    const email = "coming-back@example.com";
    const page = await signedIn(server, "admin", email);
    const { operator } = await page.must("showOwnOperator", {});
    await owner.must("disableOperator", { operatorId: operator.id });
    assert.equal(await isGood(page), false);
    assert.equal(codeOf(await attempt(email)), "credentialsWrong");
    await owner.must("enableOperator", { operatorId: operator.id });
    assert.equal(await isGood(page), false);
    assert.equal((await attempt(email)).status, 200);
    assert.equal(codeOf(await owner.call("removeOperator", { operatorId: "nobody" })), "operatorNotFound");
  });

  test("[MG-OP-5] an owner who is made something else has invited nobody", async () => {
    const page = await signedIn(server, "owner", "demoted@example.com");
    const { operator } = await page.must("showOwnOperator", {});
    const { secret } = await page.must("inviteOperator", { email: "friend@example.com", role: "owner" });
    await owner.must("changeOperatorRole", { operatorId: operator.id, role: "admin" });
    assert.equal(codeOf(await accept(secret)), "linkInvalid");
    assert.ok(await isGood(page));
  });

  test("[MG-OP-6] an invitation is good once, the latest of an address alone, and for seven days", async () => {
    const invite = (email: string) => owner.must("inviteOperator", { email, role: "support" });
    const first = await invite("invited@example.com");
    const latest = await invite("Invited@example.com");
    const revoked = await invite("revoked@example.com");
    await owner.must("revokeInvitation", { invitationId: revoked.invitation.id });
    assert.equal(
      codeOf(await owner.call("revokeInvitation", { invitationId: revoked.invitation.id })),
      "invitationNotFound",
    );
    const late = await invite("late@example.com");
    const { invitations } = await owner.must("listInvitations", {});
    assert.deepEqual(
      invitations.map(({ email }) => email).filter((email) => /invited|revoked|late/i.test(email)),
      ["Invited@example.com", "late@example.com"],
    );
    for (const wrong of [first.secret, revoked.secret, "", latest.secret.slice(1)]) {
      const answer = await accept(wrong);
      assert.deepEqual([answer.status, codeOf(answer)], [410, "linkInvalid"]);
    }
    const racing = await Promise.all([1, 2, 3].map(() => accept(latest.secret)));
    assert.deepEqual(racing.map(({ status }) => status).sort(), [200, 410, 410]);
    await clock.leap(7 * dayMs);
    assert.equal(codeOf(await accept(late.secret)), "linkInvalid");
    assert.deepEqual((await must(server.console, "listInvitations", {})).invitations, []);
    owner = await signIn(server, { email: "owner@example.com" });
    const kept = JSON.stringify([
      await server.db.selectFrom("invitation").selectAll().execute(),
      await server.db.selectFrom("auditEntry").selectAll().execute(),
    ]);
    for (const { secret } of [first, latest, revoked, late]) assert.ok(!kept.includes(secret));
  });

  test("[MG-OP-7] who accepts gives a name and a password, and nothing else of it can be chosen", async () => {
    const { secret } = await owner.must("inviteOperator", { email: "chosen@example.com", role: "read-only" });
    const shown = await nobody.must("showInvitation", { secret });
    assert.equal(shown.kind, "invitation");
    assert.deepEqual([shown.email, shown.role, shown.passwordMinLength], ["chosen@example.com", "read-only", 10]);
    assert.equal(codeOf(await accept(secret, {})), "nameInvalid");
    assert.equal(codeOf(await accept(secret, { name: "Me", password: "short" })), "passwordRefused");
    assert.equal(codeOf(await accept(secret, { name: "Me", role: "owner" })), "requestMalformed");
    const answer = await accept(secret, { name: "Me", email: "other@example.com" });
    assert.equal(answer.status, 200);
    const cookie = answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
    const page = new ManagementPeer(server.url, { cookie, origin: server.url });
    const { operator } = await page.must("showOwnOperator", {});
    assert.deepEqual([operator.email, operator.name, operator.role], ["chosen@example.com", "Me", "read-only"]);
  });

  test("[MG-OP-8] a reset ends the password and the sessions, and its link sets another one, for a day", async () => {
    const email = "forgetful@example.com";
    const page = await signedIn(server, "admin", email);
    const { operator } = await page.must("showOwnOperator", {});
    const first = await owner.must("resetOperatorPassword", { operatorId: operator.id });
    assert.equal(await isGood(page), false);
    assert.equal(codeOf(await attempt(email)), "credentialsWrong");
    const { secret } = await owner.must("resetOperatorPassword", { operatorId: operator.id });
    assert.equal(codeOf(await accept(first.secret)), "linkInvalid");
    assert.equal((await nobody.must("showInvitation", { secret })).kind, "passwordReset");
    const racing = await Promise.all([1, 2, 3].map(() => accept(secret, {})));
    assert.deepEqual(racing.map(({ status }) => status).sort(), [200, 410, 410]);
    assert.equal((await attempt(email)).status, 200);
    const late = await owner.must("resetOperatorPassword", { operatorId: operator.id });
    assert.equal(late.expiresAt, clock.now() + dayMs);
    await clock.leap(dayMs);
    assert.equal(codeOf(await accept(late.secret)), "linkInvalid");
  });

  test("[MG-OP-8] whoever signs in at the moment of a reset is out as well", async () => {
    for (let round = 0; round < 4; round++) {
      const email = `racing-${round}@example.com`;
      const { id: operatorId } = await newOperator(server, "admin", email);
      const signIns = [1, 2, 3].map(() => attempt(email));
      await must(server.console, "resetOperatorPassword", { operatorId });
      await Promise.all(signIns);
      const left = await server.db
        .selectFrom("operatorSession")
        .select("operatorSession.id")
        .innerJoin("operator", "operator.id", "operatorSession.operatorId")
        .where("email", "=", email)
        .execute();
      assert.deepEqual(left, []);
    }
  });
});
