import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import {
  addAccount,
  addLicense,
  ask,
  type Cause,
  changeSettings,
  judge,
  ManualClock,
  must,
  newApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  type RawPeer,
  RestPeer,
  startTestServer,
  type TestServer,
  userPassword,
  withoutTable,
} from "@latchkey/testkit";

const hourMs = 3_600_000;
const password = "secret";
const unlimited = { accountsPerAddressPerDay: null };

onEachDatabase("create_account", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    // Clients say their own address, as they would through a proxy.
    const settings = { ...(await newDatabase()), trustedProxies: "127.0.0.1" };
    server = await startTestServer({ clock, settings });
  });
  after(() => server[Symbol.asyncDispose]());

  function create(peer: RawPeer, fields: object): Promise<Record<string, unknown>> {
    return ask(peer, packet.createAccount, { password, ...fields });
  }

  async function statusOf(peer: RawPeer, fields: object): Promise<unknown> {
    return (await create(peer, fields))["status"];
  }

  function accountsOf({ id }: Product) {
    return must(server.console, "listAccounts", { applicationId: id }).then(({ accounts }) => accounts);
  }

  async function stateOf({ id }: Product, license: string) {
    const shown = await must(server.console, "showLicense", { applicationId: id, license });
    return shown.license;
  }

  async function addLicenseIn(application: Product, { linked, ...state }: Partial<Aspects["license"]>): Promise<void> {
    const owner = linked && (await addAccount(server, application, { login: "owner of a license" }));
    await addLicense(server, application, { key: license, ...state, ...(owner && { accountId: owner.id }) });
  }

  test("it keeps what was sent, and never shows the password", async () => {
    const application = await newApplication(server.console);
    await using peer = await openLive(server, application);
    assert.deepEqual(await create(peer, { login: " Alice ", comment: "hello" }), { status: 1 });
    const mail = { login: "Bob@Mail.example", credentials_type: 1 };
    assert.deepEqual(await create(peer, mail), { status: 1 });

    const accounts = await accountsOf(application);
    const alice = accounts.find(({ login }) => login !== undefined);
    const bob = accounts.find(({ email }) => email !== undefined);
    const common = { status: "enabled", levels: [], properties: {}, createdAt: clock.now() };
    assert.deepEqual(alice, { id: alice?.id, login: "Alice", comment: "hello", ...common });
    assert.deepEqual(bob, { id: bob?.id, email: "Bob@Mail.example", ...common });
  });

  suite("the form of what is sent", () => {
    test("[LP-ACC-1] lengths count code points and answer 205 to 208, 101 and 102", async () => {
      const application = await newApplication(server.console, { ...unlimited, passwordMinLength: 4 });
      await using peer = await openLive(server, application);
      for (const [fields, expected] of [
        [{ login: "abc" }, 205],
        [{ login: "🐈🐈🐈" }, 205],
        [{ login: "🐈🐈🐈🐈" }, 1],
        [{ login: "x".repeat(320) }, 1],
        [{ login: "🐈".repeat(320) }, 1],
        [{ login: "x".repeat(321) }, 206],
        [{ login: "short password", password: "abc" }, 207],
        [{ login: "short password", password: "🐈🐈🐈" }, 207],
        [{ login: "shortest password", password: "abcd" }, 1],
        [{ login: "longest password", password: "🐈".repeat(64) }, 1],
        [{ login: "long password", password: "x".repeat(65) }, 208],
        [{ login: "license", license: "12345" }, 101],
        [{ login: "license", license: "123456" }, 100],
        [{ login: "license", license: "🐈".repeat(64) }, 100],
        [{ login: "license", license: "x".repeat(65) }, 102],
      ] as const) {
        assert.deepEqual(await create(peer, fields), { status: expected }, JSON.stringify(fields));
      }
    });

    test("[LP-ACC-1] an application's own minimum raises the lower limit of the password", async () => {
      const application = await newApplication(server.console, { ...unlimited, passwordMinLength: 8 });
      await using peer = await openLive(server, application);
      assert.deepEqual(await create(peer, { login: "alice", password: "1234567" }), { status: 207 });
      assert.deepEqual(await create(peer, { login: "alice", password: "12345678" }), { status: 1 });
    });

    test("[LP-ACC-1] a credentials type other than 0 and 1 answers 210", async () => {
      await using peer = await openLive(server, await newApplication(server.console));
      for (const credentials_type of [-1, 2, 1.5, 1e300]) {
        assert.deepEqual(await create(peer, { login: "alice", credentials_type }), { status: 210 });
      }
      assert.deepEqual(await create(peer, { login: "alice", credentials_type: 0 }), { status: 1 });
    });

    test("[LP-ACC-1] none of these checks looks anything up", async () => {
      await using peer = await openLive(server, await newApplication(server.console));
      await withoutTable(server, "account", () =>
        withoutTable(server, "license", async () => {
          for (const [fields, status] of [
            [{ login: "abc" }, 205],
            [{ login: "x".repeat(321) }, 206],
            [{ login: "alice", password: "abc" }, 207],
            [{ login: "alice", password: "x".repeat(65) }, 208],
            [{ login: "alice", license: "12345" }, 101],
            [{ login: "alice", license: "x".repeat(65) }, 102],
            [{ login: "alice", credentials_type: 2 }, 210],
            [{ login: "alice", credentials_type: 1 }, 209],
            // The tables are indeed away: what needs them fails inside.
            [{ login: "alice" }, 6],
          ] as const) {
            assert.deepEqual(await create(peer, fields), { status }, JSON.stringify(fields));
          }
        }),
      );
      assert.match(server.logged.at(-1) ?? "", /^failed .*"what":"createAccount"/);
    });

    test("[LP-ACC-2] with the type email_password the login must be an e-mail address, else 209", async () => {
      const application = await newApplication(server.console, unlimited);
      await using peer = await openLive(server, application);
      for (const [login, expected] of [
        ["alice", 209],
        ["alice@", 209],
        ["@mail.example", 209],
        ["alice@mail", 209],
        ["al ice@mail.example", 209],
        ["alice@mail.example ", 1],
        ["bob+tag@sub.mail.example", 1],
      ] as const) {
        assert.deepEqual(await create(peer, { login, credentials_type: 1 }), { status: expected }, login);
      }
      assert.equal(await statusOf(peer, { login: "carol@", credentials_type: 0 }), 1);
    });
  });

  suite("identities", () => {
    test("[LP-ACC-3] an identity is unique within its application", async () => {
      const application = await newApplication(server.console);
      const another = await newApplication(server.console);
      await using peer = await openLive(server, application);
      await using elsewhere = await openLive(server, another);
      assert.deepEqual(await create(peer, { login: "alice" }), { status: 1 });
      assert.deepEqual(await create(peer, { login: "alice", password: "another" }), { status: 202 });
      assert.deepEqual(await create(elsewhere, { login: "alice" }), { status: 1 });
      assert.equal((await accountsOf(application)).length, 1);
    });

    test("[LP-ACC-10] spellings that differ in case, Unicode form or outer blanks are one identity", async () => {
      const application = await newApplication(server.console, unlimited);
      await using peer = await openLive(server, application);
      assert.equal(await statusOf(peer, { login: "Zo\u00eb Q" }), 1);
      for (const login of ["zo\u00eb q", "ZO\u00cb Q", "  Zo\u00eb Q\t", "Zoe\u0308 Q", "zOE\u0308 q "]) {
        assert.equal(await statusOf(peer, { login }), 202, login);
      }
      assert.equal(await statusOf(peer, { login: "Zoe Q" }), 1);
      assert.equal(await statusOf(peer, { login: "Zo\u00eb  Q" }), 1);
    });

    test("[LP-ACC-10] logins and e-mail addresses lie in one namespace, at every door", async () => {
      const application = await newApplication(server.console, unlimited);
      const rest = RestPeer.of(server, application);
      await using peer = await openLive(server, application);
      assert.equal(await statusOf(peer, { login: "Alice@mail.example", credentials_type: 0 }), 1);
      assert.equal(await statusOf(peer, { login: "alice@MAIL.example", credentials_type: 1 }), 202);
      const { fields } = await rest.post("/users/register", { email: "alice@mail.EXAMPLE", password });
      assert.equal(fields["code"], 3033);

      await rest.register("bob@mail.example");
      assert.equal(await statusOf(peer, { login: "BOB@mail.example", credentials_type: 0 }), 202);
      assert.equal(await statusOf(peer, { login: "BOB@mail.example", credentials_type: 1 }), 202);
    });

    test("[LP-ACC-10] an account signs in at every door that can express its identity and password, however spelt", async () => {
      const application = await newApplication(server.console, { ...unlimited, identityColumn: "name" });
      const rest = RestPeer.of(server, application);
      await using peer = await openLive(server, application);
      await create(peer, { login: "Zo\u00eby" });
      await rest.post("/users/register", { name: "Al", password: userPassword });
      await rest.post("/users/register", { name: "Boris", password: "x".repeat(65) });

      assert.ok(await rest.login(" ZOE\u0308Y ", password));
      assert.ok(await rest.login("al"));
      assert.ok(await rest.login("boris", "x".repeat(65)));
      for (const [login, itsPassword, status] of [
        [" ZOE\u0308Y ", password, 1],
        ["Al", userPassword, 205],
        ["Boris", "x".repeat(65), 208],
      ] as const) {
        await using device = await openLive(server, application);
        const answer = await ask(device, packet.authorizeByCredentials, { login, password: itsPassword });
        assert.equal(answer["status"], status, login);
      }
    });
  });

  suite("the limit per address", () => {
    const dayMs = 24 * hourMs;

    test("[LP-ACC-4] an address creates three accounts in 24 hours; then 5, with the seconds to wait", async () => {
      const application = await newApplication(server.console);
      await using peer = await openLive(server, application);
      for (const login of ["first", "second", "third"]) {
        assert.equal(await statusOf(peer, { login }), 1);
        await clock.advance(1_000);
      }
      assert.deepEqual(await create(peer, { login: "fourth" }), { status: 5, retry_after: 24 * 3600 - 3 });

      // Moving the first one back is the same as waiting, and does not let anything else fall due.
      const moveFirst = (createdAt: number) =>
        server.db.updateTable("account").set({ createdAt }).where("login", "=", "first").execute();
      await moveFirst(clock.now() - dayMs + 1);
      assert.deepEqual(await create(peer, { login: "fourth" }), { status: 5, retry_after: 1 });
      await moveFirst(clock.now() - dayMs);
      assert.deepEqual(await create(peer, { login: "fourth" }), { status: 1 });
      assert.equal(await statusOf(peer, { login: "fifth" }), 5);
    });

    test("[LP-ACC-4] neither creations with a license nor refused ones count", async () => {
      const application = await newApplication(server.console);
      await using peer = await openLive(server, application);
      for (let n = 0; n < 4; n++) {
        const license = await newLicense(server.console, application);
        assert.equal(await statusOf(peer, { login: `licensed-${n}`, license }), 1);
        assert.equal(await statusOf(peer, { login: "licensed-0" }), 202);
        assert.equal(await statusOf(peer, { login: "abc" }), 205);
      }
      for (const [login, expected] of Object.entries({ first: 1, second: 1, third: 1, fourth: 5 })) {
        assert.equal(await statusOf(peer, { login }), expected, login);
      }
      const license = await newLicense(server.console, application);
      assert.equal(await statusOf(peer, { login: "licensed at last", license }), 1);
    });

    test("[LP-ACC-4] every address has its own three, an IPv6 one with its /64; applications do not share them", async () => {
      const application = await newApplication(server.console, { accountsPerAddressPerDay: 1 });
      let users = 0;
      for (const [address, expected] of [
        ["192.0.2.1", 1],
        ["192.0.2.1", 5],
        ["192.0.2.2", 1],
        ["2001:db8:0:1::1", 1],
        ["2001:db8:0:1:ffff::2", 5],
        ["2001:db8:0:2::1", 1],
      ] as const) {
        await using peer = await openLive(server, application, "client", { "X-Forwarded-For": address });
        assert.equal(await statusOf(peer, { login: `user-${users++}` }), expected, address);
      }
      const another = await newApplication(server.console, { accountsPerAddressPerDay: 1 });
      await using peer = await openLive(server, another, "client", { "X-Forwarded-For": "192.0.2.1" });
      assert.equal(await statusOf(peer, { login: "alice" }), 1);
    });
  });

  suite("with a license", () => {
    test("[LP-ACC-5] the account is linked to it and it is activated, at that instant", async () => {
      const application = await newApplication(server.console);
      const license = await newLicense(server.console, application, { durationMs: hourMs, bindsClient: true });
      await using peer = await openLive(server, application);
      assert.deepEqual(await create(peer, { login: "alice", license }), { status: 1 });
      const [alice] = await accountsOf(application);
      const { state, accountId, activatedAt, expiresAt, clientId } = await stateOf(application, license);
      assert.deepEqual(
        { state, accountId, activatedAt, expiresAt, clientId },
        {
          state: "activated",
          accountId: alice?.id,
          activatedAt: clock.now(),
          expiresAt: clock.now() + hourMs,
          clientId: undefined,
        },
      );
    });

    test("[LP-ACC-5] whatever fails, neither account nor link nor activation remains", async () => {
      const application = await newApplication(server.console, { ...unlimited, accountQuota: 1 });
      const license = await newLicense(server.console, application);
      await addLicense(server, application, { key: "PAUSED", pausedAt: 1 });
      await using peer = await openLive(server, application);
      assert.equal(await statusOf(peer, { login: "alice", license: "NO-SUCH-LICENSE" }), 100);
      assert.equal(await statusOf(peer, { login: "alice", license: "PAUSED" }), 104);
      assert.deepEqual(await accountsOf(application), []);

      assert.equal(await statusOf(peer, { login: "alice" }), 1, "no refusal has taken the login or the quota");
      assert.equal(await statusOf(peer, { login: "bob's", license }), 603);
      await changeSettings(server, application, { accountQuota: null });
      assert.equal(await statusOf(peer, { login: "alice", license }), 202);
      await withoutTable(server, "identity", async () => {
        assert.equal(await statusOf(peer, { login: "carol", license }), 6);
      });
      assert.equal((await accountsOf(application)).length, 1);
      assert.equal((await stateOf(application, license)).state, "available");
      assert.equal(await statusOf(peer, { login: "carol", license }), 1);
    });

    test("a license of another application answers 100 and stays untouched", async () => {
      const application = await newApplication(server.console);
      const another = await newApplication(server.console);
      const license = await newLicense(server.console, another);
      await using peer = await openLive(server, application);
      assert.deepEqual(await create(peer, { login: "alice", license }), { status: 100 });
      assert.equal((await stateOf(another, license)).state, "available");
    });

    test("[LP-ACC-9] an expired license has been activated before and answers 107", async () => {
      const application = await newApplication(server.console);
      await addLicense(server, application, { key: "EXPIRED", activatedAt: 1, expiresAt: 2 });
      await using peer = await openLive(server, application);
      assert.deepEqual(await create(peer, { login: "alice", license: "EXPIRED" }), { status: 107 });
    });
  });

  test("[LP-ACC-6] an empty comment or license counts as absent; a long comment is cut to 256 code points", async () => {
    const application = await newApplication(server.console);
    const licensed = await newApplication(server.console, { licenseRequired: true });
    await using peer = await openLive(server, application);
    await using strict = await openLive(server, licensed);
    assert.equal(await statusOf(peer, { login: "empty", comment: "", license: "" }), 1);
    assert.equal(await statusOf(peer, { login: "long", comment: "🐈".repeat(257) }), 1);
    const accounts = await accountsOf(application);
    const commentOf = (login: string) => accounts.find((account) => account.login === login)?.comment;
    assert.deepEqual([commentOf("empty"), commentOf("long")], [undefined, "🐈".repeat(256)]);
    assert.equal(await statusOf(strict, { login: "alice", license: "" }), 204);
  });

  test("[LP-ACC-7] a session is not authorized by its own create_account", async () => {
    const application = await newApplication(server.console);
    const license = await newLicense(server.console, application);
    await using peer = await openLive(server, application);
    assert.equal(await statusOf(peer, { login: "alice", license }), 1);
    assert.deepEqual(await ask(peer, packet.logout), { status: 3 });
    assert.deepEqual(await ask(peer, packet.linkLicenseToAccount, { license }), { status: 3 });
    const authorized = await ask(peer, packet.authorizeByCredentials, { login: "alice", password });
    assert.equal(authorized["status"], 1);
  });

  test("[LP-ACC-8] without the license that the application demands 204, beyond its account quota 603", async () => {
    const application = await newApplication(server.console, { licenseRequired: true, accountQuota: 2 });
    await using peer = await openLive(server, application);
    const createLicensed = async (login: string) =>
      statusOf(peer, { login, license: await newLicense(server.console, application) });
    assert.deepEqual(await create(peer, { login: "alice" }), { status: 204 });
    assert.equal(await createLicensed("alice"), 1);
    assert.equal(await createLicensed("bob's"), 1);
    assert.equal(await createLicensed("carol"), 603);
  });

  test("[LP-ACC-9] where several refusals apply, the first in the order of the rule is answered", async () => {
    const { observed, expected } = await judge(causes, async (because) => {
      const application = await newApplication(server.console, { ...because.settings });
      const fields = { login: "alice", ...because.fields };
      if (because.license) await addLicenseIn(application, because.license);
      if (because.login?.taken) await addAccount(server, application, { login: fields.login });
      await using peer = await openLive(server, application);
      return await statusOf(peer, fields);
    });
    assert.deepEqual(observed, expected);
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
  readonly login: { readonly taken: boolean };
  readonly license: {
    readonly blacklistedAt: number;
    readonly pausedAt: number;
    readonly activatedAt: number;
    readonly linked: boolean;
  };
}

const license = "LICENSE";
const causes: readonly Cause<Aspects>[] = [
  [205, { fields: { login: "abc" } }],
  [206, { fields: { login: "x".repeat(321) } }],
  [207, { fields: { password: "abc" } }],
  [208, { fields: { password: "x".repeat(65) } }],
  [101, { fields: { license: "short" } }],
  [102, { fields: { license: "x".repeat(65) } }],
  [210, { fields: { credentials_type: 2 } }],
  [209, { fields: { credentials_type: 1 } }],
  [802, { settings: { userRegistrationEnabled: false } }],
  [204, { settings: { licenseRequired: true }, fields: { license: "" } }],
  [5, { settings: { accountsPerAddressPerDay: 0 }, fields: { license: "" } }],
  [603, { settings: { accountQuota: 0 } }],
  [202, { login: { taken: true } }],
  [100, { fields: { license: "NO-SUCH-LICENSE" } }],
  [105, { fields: { license }, license: { blacklistedAt: 1 } }],
  [104, { fields: { license }, license: { pausedAt: 1 } }],
  [106, { fields: { license }, license: { linked: true } }],
  [107, { fields: { license }, license: { activatedAt: 1 } }],
];
