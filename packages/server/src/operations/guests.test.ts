import assert from "node:assert/strict";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import {
  addAccount,
  changeSettings,
  ManualClock,
  must,
  newApplication,
  onEachDatabase,
  type RestAnswer,
  RestPeer,
  startTestServer,
  type TestServer,
  userPassword,
} from "@latchkey/testkit";
import type { AccountId, ApplicationId } from "#storage/tables.ts";

const email = "ann@example.com";
const unknownId = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0";
const dayMs = 86_400_000;

function codeOf({ status, fields }: RestAnswer): unknown {
  return status === 200 ? "ok" : fields["code"];
}

/** A guest: its id and its token. */
async function newGuest(rest: RestPeer) {
  const { fields, text } = await rest.post("/users/register/guest");
  const { objectId: id, "user-token": token } = fields;
  if (typeof id !== "string" || typeof token !== "string") throw new Error(`guest login came to ${text}`);
  return { id, token };
}

function convert(rest: RestPeer, id: unknown, token = "", changes: object = {}): Promise<RestAnswer> {
  return rest.post("/users/register", { objectId: id, email, password: userPassword, ...changes }, token);
}

onEachDatabase("guests", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock, settings: await newDatabase() });
  });
  after(() => server[Symbol.asyncDispose]());

  async function open(settings: Partial<ApplicationSettings> = {}) {
    const product = await newApplication(server.console, settings);
    return { product, rest: RestPeer.of(server, product), serverCode: RestPeer.of(server, product, "BL") };
  }

  const rowOf = (id: string) =>
    server.db
      .selectFrom("account")
      .selectAll()
      .where("id", "=", id as AccountId)
      .executeTakeFirst();

  test("[US-GUEST-1] [US-DATA-2] [US-DATA-4] a guest login makes an account without an identity, and a session", async () => {
    const { rest } = await open();
    const { status, fields } = await rest.post("/users/register/guest");
    const { objectId, "user-token": token, ...others } = fields;
    assert.equal(status, 200);
    assert.deepEqual(others, {
      ___class: "Users",
      ownerId: objectId,
      email: null,
      name: null,
      blUserLocale: null,
      userStatus: "GUEST",
      socialAccount: "BACKENDLESS",
      oAuthIdentities: null,
      created: clock.now(),
      updated: null,
      lastLogin: clock.now(),
    });
    assert.equal(await rest.isLive(String(token)), true);
    const { body } = await rest.get("/users/userroles", String(token));
    assert.deepEqual(body, ["JSUser", "AuthenticatedUser"]);
    assert.notEqual((await newGuest(rest)).id, objectId);
  });

  test("[US-GUEST-1] [US-SESS-10] a user-token beside it is ignored, and its session goes on", async () => {
    const { rest } = await open();
    const { id, token } = await newGuest(rest);
    for (const given of [token, "dead"]) {
      const { status, fields } = await rest.post("/users/register/guest", undefined, given);
      assert.equal(status, 200);
      assert.notEqual(fields["objectId"], id);
    }
    assert.equal(await rest.isLive(token), true);
  });

  test("[US-GUEST-2] with logins or guest logins switched off the answer is 3034, to server code too", async () => {
    for (const settings of [{ enableLogin: false }, { guestLoginEnabled: false }]) {
      const { rest, serverCode } = await open(settings);
      for (const peer of [rest, serverCode]) assert.equal(codeOf(await peer.post("/users/register/guest")), 3034);
    }
  });

  test("[US-REG-9] [US-REG-10] a guest becomes an account under its id, and its session goes on", async () => {
    const { rest, product } = await open();
    const { id, token } = await newGuest(rest);
    await clock.advance(1_000);
    const { status, fields } = await convert(rest, id, token, { plan: "pro" });
    const { objectId, userStatus, updated, plan, "user-token": shown } = fields;
    assert.deepEqual([status, objectId, fields["email"], userStatus], [200, id, email, "ENABLED"]);
    assert.deepEqual([updated, plan, shown], [clock.now(), "pro", undefined]);
    assert.equal(await rest.isLive(token), true);
    assert.equal((await rest.get(`/users/${id}`, token)).fields["email"], email);
    const { accounts } = await must(server.console, "listAccounts", { applicationId: product.id });
    assert.equal(accounts.length, 1);
    assert.equal(await rest.isLive(await rest.login(email)), true);
    assert.equal(codeOf(await convert(rest, id, token)), 3039, "it is no guest any more");
    assert.equal(codeOf(await rest.post("/users/register", { email, password: userPassword })), 3033);
  });

  test("[US-REG-9] server code converts any guest of its application, with and without a token", async () => {
    const { rest, serverCode } = await open();
    const [one, other] = [await newGuest(rest), await newGuest(rest)];
    assert.equal(codeOf(await convert(serverCode, one.id)), "ok");
    assert.equal(codeOf(await convert(serverCode, other.id, one.token, { email: "bob@example.com" })), "ok");
    for (const { token } of [one, other]) assert.equal(await rest.isLive(token), true);
  });

  test("[US-REG-9] [US-SEC-13] [US-SESS-10] in every other case the answer is 3039, and nothing has changed", async () => {
    const { rest, serverCode, product } = await open({ enableMultipleLogins: true, maxConcurrentLogins: 0 });
    const elsewhere = await open();
    const [guest, other, gone, disabled] = [
      await newGuest(rest),
      await newGuest(rest),
      await newGuest(rest),
      await newGuest(rest),
    ];
    await rest.get("/users/logout", gone.token);
    await must(server.console, "disableAccount", { accountId: disabled.id });
    const user = await addAccount(server, product, { login: "bob@example.com" });
    const token = await rest.login("bob@example.com");
    const foreign = await newGuest(elsewhere.rest);
    const cases: [string, RestPeer, unknown, string][] = [
      ["no token", rest, guest.id, ""],
      ["another guest's token", rest, guest.id, other.token],
      ["a user's token", rest, guest.id, token],
      ["a dead token", rest, guest.id, "dead"],
      ["a token that was logged out", rest, gone.id, gone.token],
      ["a guest that was disabled", rest, disabled.id, disabled.token],
      ["a guest that was disabled, to server code", serverCode, disabled.id, ""],
      ["no guest", rest, user.id, token],
      ["no guest, to server code", serverCode, user.id, ""],
      ["nobody", serverCode, unknownId, ""],
      ["a guest of another application", rest, foreign.id, foreign.token],
      ["a guest of another application, to server code", serverCode, foreign.id, ""],
      ["an id that is no text", serverCode, 7, ""],
      ["an id that is a list", serverCode, [guest.id], ""],
    ];
    for (const [name, peer, id, given] of cases) assert.equal(codeOf(await convert(peer, id, given)), 3039, name);
    for (const { id } of [guest, other, gone, foreign]) assert.equal((await rowOf(id))?.status, "guest");
    assert.equal((await rowOf(disabled.id))?.status, "disabled");
    assert.equal(codeOf(await rest.post("/users/register", { email, password: userPassword })), "ok");
  });

  test("[US-REG-3] [US-REG-9] what is wrong beside is answered in the order of a registration, and leaves the guest", async () => {
    const { rest, product, serverCode } = await open();
    await addAccount(server, product, { login: "bob@example.com" });
    const { id, token } = await newGuest(rest);
    assert.equal(codeOf(await convert(rest, id, "", { password: null })), 3039);
    const cases: [number, object][] = [
      [3011, { password: "" }],
      [3013, { email: undefined }],
      [3040, { email: "nobody" }],
      [40_001, { password: "x" }],
      [3033, { email: "BOB@example.com" }],
    ];
    for (const [code, changes] of cases) assert.equal(codeOf(await convert(rest, id, token, changes)), code);
    await changeSettings(server, product, { userRegistrationEnabled: false });
    for (const peer of [rest, serverCode]) assert.equal(codeOf(await convert(peer, id)), 3009);
    await changeSettings(server, product, { userRegistrationEnabled: true, licenseRequired: true });
    assert.deepEqual((await convert(rest, id, token)).fields["errorData"], { reason: "licenseRequired" });
    assert.equal((await rowOf(id))?.status, "guest");
    assert.equal(await rest.isLive(token), true);
  });

  test("[US-REG-9] of conversions in parallel one wins, whoever makes them", async () => {
    const { rest, serverCode } = await open();
    const { id, token } = await newGuest(rest);
    const names = ["a", "b", "c", "d"].map((name) => `${name}@example.com`);
    const answers = await Promise.all(
      names.map((name, index) => convert(index % 2 ? serverCode : rest, id, token, { email: name })),
    );
    assert.deepEqual(answers.map(codeOf).sort(), [3039, 3039, 3039, "ok"]);
    const winner = answers.find(({ status }) => status === 200)?.fields["email"];
    for (const name of names) {
      const login = await rest.post("/users/login", { login: name, password: userPassword });
      assert.equal(login.status === 200, name === winner, name);
    }
  });

  test("[US-REG-7] [US-REG-9] of a conversion and a registration with one identity one wins", async () => {
    const { rest } = await open();
    const { id, token } = await newGuest(rest);
    const plain = rest.post("/users/register", { email, password: userPassword });
    const codes = (await Promise.all([convert(rest, id, token), plain])).map(codeOf);
    assert.deepEqual(codes.sort(), [3033, "ok"]);
  });

  test("[US-REG-8] [US-REG-5] without an objectId a guest's token changes nothing, and is not refreshed", async () => {
    const { rest } = await open({ sessionTimeoutSeconds: 60 });
    const { id, token } = await newGuest(rest);
    await clock.advance(40_000);
    for (const [index, objectId] of [undefined, null, ""].entries()) {
      const { status, fields } = await convert(rest, objectId, token, { email: `${index}@example.com` });
      assert.equal(status, 200);
      assert.notEqual(fields["objectId"], id);
    }
    assert.equal((await rowOf(id))?.status, "guest");
    await clock.advance(20_000);
    assert.equal(await rest.isLive(token), false);
  });

  test("[US-REG-10] where addresses are confirmed, a converted guest waits for that, and its session goes on", async () => {
    const { rest } = await open({ emailConfirmationRequired: true });
    const { id, token } = await newGuest(rest);
    const { fields } = await convert(rest, id, token);
    assert.equal(fields["userStatus"], "EMAIL_CONFIRMATION_PENDING");
    assert.equal(await rest.isLive(token), true);
    assert.equal(codeOf(await rest.post("/users/login", { login: email, password: userPassword })), 3087);
  });

  test("[US-REG-11] guests have places under the account quota, which a conversion does not take again", async () => {
    const { rest, serverCode } = await open({ accountQuota: 1 });
    const { id, token } = await newGuest(rest);
    for (const peer of [rest, serverCode]) {
      const { fields } = await peer.post("/users/register/guest");
      assert.deepEqual([fields["code"], fields["errorData"]], [3034, { reason: "accountQuota" }]);
    }
    assert.equal(codeOf(await convert(rest, id, token)), "ok");
    assert.equal(codeOf(await rest.post("/users/register", { email: "b@example.com", password: userPassword })), 3009);
  });

  test("[US-REG-11] [US-SEC-7] guests count toward the registrations of their address and day, those of server code do not", async () => {
    const { rest, serverCode, product } = await open({ registrationsPerAddressPerDay: 2 });
    await newGuest(rest);
    await newGuest(rest);
    assert.equal(codeOf(await rest.post("/users/register/guest")), 42_900);
    assert.equal(codeOf(await rest.post("/users/register", { email, password: userPassword })), 42_900);
    await newGuest(serverCode);
    await server.db
      .updateTable("account")
      .set({ createdAt: clock.now() - dayMs })
      .where("applicationId", "=", product.id as ApplicationId)
      .execute();
    await newGuest(rest);
  });

  test("[US-LOGIN-7] [US-SESS-20] server code logs a guest in by its id, under the policy of every login", async () => {
    const { rest, serverCode } = await open();
    const { id, token } = await newGuest(rest);
    const { fields } = await serverCode.post("/users/login", { objectId: id });
    assert.equal(fields["userStatus"], "GUEST");
    assert.deepEqual([await rest.isLive(token), await rest.isLive(String(fields["user-token"]))], [false, true]);
  });

  test("[US-GUEST-3] a guest without a live session for its retention is deleted, and no other account is", async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), "latchkey-test-"));
    const settings = { ...(await newDatabase()), data: folder.path };
    const begin = new ManualClock();
    const retention = { guestRetentionDays: 10, sessionTimeoutSeconds: 2_592_000 };
    const made = await (async () => {
      await using first = await startTestServer({ clock: begin, settings });
      const product = await newApplication(first.console, retention);
      const rest = RestPeer.of(first, product);
      const guests = { out: await newGuest(rest), live: await newGuest(rest), converted: await newGuest(rest) };
      await convert(rest, guests.converted.id, guests.converted.token);
      for (const { token } of [guests.out, guests.converted]) await rest.get("/users/logout", token);
      return { product, ...guests };
    })();
    const { product, out, live, converted } = made;
    const leftAfter = async (ms: number, awaited: string[], work?: (rest: RestPeer) => Promise<unknown>) => {
      const clock = new ManualClock(begin.now() + ms);
      {
        await using later = await startTestServer({ clock, settings });
        await work?.(RestPeer.of(later, product));
        await clock.advance(60_000);
      }
      // Whoever stops waits for upkeep.
      await using later = await startTestServer({ clock, settings });
      const { accounts } = await must(later.console, "listAccounts", { applicationId: product.id });
      assert.deepEqual(accounts.map(({ id }) => id).sort(), awaited.sort());
      const { accountCount } = await later.db.selectFrom("application").selectAll().executeTakeFirstOrThrow();
      assert.equal(accountCount, awaited.length);
    };
    await leftAfter(10 * dayMs, [out.id, live.id, converted.id]);
    await leftAfter(11 * dayMs, [live.id, converted.id]);
    await leftAfter(12 * dayMs, [live.id, converted.id], (rest) => rest.get("/users/logout", live.token));
    await leftAfter(20 * dayMs, [live.id, converted.id]);
    await leftAfter(22 * dayMs, [converted.id]);
  });
});

test("[US-SEC-6] [US-SEC-7] registrations and guest logins of an address share their limit, server code has none", async () => {
  const clock = new ManualClock();
  await using server = await startTestServer({ clock, settings: { registrationsPerAddress: "20" } });
  const product = await newApplication(server.console);
  const rest = RestPeer.of(server, product);
  for (let n = 0; n < 10; n++) {
    await newGuest(rest);
    assert.equal(codeOf(await rest.post("/users/register", {})), 3011);
  }
  const refused = await rest.post("/users/register/guest");
  assert.deepEqual([codeOf(refused), refused.headers["retry-after"]], [42_900, "60"]);
  assert.equal(codeOf(await rest.post("/users/register", {})), 42_900);
  await newGuest(RestPeer.of(server, product, "BL"));
  await clock.advance(60_000);
  await newGuest(rest);
});
