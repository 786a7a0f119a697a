import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import {
  addAccount,
  addLicense,
  ask,
  type Cause,
  changeLicense,
  changeSettings,
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
import type { ApplicationId, NewAccount, NewLicense } from "#storage/tables.ts";

const hourMs = 3_600_000;
const login = "alice";
const password = knownPassword;

onEachDatabase("authorize_by_credentials", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    const wide = { signInsPerAddress: "1000000", hashWaiting: "1000", pingInterval: "30d" };
    server = await startTestServer({ clock, settings: { ...(await newDatabase()), ...wide } });
  });
  after(() => server[Symbol.asyncDispose]());

  function authorize(peer: RawPeer, given: object = {}): Promise<Record<string, unknown>> {
    return ask(peer, packet.authorizeByCredentials, { login, password, ...given });
  }

  async function statusOf(peer: RawPeer, given: object = {}): Promise<unknown> {
    return (await authorize(peer, given))["status"];
  }

  function stateOf({ id }: Product, license: string) {
    return must(server.console, "showLicense", { applicationId: id, license }).then((shown) => shown.license);
  }

  function sessionOf({ resumeId }: RawPeer) {
    const rows = server.db.selectFrom("session").selectAll();
    return rows.where("secretHash", "=", sha256(resumeId)).executeTakeFirstOrThrow();
  }

  /** An application with one account, `alice`, and licenses linked to it. */
  async function withLicenses(settings: Partial<ApplicationSettings>, licenses: Record<string, Partial<NewLicense>>) {
    const application = await newApplication(server.console, settings);
    const { id: accountId } = await addAccount(server, application, { login, levels: '["basic"]' });
    for (const [key, given] of Object.entries(licenses)) {
      await addLicense(server, application, { key, accountId, activatedAt: 1, ...given });
    }
    return application;
  }

  test("it answers login, levels, comment, address and whether a license is required, and nothing else", async () => {
    const application = await newApplication(server.console);
    await addAccount(server, application, { login: "Alice", levels: '["basic"]', comment: "a guest of honor" });
    await using peer = await openLive(server, application);
    assert.deepEqual(await authorize(peer), {
      status: 1,
      login: "Alice",
      levels: ["basic"],
      comment: "a guest of honor",
      ip_address: "127.0.0.1",
      license_required: false,
    });
  });

  test("either type of credentials signs in whoever has that login or e-mail address", async () => {
    const application = await newApplication(server.console, { accountsPerAddressPerDay: null });
    await using creator = await openLive(server, application);
    const mail = { login: "Alice@mail.example", password: "secret" };
    await ask(creator, packet.createAccount, { ...mail, credentials_type: 1 });
    for (const credentials of [mail, { ...mail, credentials_type: 1 }, { ...mail, login: " aLICE@mail.example" }]) {
      await using peer = await openLive(server, application);
      const { status, login: name } = await authorize(peer, credentials);
      assert.deepEqual([status, name], [1, "Alice@mail.example"]);
    }
  });

  test("[LP-CRED-6] 207 means shorter than 4 here, whatever minimum the application has", async () => {
    const application = await newApplication(server.console, { passwordMinLength: 60 });
    await addAccount(server, application, { login });
    await using peer = await openLive(server, application);
    assert.deepEqual(await authorize(peer, { password: "abc" }), { status: 207 });
    assert.deepEqual(await authorize(peer, { password: "abcd" }), { status: 200 });
    assert.equal(await statusOf(peer), 1);
  });

  test("[LP-CRED-1] [LP-CRED-4] all that is wrong before the password is right looks the same, byte for byte", async () => {
    const application = await newApplication(server.console);
    const another = await newApplication(server.console);
    await addAccount(server, another, { login: "elsewhere" });
    for (const [name, given] of Object.entries<Partial<NewAccount>>({
      enabled: {},
      disabled: { status: "disabled" },
      blacklisted: { blacklistedAt: 1 },
      unconfirmed: { status: "unconfirmed" },
      guest: { status: "guest", passwordHash: null },
    })) {
      await addAccount(server, application, { login: name, ...given });
    }
    for (const credentials of [
      { login: "nobody" },
      { login: "nobody@mail.example", credentials_type: 1 },
      { login: "elsewhere" },
      { login: "enabled", password: "wrong password" },
      { login: "enabled", password: password.toUpperCase() },
      { login: "disabled", password: "wrong password" },
      { login: "blacklisted", password: "wrong password" },
      { login: "unconfirmed", password: "wrong password" },
      { login: "guest" },
    ]) {
      await using peer = await openLive(server, application);
      const { frame } = await peer.request(packet.authorizeByCredentials, { password, ...credentials });
      assert.equal(frame, '{"id":2,"status":200}', JSON.stringify(credentials));
    }
  });

  test("[LP-CRED-4] with the right password a disabled or blacklisted account answers 201, an unconfirmed one 803", async () => {
    const application = await newApplication(server.console);
    await addAccount(server, application, { login: "disabled", status: "disabled" });
    await addAccount(server, application, { login: "blacklisted", blacklistedAt: 1 });
    await addAccount(server, application, { login: "unconfirmed", status: "unconfirmed" });
    await using peer = await openLive(server, application);
    assert.deepEqual(await authorize(peer, { login: "disabled" }), { status: 201 });
    assert.deepEqual(await authorize(peer, { login: "blacklisted" }), { status: 201 });
    assert.deepEqual(await authorize(peer, { login: "unconfirmed" }), { status: 803 });
    assert.deepEqual(await ask(peer, packet.logout), { status: 3 });
  });

  suite("a license in the request", () => {
    test("[LP-CRED-2] is linked and activated, and then the account is authorized with it", async () => {
      const application = await withLicenses({}, {});
      const license = await newLicense(server.console, application, { durationMs: hourMs, levels: ["pro"] });
      await using peer = await openLive(server, application);
      const { levels, time_left } = await authorize(peer, { license });
      assert.deepEqual([levels, time_left], [["basic", "pro"], 3600]);
      const { state, activatedAt, accountId } = await stateOf(application, license);
      assert.deepEqual([state, activatedAt, accountId], ["activated", clock.now(), (await sessionOf(peer)).accountId]);

      await ask(peer, packet.logout);
      assert.deepEqual(await authorize(peer, { license }), { status: 106 });
      assert.equal(await statusOf(peer, { license: "" }), 1, "an empty one counts as absent");
    });

    for (const [why, status, settings, state] of [
      ["the session quota is reached", 602, { sessionQuota: 0 }, { seats: 1 }],
      ["no seat is free", 801, { licenseRequired: true }, { seats: 0 }],
    ] as const) {
      test(`[LP-CRED-2] stays available when the account is not authorized, since ${why}`, async () => {
        const application = await withLicenses({}, {});
        const license = await newLicense(server.console, application);
        await changeLicense(server, license, state);
        await using peer = await openLive(server, application);
        await changeSettings(server, application, settings);
        assert.deepEqual(await authorize(peer, { license }), { status });
        const { state: now, accountId } = await stateOf(application, license);
        assert.deepEqual([now, accountId], ["available", undefined]);
      });
    }

    test("[LP-CRED-2] stays available when the password is wrong", async () => {
      const application = await withLicenses({}, {});
      const license = await newLicense(server.console, application);
      await using peer = await openLive(server, application);
      assert.equal(await statusOf(peer, { license, password: "wrong password" }), 200);
      assert.equal((await stateOf(application, license)).state, "available");
    });
  });

  test("[LP-CRED-3] where a license is required, an account without a valid one answers 203", async () => {
    const application = await withLicenses(
      { licenseRequired: true },
      { EXPIRED: { expiresAt: clock.now() }, PAUSED: { pausedAt: 1 }, BLACKLISTED: { blacklistedAt: 1 } },
    );
    await addLicense(server, application, { key: "NOT-LINKED", activatedAt: 1 });
    await using peer = await openLive(server, application);
    assert.deepEqual(await authorize(peer), { status: 203 });
    const license = await newLicense(server.console, application);
    const answer = await authorize(peer, { license });
    assert.deepEqual([answer["status"], answer["license_required"]], [1, true]);
  });

  suite("what the authorization is worth", () => {
    test("[LP-CRED-7] levels are the account's and those of all its valid licenses, the end is the one furthest ahead", async () => {
      const soon = clock.now() + hourMs;
      const application = await withLicenses(
        {},
        {
          SOON: { levels: '["pro"]', expiresAt: soon },
          LATER: { levels: '["beta","pro"]', expiresAt: soon + hourMs },
          EXPIRED: { levels: '["expired"]', expiresAt: clock.now() },
          PAUSED: { levels: '["paused"]', pausedAt: 1 },
          BLACKLISTED: { levels: '["blacklisted"]', blacklistedAt: 1 },
          SOMEBODYS: { levels: '["somebody\'s"]', accountId: null },
        },
      );
      await using peer = await openLive(server, application);
      const { levels, time_left, expires_at } = await authorize(peer);
      assert.deepEqual(new Set(levels as string[]), new Set(["basic", "pro", "beta"]));
      assert.equal((levels as string[]).length, 3, "each level once");
      assert.deepEqual([time_left, expires_at], [7200, (soon + hourMs) / 1000]);
    });

    test("[LP-CRED-7] one license without an end leaves the whole authorization without one", async () => {
      const application = await withLicenses({}, { SOON: { expiresAt: clock.now() + hourMs }, ENDLESS: {} });
      await using peer = await openLive(server, application);
      const answer = await authorize(peer);
      assert.equal(answer["status"], 1);
      assert.ok(!("time_left" in answer) && !("expires_at" in answer));
    });

    test("[LP-CRED-7] where no license is required, no seat is taken", async () => {
      const application = await withLicenses({}, { "ONE-SEAT": { seats: 1 } });
      await using first = await openLive(server, application, "first");
      await using second = await openLive(server, application, "second");
      assert.deepEqual([await statusOf(first), await statusOf(second)], [1, 1]);
      assert.equal((await sessionOf(first)).licenseId, null);
    });

    test("[LP-CRED-7] where one is required, a seat of one license is taken, and given back by a logout", async () => {
      const application = await withLicenses({ licenseRequired: true }, { "ONE-SEAT": { seats: 1 } });
      await using first = await openLive(server, application, "first");
      await using second = await openLive(server, application, "second");
      assert.equal(await statusOf(first), 1);
      assert.equal((await sessionOf(first)).licenseId, (await stateOf(application, "ONE-SEAT")).id);
      assert.deepEqual(await authorize(second), { status: 801 });
      await ask(first, packet.logout);
      assert.equal(await statusOf(second), 1);
    });

    test("[LP-CRED-7] any valid license that admits the client and has a seat will do", async () => {
      const application = await withLicenses(
        { licenseRequired: true },
        {
          "BOUND-ELSEWHERE": { clientPolicy: "first", clientId: "elsewhere" },
          "ONE-SEAT": { seats: 1, expiresAt: clock.now() + 2 * hourMs },
          "ANOTHER-SEAT": { seats: 1, expiresAt: clock.now() + hourMs },
        },
      );
      const held = [];
      for (const clientId of ["first", "second"]) {
        const peer = await openLive(server, application, clientId);
        assert.equal(await statusOf(peer), 1);
        held.push((await sessionOf(peer)).licenseId);
      }
      const keys = await Promise.all(["ONE-SEAT", "ANOTHER-SEAT"].map((key) => stateOf(application, key)));
      assert.deepEqual(new Set(held), new Set(keys.map(({ id }) => id)));
    });

    test("[LP-CRED-7] where one is required, the authorization ends with the last valid license", async () => {
      const application = await withLicenses({ licenseRequired: true }, { SOON: { expiresAt: clock.now() + 10_000 } });
      await using peer = await openLive(server, application);
      assert.equal((await authorize(peer))["time_left"], 10);
      await clock.advance(9_999);
      assert.deepEqual(await authorize(peer), { status: 7 });
      await clock.advance(1);
      assert.deepEqual(await ask(peer, packet.logout), { status: 3 });
      assert.deepEqual(await authorize(peer), { status: 203 });
    });
  });

  test("[LP-CRED-6] where several refusals apply, the first in the order of the rule is answered", async () => {
    const { observed, expected } = await judge(causes, async (because) => {
      const application = await newApplication(server.console);
      const given = { login, password, ...because.fields };
      const { id: accountId } = await addAccount(server, application, { login: given.login, ...because.account });
      if (because.license) {
        const { linked, ...state } = because.license;
        await addLicense(server, application, { key: "LICENSE", ...state, ...(linked && { accountId }) });
      }
      if (because.held?.valid) {
        const { elsewhere, full } = because.held;
        const bound = elsewhere && ({ clientPolicy: "first", clientId: "elsewhere" } as const);
        await addLicense(server, application, {
          key: "HELD",
          accountId,
          activatedAt: 1,
          ...bound,
          ...(full && { seats: 0 }),
        });
      }
      await using peer = await openLive(server, application);
      if (because.session?.authorized) {
        const license = await newLicense(server.console, application);
        await ask(peer, packet.authorizeByLicense, { license });
      }
      if (because.identity?.locked) await lock(application, given.login);
      await changeSettings(server, application, { ...because.settings });
      return await statusOf(peer, given);
    });
    assert.deepEqual(observed, expected);
  });

  /** As after as many wrong passwords as the setting allows. */
  async function lock({ id }: Product, identity: string): Promise<void> {
    const failures = { applicationId: id as ApplicationId, count: 1, lastFailedAt: clock.now() };
    await server.db
      .insertInto("signInFailure")
      .values({ ...failures, identityKey: identity })
      .execute();
  }

  test("a failure inside answers 6 and authorizes nobody", async () => {
    const application = await withLicenses({}, {});
    await using peer = await openLive(server, application);
    await withoutTable(server, "license", async () => {
      assert.deepEqual(await authorize(peer), { status: 6 });
    });
    assert.equal(await statusOf(peer), 1);
  });
});

interface Aspects {
  readonly fields: {
    readonly login: string;
    readonly password: string;
    readonly license: string;
    readonly credentials_type: number;
  };
  readonly settings: ApplicationSettings;
  readonly session: { readonly authorized: boolean };
  readonly identity: { readonly locked: boolean };
  readonly account: NewAccount;
  /** The license in the request. */
  readonly license: NewLicense & { readonly linked: boolean };
  /** The license that the account has from before. */
  readonly held: { readonly valid: boolean; readonly elsewhere: boolean; readonly full: boolean };
}

const fields = { license: "LICENSE" };
const settings = { licenseRequired: true };
const causes: readonly Cause<Aspects>[] = [
  [205, { fields: { login: "abc" } }],
  [206, { fields: { login: "x".repeat(321) } }],
  [207, { fields: { password: "abc" } }],
  [208, { fields: { password: "x".repeat(65) } }],
  [101, { fields: { license: "short" } }],
  [102, { fields: { license: "x".repeat(65) } }],
  [210, { fields: { credentials_type: 2 } }],
  [209, { fields: { credentials_type: 1 } }],
  [7, { session: { authorized: true } }],
  [5, { identity: { locked: true }, settings: { failedLoginsLock: 1 } }],
  [200, { fields: { password: "wrong password" } }],
  [201, { account: { blacklistedAt: 1 } }],
  [803, { account: { status: "unconfirmed" } }],
  [100, { fields: { license: "NO-SUCH-LICENSE" } }],
  [105, { fields, license: { blacklistedAt: 1 } }],
  [104, { fields, license: { pausedAt: 1 } }],
  [106, { fields, license: { linked: true } }],
  [107, { fields, license: { activatedAt: 1 } }],
  [203, { settings, held: { valid: false } }],
  [502, { settings, held: { valid: true, elsewhere: true } }],
  [602, { settings: { sessionQuota: 0 } }],
  [801, { settings, held: { valid: true, full: true } }],
];
