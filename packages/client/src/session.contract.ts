import * as assert from "node:assert/strict";
import { Status } from "@latchkey/protocol";
import type { Declare, Seeds } from "@latchkey/testkit";
import type { Ending } from "./connection.ts";
import type { TransportError } from "./errors.ts";
import { orThrow } from "./errors.ts";
import { Session } from "./session.ts";

/** What a session does in every runtime. */
export function sessionContract(test: Declare, seeds: Seeds): void {
  /** The platform's WebSocket, listened in on. A muted one sends nothing. */
  function wiretap({ muted = false } = {}) {
    const sent: unknown[] = [];
    const sockets: WebSocket[] = [];
    class Tapped extends WebSocket {
      constructor(url: string | URL) {
        super(url);
        sockets.push(this);
      }
      override send(data: string): void {
        sent.push(JSON.parse(data));
        if (!muted) super.send(data);
      }
    }
    return { WebSocket: Tapped, sent, sockets };
  }

  /** A session that is connected and initialized for an application of its own. */
  async function initialized(options: { readonly WebSocket?: typeof WebSocket } = {}) {
    const product = await seeds.newApplication();
    const session = new Session({ url: seeds.url, ...options });
    await session.connect();
    const application = orThrow(await session.initialize(product.websocketApiKey, "client-1"));
    return { session, product, application };
  }

  function endingOf(session: Session): Promise<Ending> {
    return new Promise((resolve) => session.on("shutdown", resolve));
  }

  test("[LP-CONN-10] connect tells where the server is", async () => {
    await using session = new Session({ url: seeds.url });
    assert.equal(session.isConnected, false);
    assert.deepEqual(await session.connect(), { location: "test" });
    assert.equal(session.isConnected, true);
  });

  test("[LP-OUT-1] [LP-OUT-2] [LP-OUT-3] a license is authorized, logged out, and authorized again", async () => {
    const { session, product, application } = await initialized();
    await using _ = session;
    assert.equal(application.name, "Test product");
    const key = await seeds.newLicense(product, {
      levels: ["pro", "beta"],
      comment: "c",
      durationMs: 86_400_000,
    });

    const license = await session.authorize(key);
    assert.equal(license.good(), true);
    assert.deepEqual([license.license, license.levels, license.comment], [key, ["pro", "beta"], "c"]);
    assert.equal(license.ipAddress, "127.0.0.1");
    assert.ok(license.timeLeft > 86_000 && license.timeLeft <= 86_400, String(license.timeLeft));
    assert.ok(license.expiresAt > 1_700_000_000, "a Unix second");

    assert.equal((await session.authorize(key)).status, Status.AlreadyAuthorized);
    assert.equal(await session.logout(), Status.Ok);
    assert.equal(await session.logout(), Status.NotAuthorized);
    assert.equal((await session.authorize(key)).status, Status.Ok);
  });

  test("[LP-LIC-3] a license that never expires has neither time left nor an end", async () => {
    const { session, product } = await initialized();
    await using _ = session;
    const license = orThrow(await session.authorize(await seeds.newLicense(product)));
    assert.deepEqual([license.timeLeft, license.expiresAt], [0, 0]);
  });

  test("an account is created, authorized, given a license, and logged out", async () => {
    const { session, product } = await initialized();
    await using _ = session;
    const credentials = { login: "anna", password: "correct horse" };

    const created = await session.createAccount({ ...credentials, comment: "first" });
    assert.deepEqual([created.status, created.retryAfter, created.is(Status.Ok)], [Status.Ok, 0, true]);
    assert.equal((await session.createAccount(credentials)).status, Status.AppUserAlreadyExists);
    assert.equal(await session.linkLicense("ABCDEF-123456"), Status.NotAuthorized);

    assert.equal((await session.authorize({ ...credentials, password: "wrong" })).status, Status.AppUserNotFound);
    const account = await session.authorize(credentials);
    assert.deepEqual([account.status, account.login, account.comment], [Status.Ok, "anna", "first"]);
    assert.deepEqual([account.levels, account.licenseRequired, account.retryAfter], [[], false, 0]);

    assert.equal(await session.linkLicense("ABCDEF-123456"), Status.LicenseNotFound);
    const key = await seeds.newLicense(product, { levels: ["pro"] });
    assert.equal(await session.linkLicense(key), Status.Ok);
    assert.equal(await session.logout(), Status.Ok);
    assert.deepEqual((await session.authorize(credentials)).levels, ["pro"]);
  });

  test("[LP-ACC-4] too many accounts from one address: the status says so and when to try again", async () => {
    const { session } = await initialized();
    await using _ = session;
    for (const login of ["anna", "bert", "cara"]) orThrow(await session.createAccount({ login, password: "secret" }));
    const refused = await session.createAccount({ login: "dora", password: "secret" });
    assert.equal(refused.is(Status.TooManyRequests), true);
    assert.ok(refused.retryAfter > 0);
  });

  test("[LP-SDK-1] lengths are checked here: the status is the server's, and nothing is sent", async () => {
    const { WebSocket, sent } = wiretap();
    const { session } = await initialized({ WebSocket });
    await using _ = session;
    const sentBefore = sent.length;
    const ok = { login: "anna", password: "secret" };
    const long = (length: number) => "x".repeat(length);

    const accountRefusals = [
      [{ ...ok, login: "ann" }, Status.AppUserLoginTooShort],
      [{ ...ok, login: long(321) }, Status.AppUserLoginTooLong],
      [{ ...ok, password: "abc" }, Status.AppUserPasswordTooShort],
      [{ ...ok, password: long(65) }, Status.AppUserPasswordTooLong],
      [{ ...ok, license: "ABCDE" }, Status.LicenseTooShort],
      [{ ...ok, license: long(65) }, Status.LicenseTooLong],
      [{ ...ok, type: 2 }, Status.AppUserCredentialsTypeInvalid],
      [{ ...ok, type: 1 }, Status.AppUserEmailInvalid],
    ] as const;
    for (const [account, status] of accountRefusals) {
      assert.equal((await session.createAccount(account)).status, status);
      assert.equal((await session.authorize(account)).status, status);
    }
    assert.equal((await session.authorize("ABCDE")).status, Status.LicenseTooShort);
    assert.equal((await session.authorize(long(65))).status, Status.LicenseTooLong);
    assert.equal(await session.linkLicense("ABCDE"), Status.LicenseTooShort);
    assert.equal((await session.initialize("key", "abc")).status, Status.ClientIdTooShort);
    assert.equal((await session.initialize("key", long(65))).status, Status.ClientIdTooLong);
    assert.equal(sent.length, sentBefore);

    // Lengths are code points: four symbols of two UTF-16 units each are long enough.
    assert.equal((await session.createAccount({ login: "🔑🔑🔑🔑", password: "🔒🔒🔒🔒" })).status, Status.Ok);
    assert.equal(sent.length, sentBefore + 1);
  });

  test("[LP-SDK-1] an empty comment and an empty license are not sent", async () => {
    const { WebSocket, sent } = wiretap();
    const { session } = await initialized({ WebSocket });
    await using _ = session;
    orThrow(await session.createAccount({ login: "anna", password: "secret", comment: "", license: "" }));
    assert.deepEqual(sent.at(-1), { type: 1, id: 2, login: "anna", password: "secret" });
  });

  test("[LP-SDK-2] before connect, while connecting and after shutdown every call fails with not_connected", async () => {
    const session = new Session({ url: seeds.url });
    const calls = [
      () => session.initialize("BA0123456789ABCDEFGHI", "client-1"),
      () => session.initialize("BA0123456789ABCDEFGHI", "abc"),
      () => session.createAccount({ login: "anna", password: "secret" }),
      () => session.authorize("ABCDEF-123456"),
      () => session.linkLicense("ABCDEF-123456"),
      () => session.logout(),
      () => session.attach("token"),
      () => session.getCurrentLicense(),
      () => session.getCurrentAccount(),
      () => session.blacklist(),
      () => session.getVariable("name"),
      () => session.setSessionValue("key", "value"),
      () => session.getSessionValue("key"),
      () => session.deleteSessionValue("key"),
      () => session.getOnlineUsersCount(),
      () => session.getFileMetadata("name"),
      () => session.downloadFile("name"),
      () => session.enablePanelEvents(),
      () => session.listSessions(),
      () => session.endSessions({ others: true }),
      () => session.ping(),
    ];
    const allFail = async () => {
      for (const call of calls) await assert.rejects(call(), { name: "TransportError", code: "not_connected" });
    };
    await allFail();
    const connecting = session.connect();
    await allFail();
    await connecting;
    assert.equal(await session.ping(), Status.Ok);
    await session.shutdown();
    await allFail();
  });

  test("[LP-SDK-2] calls pending at shutdown end with shutdown, and the hook fires once", async () => {
    const { WebSocket } = wiretap({ muted: true });
    const session = new Session({ url: seeds.url, WebSocket });
    const endings: Ending[] = [];
    session.on("shutdown", (ending) => endings.push(ending));
    await session.connect();
    const pending = [session.ping(), session.logout()];

    await session.shutdown();
    await session.shutdown();

    for (const call of pending) await assert.rejects(call, { code: "shutdown" });
    assert.deepEqual(endings, [{ closeCode: 1000, reason: "" }]);
    assert.equal(session.isConnected, false);
  });

  test("[LP-SDK-2] shutdown ends a connect that is not over yet", async () => {
    const session = new Session({ url: seeds.url });
    const connecting = session.connect();
    await session.withTimeout(50).shutdown();
    await assert.rejects(connecting, { code: "shutdown" });
  });

  test("[LP-RES-7] shutdown frees the seat, so that another session gets it", async () => {
    const { session, product } = await initialized();
    const key = await seeds.newLicense(product, { seats: 1 });
    orThrow(await session.authorize(key));
    await using other = new Session({ url: seeds.url });
    await other.connect();
    orThrow(await other.initialize(product.websocketApiKey, "client-2"));
    assert.equal((await other.authorize(key)).status, Status.LicenseNoFreeSeat);
    await session.shutdown();
    assert.equal((await other.authorize(key)).status, Status.Ok);
  });

  test("[LP-OUT-6] when the server closes, calls and the hook say by which code and why", async () => {
    await using session = new Session({ url: seeds.url });
    const ending = endingOf(session);
    await session.connect();
    const closed = { code: "closed", closeCode: 4200, reason: "connection is not initialized" };

    await assert.rejects(session.logout(), closed);
    assert.deepEqual(await ending, { closeCode: 4200, reason: "connection is not initialized" });
    assert.equal(session.isConnected, false);
    await assert.rejects(session.ping(), closed, "later calls still know");

    await session.connect();
    assert.equal(await session.ping(), Status.Ok, "a session can connect again");
  });

  test("[LP-ENV-6] calls made at once are answered as if one after the other", async () => {
    const product = await seeds.newApplication();
    const key = await seeds.newLicense(product);
    await using session = new Session({ url: seeds.url });
    await session.connect();
    const answers = await Promise.all([
      session.initialize(product.websocketApiKey, "client-1"),
      session.authorize(key),
      session.logout(),
      session.logout(),
    ]);
    const statuses = answers.map((answer) => (typeof answer === "number" ? answer : answer.status));
    assert.deepEqual(statuses, [Status.Ok, Status.Ok, Status.Ok, Status.NotAuthorized]);
  });

  test("a call without an answer ends at its time limit; withTimeout sets it for its own calls alone", async () => {
    const { WebSocket, sockets } = wiretap({ muted: true });
    const session = new Session({ url: seeds.url, WebSocket });
    await session.connect();
    const hurried = session.withTimeout(20);
    assert.equal(hurried.isConnected, true, "the same connection");
    assert.equal(sockets.length, 1);

    const patient = session.ping();
    await assert.rejects(hurried.ping(), { code: "timeout", message: /^ping had no answer within 20 ms/ });
    await hurried.shutdown();
    await assert.rejects(patient, { code: "shutdown" }, "it was still waiting");
    assert.throws(() => session.withTimeout(0), RangeError);
  });

  test("ping measures the round trip", async () => {
    await using session = new Session({ url: seeds.url });
    await session.connect();
    const tookBefore = session.lastOperationTook;
    assert.equal(await session.ping(), Status.Ok);
    const took = session.lastOperationTook;
    assert.equal(tookBefore, 0);
    assert.ok(took > 0 && took < 10_000, String(took));
  });

  test("connect fails where nobody listens, and can be tried again", async () => {
    const session = new Session({ url: "http://127.0.0.1:9" });
    await assert.rejects(session.connect(), { code: "connect_failed", message: /^could not connect to ws:\/\/127/ });
    await assert.rejects(session.connect(), { code: "connect_failed" });
    await assert.rejects(session.ping(), { code: "not_connected" });
  });

  test("a session has one connection at a time", async () => {
    await using session = new Session({ url: seeds.url });
    const connecting = session.connect();
    await assert.rejects(session.connect(), { code: "already_connected" });
    await connecting;
    await assert.rejects(session.connect(), { code: "already_connected" });
    assert.equal(await session.ping(), Status.Ok, "the one there is goes on");
  });

  test("a frame that is no answer is reported and changes nothing", async () => {
    const { WebSocket, sockets } = wiretap();
    await using session = new Session({ url: seeds.url, WebSocket });
    const reported: TransportError[] = [];
    const stop = session.on("exception", (error) => reported.push(error));
    await session.connect();
    const receive = (data: unknown) => sockets[0]?.dispatchEvent(new MessageEvent("message", { data }));

    receive("not JSON");
    receive('{"id":4711,"status":1}');
    receive('{"id":18446744073709551615,"event_type":999}');
    await turn();
    assert.deepEqual(
      reported.map(({ code }) => code),
      ["invalid_frame"],
    );
    assert.equal(await session.ping(), Status.Ok);

    stop();
    receive("not JSON");
    await turn();
    assert.equal(reported.length, 1, "a removed listener is told nothing more");
  });
}

/** Lets the platform get on with what is ready to run. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
