import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  ManagementPeer,
  ManualClock,
  must,
  newOperator,
  onEachDatabase,
  operatorPassword as password,
  type RestAnswer,
  signIn,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";
import { totpCode } from "#crypto/totp.ts";

const stepMs = 30_000;

function codeOf({ fields }: RestAnswer): unknown {
  return fields["code"];
}

onEachDatabase("the second factor", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    const settings = { ...(await newDatabase()), signInsPerAddress: "10000", signInsPerIdentity: "1000" };
    server = await startTestServer({ clock, settings });
  });
  after(() => server[Symbol.asyncDispose]());

  /** The code of now, or of another step. */
  function code(secret: string, steps = 0): string {
    return totpCode(secret, Math.floor(clock.now() / stepMs) + steps);
  }

  function attempt(email: string, code?: string): Promise<RestAnswer> {
    return new ManagementPeer(server.url).call("signIn", { email, password, ...(code !== undefined && { code }) });
  }

  async function outcomesOf(answers: readonly Promise<RestAnswer>[]): Promise<unknown[]> {
    return (await Promise.all(answers)).map((answer) => codeOf(answer) ?? "in").sort();
  }

  /** An operator who has just turned it on, half an hour ago. */
  async function guarded(email: string) {
    const { id } = await newOperator(server, "admin", email);
    const page = await signIn(server, { email });
    const { secret, uri } = await page.must("beginSecondFactor", { password });
    const { recoveryCodes } = await page.must("confirmSecondFactor", { code: code(secret) });
    await clock.leap(30 * 60_000);
    return { id, email, page, secret, uri, recoveryCodes };
  }

  test("[MG-2FA-3] it is begun with the password, and asks for nothing before a code has come back", async () => {
    const email = "beginning@example.com";
    await newOperator(server, "admin", email);
    const page = await signIn(server, { email });
    assert.equal(codeOf(await page.call("confirmSecondFactor", { code: "123456" })), "secondFactorNotBegun");
    assert.equal(codeOf(await page.call("beginSecondFactor", { password: "wrong" })), "credentialsWrong");
    const { secret, uri } = await page.must("beginSecondFactor", { password });
    assert.ok(uri.includes(secret));
    assert.equal(codeOf(await page.call("confirmSecondFactor", { code: code(secret, 5) })), "secondFactorWrong");
    assert.equal((await attempt(email)).status, 200);
    assert.equal((await page.call("confirmSecondFactor", { code: code(secret) })).status, 200);
    assert.equal(codeOf(await attempt(email)), "secondFactorRequired");
    assert.equal(codeOf(await page.call("beginSecondFactor", { password })), "secondFactorOn");
    assert.equal((await page.must("showOwnOperator", {})).operator.secondFactor, "on");
  });

  test("[MG-2FA-3] neither its secret nor a recovery code is in the database, in the log or in the audit log", async () => {
    const { secret, recoveryCodes } = await guarded("sealed@example.com");
    const tables = ["operator", "recoveryCode", "auditEntry"] as const;
    const rows = await Promise.all(tables.map((table) => server.db.selectFrom(table).selectAll().execute()));
    const kept = JSON.stringify([...rows, server.logged]);
    for (const hidden of [secret, ...recoveryCodes]) assert.ok(!kept.includes(hidden));
  });

  test("[MG-SIGN-3] what a code is good for is told to nobody without the password", async () => {
    const { email, secret } = await guarded("told@example.com");
    const peer = new ManagementPeer(server.url);
    for (const given of [undefined, "000000", code(secret)]) {
      const asked = { email, password: "wrong", ...(given !== undefined && { code: given }) };
      assert.equal(codeOf(await peer.call("signIn", asked)), "credentialsWrong");
    }
    assert.equal(codeOf(await attempt(email)), "secondFactorRequired");
    assert.equal(codeOf(await attempt(email, code(secret, 2))), "secondFactorWrong");
    assert.equal((await attempt(email, code(secret))).status, 200);
  });

  test("[MG-2FA-2] a code is good once, and no earlier one after it", async () => {
    const { email, secret } = await guarded("replayed@example.com");
    const used = code(secret);
    assert.equal((await attempt(email, used)).status, 200);
    assert.equal(codeOf(await attempt(email, used)), "secondFactorWrong");
    assert.equal(codeOf(await attempt(email, code(secret, -1))), "secondFactorWrong");
    assert.equal((await attempt(email, code(secret, 1))).status, 200);
  });

  test("[MG-2FA-2] the code that has turned it on is used up by that", async () => {
    const email = "confirmed@example.com";
    await newOperator(server, "admin", email);
    const page = await signIn(server, { email });
    const { secret } = await page.must("beginSecondFactor", { password });
    await page.must("confirmSecondFactor", { code: code(secret) });
    assert.equal(codeOf(await attempt(email, code(secret))), "secondFactorWrong");
  });

  test("[MG-2FA-2] of several sign-ins with one code at the same time one gets in", async () => {
    const { email, secret } = await guarded("raced@example.com");
    const answers = [1, 2, 3, 4].map(() => attempt(email, code(secret)));
    assert.deepEqual(await outcomesOf(answers), ["in", ...Array<string>(3).fill("secondFactorWrong")]);
  });

  test("[MG-2FA-4] ten recovery codes, each good once however it is typed", async () => {
    const { email, page, recoveryCodes } = await guarded("recovered@example.com");
    assert.equal(new Set(recoveryCodes).size, 10);
    const [first = "", second = ""] = recoveryCodes;
    assert.match(first, /^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
    assert.equal((await attempt(email, first)).status, 200);
    assert.equal(codeOf(await attempt(email, first)), "secondFactorWrong");
    assert.equal((await attempt(email, ` ${second.toLowerCase().replace("-", " ")}`)).status, 200);
    assert.equal((await page.must("showOwnOperator", {})).recoveryCodes, 8);
  });

  test("[MG-2FA-4] of several sign-ins with one recovery code at the same time one gets in, and it is nobody else's", async () => {
    const { email, recoveryCodes } = await guarded("recovering@example.com");
    const other = await guarded("other@example.com");
    const [given = ""] = recoveryCodes;
    assert.equal(codeOf(await attempt(other.email, given)), "secondFactorWrong");
    const answers = [1, 2, 3, 4].map(() => attempt(email, given));
    assert.deepEqual(await outcomesOf(answers), ["in", ...Array<string>(3).fill("secondFactorWrong")]);
  });

  test("[MG-2FA-5] it is removed with the password and a code, and its recovery codes with it", async () => {
    const { email, page, secret, recoveryCodes } = await guarded("removed@example.com");
    const remove = (password: string, code: string) => page.call("removeSecondFactor", { password, code });
    assert.equal(codeOf(await remove("wrong", code(secret))), "credentialsWrong");
    assert.equal(codeOf(await remove(password, code(secret, 3))), "secondFactorWrong");
    assert.equal((await remove(password, recoveryCodes[0] ?? "")).status, 200);
    assert.equal((await attempt(email)).status, 200);
    assert.equal(codeOf(await remove(password, code(secret))), "secondFactorOff");
    const begun = await page.must("beginSecondFactor", { password });
    await page.must("confirmSecondFactor", { code: code(begun.secret) });
    assert.equal(codeOf(await attempt(email, recoveryCodes[1])), "secondFactorWrong");
  });

  test("[MG-2FA-6] ten codes a quarter of an hour, and then the right one neither", async () => {
    const { email, secret } = await guarded("guessed@example.com");
    for (let guess = 0; guess < 10; guess++) assert.equal(codeOf(await attempt(email, "000000")), "secondFactorWrong");
    const refused = await attempt(email, code(secret));
    assert.deepEqual(
      [refused.status, codeOf(refused), refused.headers["retry-after"]],
      [429, "tooManyRequests", "900"],
    );
    await clock.leap(15 * 60_000);
    assert.equal((await attempt(email, code(secret))).status, 200);
  });

  test("[MG-OP-8] a reset leaves the second factor in force, unless it removes it", async () => {
    const { id: operatorId, email, secret } = await guarded("reset@example.com");
    const peer = new ManagementPeer(server.url);
    const kept = await must(server.console, "resetOperatorPassword", { operatorId });
    const accept = (secret: string, code?: string) =>
      peer.call("acceptInvitation", { secret, password, ...(code !== undefined && { code }) });
    assert.equal((await peer.must("showInvitation", { secret: kept.secret })).secondFactor, "on");
    assert.equal(codeOf(await accept(kept.secret)), "secondFactorRequired");
    assert.equal(codeOf(await accept(kept.secret, code(secret, 4))), "secondFactorWrong");
    assert.equal((await accept(kept.secret, code(secret))).status, 200);
    const removed = await must(server.console, "resetOperatorPassword", { operatorId, secondFactor: "remove" });
    assert.equal((await accept(removed.secret)).status, 200);
    assert.equal((await attempt(email)).status, 200);
  });
});
