import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import {
  addAccount,
  addLicense,
  ask,
  type Cause,
  judge,
  knownPassword,
  ManualClock,
  must,
  newApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  type RawPeer,
  startTestServer,
  type TestServer,
  withoutTable,
} from "@latchkey/testkit";
import { sha256 } from "#crypto/tokens.ts";
import type { AuthorizationId, NewLicense } from "#storage/tables.ts";

const hourMs = 3_600_000;
const credentials = { login: "alice", password: knownPassword };

onEachDatabase("link_license_to_account", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    const wide = { signInsPerAddress: "1000000", hashWaiting: "1000", pingInterval: "30d" };
    server = await startTestServer({ clock, settings: { ...(await newDatabase()), ...wide } });
  });
  after(() => server[Symbol.asyncDispose]());

  function link(peer: RawPeer, license: string): Promise<Record<string, unknown>> {
    return ask(peer, packet.linkLicenseToAccount, { license });
  }

  function stateOf({ id }: Product, license: string) {
    return must(server.console, "showLicense", { applicationId: id, license }).then((shown) => shown.license);
  }

  function rowOf({ resumeId }: RawPeer) {
    return server.db
      .selectFrom("session")
      .selectAll()
      .where("secretHash", "=", sha256(resumeId))
      .executeTakeFirstOrThrow();
  }

  /** An application with one account. */
  async function withAccount(settings: Partial<ApplicationSettings> = {}) {
    const application = await newApplication(server.console, settings);
    return { application, account: await addAccount(server, application, { login: "alice" }) };
  }

  async function signedIn(application: Product): Promise<RawPeer> {
    const peer = await openLive(server, application);
    const answer = await ask(peer, packet.authorizeByCredentials, credentials);
    assert.equal(answer["status"], 1);
    return peer;
  }

  test("it links and activates the license, from that instant, and answers nothing else", async () => {
    const { application, account } = await withAccount();
    const license = await newLicense(server.console, application, { durationMs: hourMs, levels: ["pro"] });
    await using peer = await signedIn(application);
    assert.deepEqual(await link(peer, license), { status: 1 });
    const { state, accountId, activatedAt, expiresAt } = await stateOf(application, license);
    assert.deepEqual(
      { state, accountId, activatedAt, expiresAt },
      { state: "activated", accountId: account.id, activatedAt: clock.now(), expiresAt: clock.now() + hourMs },
    );
    await ask(peer, packet.logout);
    assert.deepEqual((await ask(peer, packet.authorizeByCredentials, credentials))["levels"], ["pro"]);
  });

  test("[LP-CRED-7] a license that ends later moves the end of an authorization that has one", async () => {
    const { application, account } = await withAccount({ licenseRequired: true });
    await addLicense(server, application, {
      key: "FIRST-LICENSE",
      accountId: account.id,
      activatedAt: 1,
      expiresAt: clock.now() + 10_000,
    });
    const license = await newLicense(server.console, application, { durationMs: 20_000 });
    await using peer = await signedIn(application);
    assert.deepEqual(await link(peer, license), { status: 1 });
    await clock.advance(19_999);
    assert.deepEqual(await ask(peer, packet.authorizeByCredentials, credentials), { status: 7 });
    await clock.advance(1);
    assert.deepEqual(await link(peer, license), { status: 3 });
    assert.deepEqual(await ask(peer, packet.authorizeByCredentials, credentials), { status: 203 });
  });

  test("a session without an authorization, or with one by license, answers 3 and links nothing", async () => {
    const { application } = await withAccount();
    const license = await newLicense(server.console, application);
    const own = await newLicense(server.console, application);
    await using peer = await openLive(server, application);
    assert.deepEqual(await link(peer, license), { status: 3 });
    await ask(peer, packet.authorizeByLicense, { license: own });
    assert.deepEqual(await link(peer, license), { status: 3 });
    assert.deepEqual(await link(peer, own), { status: 3 });
    assert.equal((await stateOf(application, license)).state, "available");
    assert.equal((await stateOf(application, own)).accountId, undefined);
  });

  test("a license of another application answers 100 and stays available", async () => {
    const { application } = await withAccount();
    const another = await newApplication(server.console);
    const license = await newLicense(server.console, another);
    await using peer = await signedIn(application);
    assert.deepEqual(await link(peer, license), { status: 100 });
    assert.equal((await stateOf(another, license)).state, "available");
  });

  test("of the refusals that apply, the first of 3, 101, 102, 100, 105, 104, 106, 107 is answered", async () => {
    const { observed, expected } = await judge(causes, async (because) => {
      const { application, account } = await withAccount();
      if (because.license) {
        const { linked, ...state } = because.license;
        await addLicense(server, application, { key, ...state, ...(linked && { accountId: account.id }) });
      }
      await using peer =
        because.session?.authorized === false ? await openLive(server, application) : await signedIn(application);
      return (await link(peer, because.fields?.license ?? key))["status"];
    });
    assert.deepEqual(observed, expected);
  });

  test("a failure inside answers 6 and leaves the license as it was", async () => {
    const { application } = await withAccount();
    const license = await newLicense(server.console, application);
    await using peer = await signedIn(application);
    await withoutTable(server, "session", async () => {
      assert.deepEqual(await link(peer, license), { status: 6 });
    });
    assert.equal((await stateOf(application, license)).state, "available");
    assert.deepEqual(await link(peer, license), { status: 1 });
  });

  // The session's own logout waits for the link, so here the authorization ends by another hand: what the link finds in
  // the database once its gate has let it pass is the same.
  for (const [what, authorizationId] of [
    ["has been ended", null],
    ["has been ended and followed by another", "another authorization" as AuthorizationId],
  ] as const) {
    test(`[LP-OUT-7] when its authorization ${what} meanwhile, it answers 3 and changes nothing`, async () => {
      const { application } = await withAccount();
      const license = await newLicense(server.console, application);
      await using peer = await signedIn(application);
      const { id } = await rowOf(peer);
      await server.db.updateTable("session").set({ authorizationId }).where("id", "=", id).execute();
      const before = await rowOf(peer);

      assert.deepEqual(await link(peer, license), { status: 3 });
      assert.equal((await stateOf(application, license)).state, "available");
      assert.deepEqual(await rowOf(peer), before);
      assert.deepEqual(await ask(peer, packet.logout), { status: 3 });
      assert.deepEqual(await rowOf(peer), before, "a late logout ends no authorization but its own");
    });
  }

  test("[LP-OUT-7] when its authorization has been ended meanwhile, it answers 3 whatever else is wrong", async () => {
    const { application } = await withAccount();
    await using peer = await signedIn(application);
    await server.db
      .updateTable("session")
      .set({ authorizationId: null })
      .where("id", "=", (await rowOf(peer)).id)
      .execute();
    assert.deepEqual(await link(peer, "NO-SUCH-LICENSE"), { status: 3 });
  });
});

interface Aspects {
  readonly fields: { readonly license: string };
  readonly license: NewLicense & { readonly linked: boolean };
  readonly session: { readonly authorized: boolean };
}

const key = "LICENSE";
const fields = { license: key };
const causes: readonly Cause<Aspects>[] = [
  [3, { session: { authorized: false } }],
  [101, { fields: { license: "short" } }],
  [102, { fields: { license: "x".repeat(65) } }],
  [100, { fields: { license: "NO-SUCH-LICENSE" } }],
  [105, { fields, license: { blacklistedAt: 1 } }],
  [104, { fields, license: { pausedAt: 1 } }],
  [106, { fields, license: { linked: true } }],
  [107, { fields, license: { activatedAt: 1 } }],
];
