import assert from "node:assert/strict";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import {
  addAccount,
  addLicense,
  ask,
  type Cause,
  changeSettings,
  judge,
  knownPassword,
  ManualClock,
  must,
  newApplication,
  newLicense,
  nextEvent,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  RawPeer,
  RestPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";
import { newToken, sha256 } from "#crypto/tokens.ts";

const email = "ann@example.com";
const wide = { signInsPerIdentity: "100000", signInsPerAddress: "100000", pingInterval: "30d" };

interface Scene extends AsyncDisposable {
  readonly product: Product;
  readonly accountId: string;
  readonly rest: RestPeer;
  readonly token: string;
  /** Attached by the token, and subscribed. */
  readonly peer: RawPeer;
}

onEachDatabase("attach", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock, settings: { ...(await newDatabase()), ...wide } });
  });
  after(() => server[Symbol.asyncDispose]());

  async function attached(settings: Partial<ApplicationSettings> = {}): Promise<Scene> {
    const product = await newApplication(server.console, { sessionTimeoutSeconds: 60, ...settings });
    const { id: accountId } = await addAccount(server, product, {
      login: "anna",
      email,
      levels: '["pro"]',
      comment: "c",
    });
    const rest = RestPeer.of(server, product);
    const token = await rest.login(email, knownPassword);
    const peer = await openLive(server, product);
    await ask(peer, packet.setPanelEventsSubscription, { subscribed: true });
    assert.equal((await attach(peer, token))["status"], 1);
    return { product, accountId, rest, token, peer, [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose]() };
  }

  const attach = (peer: RawPeer, token: string) => ask(peer, packet.attach, { user_token: token });
  const statusOf = async (peer: RawPeer) => (await ask(peer, packet.getCurrentAccount))["status"];

  /** The event that an attached connection hears, and that it is no longer authorized behind it. */
  async function heard(peer: RawPeer): Promise<unknown> {
    const event = await nextEvent(peer);
    assert.deepEqual(await ask(peer, packet.listSessions), { status: 3 });
    return event;
  }

  test("[LP-ATT-1] answers as an authorize by the account, and nothing of the token", async () => {
    const product = await newApplication(server.console);
    const account = await addAccount(server, product, { login: "anna", email, levels: '["pro"]', comment: "c" });
    await addLicense(server, product, { key: "LINKED", accountId: account.id, levels: '["max"]', activatedAt: 1 });
    const token = await RestPeer.of(server, product).login(email, knownPassword);
    await using peer = await openLive(server, product);
    const answer = await attach(peer, token);
    assert.deepEqual(answer, {
      login: "anna",
      levels: ["pro", "max"],
      comment: "c",
      ip_address: "127.0.0.1",
      license_required: false,
      status: 1,
    });
    assert.deepEqual(await ask(peer, packet.getCurrentAccount), answer);
    assert.deepEqual(await ask(peer, packet.getOnlineUsersCount), { online_users_count: 1, status: 1 });
    const { resumeId } = peer;
    const row = server.db.selectFrom("session").selectAll().where("secretHash", "=", sha256(resumeId));
    assert.ok(!JSON.stringify(await row.executeTakeFirstOrThrow()).includes(token));
  });

  test("[LP-ATT-1] refusals come in the order 7, 3, and nothing is authorized", async () => {
    interface Aspects {
      peer: { authorized: boolean };
      token: { is: "unknown" | "empty" | "logged out" | "timed out" | "another application's" };
      account: { is: "disabled" | "blacklisted" | "deleted" };
      application: { is: "full" | "for licenses" };
    }
    const causes: readonly Cause<Aspects>[] = [
      [7, { peer: { authorized: true } }],
      [3, { token: { is: "unknown" } }],
      [3, { token: { is: "empty" } }],
      [3, { token: { is: "logged out" } }],
      [3, { token: { is: "timed out" } }],
      [3, { token: { is: "another application's" } }],
      [3, { account: { is: "disabled" } }],
      [3, { account: { is: "blacklisted" } }],
      [3, { account: { is: "deleted" } }],
      [3, { application: { is: "full" } }],
      [3, { application: { is: "for licenses" } }],
    ];
    const { observed, expected } = await judge(causes, async (because) => {
      const product = await newApplication(server.console);
      const { id: accountId } = await addAccount(server, product, { login: "anna", email });
      const rest = RestPeer.of(server, product);
      let token = await rest.login(email, knownPassword);
      await using peer = await openLive(server, product);
      if (because.peer) {
        const license = await newLicense(server.console, product);
        assert.equal((await ask(peer, packet.authorizeByLicense, { license }))["status"], 1);
      }
      const own = because.token?.is;
      if (own === "unknown") token = newToken();
      if (own === "empty") token = "";
      if (own === "logged out") await rest.get("/users/logout", token);
      if (own === "timed out") {
        const timedOut = server.db.updateTable("session").set({ lastSeenAt: clock.now() - 3_600_000 });
        await timedOut.where("secretHash", "=", sha256(token)).execute();
      }
      if (own === "another application's") {
        const other = await newApplication(server.console);
        await addAccount(server, other, { login: "anna", email });
        token = await RestPeer.of(server, other).login(email, knownPassword);
      }
      if (because.account?.is === "disabled") await must(server.console, "disableAccount", { accountId });
      if (because.account?.is === "blacklisted") await must(server.console, "blacklistAccount", { accountId });
      if (because.account?.is === "deleted") await must(server.console, "deleteAccount", { accountId });
      if (because.application?.is === "full") await changeSettings(server, product, { sessionQuota: 0 });
      if (because.application?.is === "for licenses") await changeSettings(server, product, { licenseRequired: true });
      const answer = await attach(peer, token);
      assert.deepEqual(answer, { status: answer["status"] });
      if (!because.peer) assert.deepEqual(await ask(peer, packet.logout), { status: 3 });
      return answer["status"];
    });
    assert.deepEqual(observed, expected);
  });

  test("[LP-ATT-1] a token that is no text closes with 4302, and a connection that is not initialized with 4200", async () => {
    const product = await newApplication(server.console);
    await using peer = await openLive(server, product);
    peer.send(packet.attach, { user_token: 7 });
    assert.equal((await peer.closing()).code, 4302);
    await using early = await RawPeer.connect(server.url);
    early.send(packet.attach, { user_token: "x" });
    assert.equal((await early.closing()).code, 4200);
  });

  test("[LP-CRED-7] where a license is required the attached session holds one, and its seat", async () => {
    const product = await newApplication(server.console, {
      licenseRequired: true,
      enableMultipleLogins: true,
      maxConcurrentLogins: 0,
    });
    const account = await addAccount(server, product, { login: "anna", email });
    const { key } = await addLicense(server, product, {
      key: "ONE-SEAT",
      accountId: account.id,
      activatedAt: 1,
      seats: 1,
    });
    const token = await RestPeer.of(server, product).login(email, knownPassword);
    await using first = await openLive(server, product, "first");
    await using second = await openLive(server, product, "second");
    assert.equal((await attach(first, token))["status"], 1);
    assert.deepEqual(await attach(second, token), { status: 3 });
    const credentials = { login: "anna", password: knownPassword };
    assert.deepEqual(await ask(second, packet.authorizeByCredentials, credentials), { status: 801 });
    await must(server.console, "pauseLicense", { license: key, applicationId: product.id });
    assert.equal(await statusOf(first), 3);
    assert.equal(await RestPeer.of(server, product).isLive(token), true);
  });

  suite("ends", () => {
    test("[US-LOGOUT-26] with a REST logout: no success of a protected operation follows its answer, and 813 is heard", async () => {
      for (let turn = 0; turn < 10; turn++) {
        await using scene = await attached();
        const { peer, rest, token } = scene;
        const answer = rest.get("/users/logout", token);
        assert.equal((await answer).text, "null");
        const id = peer.send(packet.getCurrentAccount);
        const [first, second] = [await peer.next(), await peer.next()];
        const [event, read] = first["id"] === id ? [second, first] : [first, second];
        assert.deepEqual([event["event_type"], event["content"], read["status"]], [813, { by: "user" }, 3]);
        assert.deepEqual(await ask(peer, packet.ping), { status: 1 });
      }
    });

    test("[LP-ATT-1] with a logout on the connection: the token is refused, and a second connection of it hears 813", async () => {
      await using scene = await attached();
      const { peer, rest, token, product } = scene;
      await using twin = await openLive(server, product, "twin");
      await ask(twin, packet.setPanelEventsSubscription, { subscribed: true });
      assert.equal((await attach(twin, token))["status"], 1);
      assert.deepEqual(await ask(peer, packet.logout), { status: 1 });
      assert.equal(await rest.isLive(token), false);
      assert.equal((await rest.get("/users/logout", token)).fields["code"], 3064);
      assert.deepEqual(await heard(twin), [813, { by: "user" }]);
      assert.deepEqual(await attach(peer, token), { status: 3 });
    });

    test("[LP-ATT-1] once, when both doors log out at the same time", async () => {
      const tally = new Set<string>();
      for (let turn = 0; turn < 10; turn++) {
        await using scene = await attached();
        const { peer, rest, token } = scene;
        const live = ask(peer, packet.logout);
        const [{ status }, { status: http }] = await Promise.all([live, rest.get("/users/logout", token)]);
        tally.add(`${String(status)} ${http}`);
        assert.deepEqual([await statusOf(peer), await rest.isLive(token)], [3, false]);
      }
      // One of them may still have begun after the other was over, never have failed.
      const allowed = new Set(["1 400", "3 200"]);
      assert.deepEqual(
        [...tally].filter((pair) => !allowed.has(pair)),
        [],
      );
      assert.deepEqual(
        server.logged.filter((line) => line.startsWith("failed")),
        [],
      );
    });

    const byOthers = {
      "a login that evicts its token": [813, { by: "policy" }, ({ rest }: Scene) => rest.login(email, knownPassword)],
      "its account being disabled": [
        813,
        { by: "operator" },
        ({ accountId }: Scene) => must(server.console, "disableAccount", { accountId }),
      ],
      "its account being blacklisted": [
        811,
        undefined,
        ({ accountId }: Scene) => must(server.console, "blacklistAccount", { accountId }),
      ],
      "its account being deleted": [
        810,
        undefined,
        ({ accountId }: Scene) => must(server.console, "deleteAccount", { accountId }),
      ],
      "a new password": [
        812,
        undefined,
        ({ accountId }: Scene) => must(server.console, "setAccountPassword", { accountId, password: "another one" }),
      ],
      "the operator ending its token": [
        813,
        { by: "operator" },
        async ({ product }: Scene) => {
          const { sessions } = await must(server.console, "findSessions", { applicationId: product.id });
          const sessionId = sessions.find(({ door }) => door === "user-service")?.id ?? "";
          await must(server.console, "endSession", { sessionId });
        },
      ],
    } as const;
    for (const [what, [type, content, happen]] of Object.entries(byOthers)) {
      test(`[US-SESS-13] with ${what}: event ${type}, and the token is dead`, async () => {
        await using scene = await attached();
        await happen(scene);
        assert.deepEqual(await heard(scene.peer), [type, content]);
        assert.equal(await scene.rest.isLive(scene.token), false);
      });
    }

    test("[LP-ATT-1] with the operator ending the connection: it is told and closed, and the token is dead", async () => {
      await using scene = await attached();
      const { product, peer, rest, token } = scene;
      const { sessions } = await must(server.console, "findSessions", { applicationId: product.id });
      await must(server.console, "endSession", { sessionId: sessions.find(({ door }) => door === "live")?.id ?? "" });
      assert.deepEqual(await nextEvent(peer), [1, undefined]);
      assert.equal((await peer.closing()).code, 4100);
      assert.equal(await rest.isLive(token), false);
    });
  });

  suite("and the token's time", () => {
    test("[US-SESS-5] an attached connection keeps the token alive, and from its end on the timer runs", async () => {
      await using scene = await attached();
      const { peer, rest, token } = scene;
      await clock.advance(300_000);
      assert.equal(await rest.isLive(token), true);
      peer.socket.close(1000);
      await peer.closing();
      await clock.advance(59_000);
      assert.equal(await rest.isLive(token), true);
      await clock.advance(1_000);
      assert.equal(await rest.isLive(token), false);
    });

    test("[US-SESS-22] a token that only its connection keeps alive still counts as a login", async () => {
      await using scene = await attached({ logoutLastUser: true });
      await clock.advance(300_000);
      const { fields } = await scene.rest.post("/users/login", { login: email, password: knownPassword });
      assert.equal(fields["code"], 3002);
    });

    test("[LP-RES-3] a resume within the token's time goes on attached; after it, without an authorization", async () => {
      await using scene = await attached();
      const { peer, rest, token } = scene;
      peer.socket.close(1001);
      await peer.closing();
      await clock.advance(59_000);
      await using again = await RawPeer.connect(server.url, { "resume-id": peer.resumeId });
      assert.equal(await statusOf(again), 1);
      await clock.advance(120_000);
      assert.equal(await rest.isLive(token), true);
      again.socket.close(1001);
      await again.closing();
      await clock.advance(60_000);
      assert.equal(await rest.isLive(token), false);
      await using late = await RawPeer.connect(server.url, { "resume-id": again.resumeId });
      assert.equal(await statusOf(late), 3);
      assert.deepEqual(await attach(late, token), { status: 3 });
      assert.equal(await rest.isLive(token), false);
    });

    test("[US-LOGOUT-26] a lost connection does not resume into a token that was logged out meanwhile", async () => {
      await using scene = await attached();
      const { peer, rest, token } = scene;
      peer.socket.close(1001);
      await peer.closing();
      await rest.get("/users/logout", token);
      await using again = await RawPeer.connect(server.url, { "resume-id": peer.resumeId });
      assert.equal(await statusOf(again), 3);
    });
  });

  test("[US-SESS-7] a restart ends no token that its connection had kept alive", async () => {
    await using data = await mkdtempDisposable(join(tmpdir(), "latchkey-attach-"));
    const own = new ManualClock();
    const options = { clock: own, settings: { ...(await newDatabase()), ...wide, data: data.path } };
    const first = await startTestServer(options);
    const product = await newApplication(first.console, { sessionTimeoutSeconds: 60 });
    await addAccount(first, product, { login: "anna", email });
    const token = await RestPeer.of(first, product).login(email, knownPassword);
    await using peer = await openLive(first, product);
    assert.equal((await attach(peer, token))["status"], 1);
    await own.advance(119_000);
    await first[Symbol.asyncDispose]();
    await using second = await startTestServer(options);
    assert.equal(await RestPeer.of(second, product).isLive(token), true);
    await own.advance(60_000);
    assert.equal(await RestPeer.of(second, product).isLive(token), false);
  });
});
