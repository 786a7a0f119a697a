import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import {
  addAccount,
  ManualClock,
  newApplication,
  onEachDatabase,
  type RestAnswer,
  RestPeer,
  startTestServer,
  type TestServer,
  userPassword,
} from "@latchkey/testkit";

const email = "ann@example.com";

function outcomeOf({ status, body, fields }: RestAnswer): unknown {
  return status === 200 ? body : fields["code"];
}

onEachDatabase("verify password", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock, settings: await newDatabase() });
  });
  after(() => server[Symbol.asyncDispose]());

  async function open(settings: Partial<ApplicationSettings> = {}) {
    const product = await newApplication(server.console, settings);
    const account = await addAccount(server, product, { login: email });
    const rest = RestPeer.of(server, product);
    return { product, account, rest, serverCode: RestPeer.of(server, product, "BL"), token: await rest.login(email) };
  }

  const verify = async (peer: RestPeer, body: unknown, token = "") =>
    outcomeOf(await peer.post("/users/verifypassword", body, token));

  test("[US-VERIFY-1] it tells whether a password is that of the token's account, and changes nothing", async () => {
    const { account, serverCode, token } = await open();
    const row = () => server.db.selectFrom("account").selectAll().where("id", "=", account.id).executeTakeFirst();
    const before = await row();
    for (const [password, valid] of [
      [userPassword, true],
      ["wrong", false],
      ["", false],
      [` ${userPassword}`, false],
      ["x".repeat(10_000), false],
    ] as const) {
      assert.equal(await verify(serverCode, { password }, token), valid);
      const { body } = await serverCode.post("/users/verifypassowrd", { password }, token);
      assert.deepEqual(body, { valid }, "as the official JavaScript SDK asks");
      await clock.advance(60_000);
    }
    assert.deepEqual(await row(), before);
    assert.equal(await serverCode.isLive(token), true);
  });

  test("[US-VERIFY-1] an account without a password has none that is right", async () => {
    const { rest, serverCode } = await open();
    const guest = String((await rest.post("/users/register/guest")).fields["user-token"]);
    assert.equal(await verify(serverCode, { password: userPassword }, guest), false);
  });

  test("[US-VERIFY-2] [US-KEY-1] [US-KEY-2] [US-ERR-7] [US-ERR-8] of several reasons to refuse it the first in the order is answered", async () => {
    const { product, rest, serverCode, token } = await open();
    const bodies = [undefined, "{", {}, { password: userPassword }];
    for (const peer of [rest, serverCode]) {
      for (const body of bodies) assert.equal(await verify(peer, body, "dead"), 3064);
    }
    for (const kind of ["JS", "REST", "ANDROID", "IOS", "WP", "AS"] as const) {
      const peer = RestPeer.of(server, product, kind);
      for (const body of bodies) {
        for (const given of ["", token]) assert.equal(await verify(peer, body, given), 3122, kind);
      }
    }
    for (const body of [undefined, {}, { password: userPassword }]) assert.equal(await verify(serverCode, body), 3121);
    for (const body of [undefined, {}, { password: null }]) assert.equal(await verify(serverCode, body, token), 3038);
    assert.equal(await verify(serverCode, "{", token), 2004);
    for (const password of [7, true, {}, [userPassword]]) {
      assert.equal(await verify(serverCode, { password }, token), 3050);
    }
    const message = async (peer: RestPeer) => (await peer.post("/users/verifypassowrd", {})).fields["message"];
    assert.equal(await message(rest), "Password verification allowed only from CloudCode");
    assert.equal(await message(serverCode), "No authenticated user is associated with request");
  });

  test("[US-VERIFY-3] [US-SEC-5] [US-SEC-6] [US-SEC-7] each session has ten checks a minute, and they lock nothing", async () => {
    const settings = { failedLoginsLock: 3, enableMultipleLogins: true, maxConcurrentLogins: 2 };
    const { rest, serverCode, token } = await open(settings);
    const other = await rest.login(email);
    for (let n = 0; n < 5; n++) {
      assert.equal(await verify(serverCode, { password: "wrong" }, token), false);
      await clock.advance(1_000);
      assert.deepEqual((await serverCode.post("/users/verifypassowrd", { password: "x" }, token)).body, {
        valid: false,
      });
    }
    const refused = await serverCode.post("/users/verifypassword", { password: userPassword }, token);
    assert.deepEqual([refused.status, outcomeOf(refused), refused.headers["retry-after"]], [429, 42_900, "55"]);
    assert.deepEqual(refused.fields["errorData"], { retryAfter: 55 });
    assert.equal(await verify(serverCode, { password: userPassword }, other), true);
    assert.equal(await verify(serverCode, {}, token), 3038, "what is refused for its form counts for nothing");
    assert.equal(outcomeOf(await rest.post("/users/login", { login: email, password: "wrong" })), 3003);
    await clock.advance(55_000);
    assert.equal(await verify(serverCode, { password: userPassword }, token), true);
  });

  test("[US-SEC-13] a token of another application is dead here", async () => {
    const [ours, theirs] = [await open(), await open()];
    assert.equal(await verify(ours.serverCode, { password: userPassword }, theirs.token), 3064);
  });
});
