import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { RawPeer } from "@latchkey/testkit";
import {
  addAccount,
  ask,
  eventFrame,
  heardBefore,
  knownPassword,
  ManualClock,
  must,
  newGuardedApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  readProtected,
  startTestServer,
  subscribe,
  tellVersion,
  type TestServer,
} from "@latchkey/testkit";

const dayMs = 86_400_000;
const goes = 3;
const stays = 1;

/** Who is connected in every scenario. */
type Who = "byLicense" | "holder" | "byOtherLicense" | "otherHolder" | "guest";

interface Stage {
  readonly application: Product;
  readonly accountId: string;
  readonly license: string;
  readonly sessionOf: (who: Who) => Promise<string>;
}

interface Effect {
  /** The events that it hears, if it is subscribed. */
  readonly hears: readonly string[];
  /** What a protected operation answers afterwards. */
  readonly reads?: number;
  readonly closes?: readonly [code: number, reason: string];
}

interface Scenario {
  readonly name: string;
  readonly prepare?: (stage: Stage) => Promise<unknown>;
  readonly act: (stage: Stage) => Promise<unknown>;
  /** Whoever is not named hears nothing and keeps what it has. */
  readonly effects: Partial<Record<Who, Effect>>;
}

onEachDatabase("revocation", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock, settings: { ...(await newDatabase()), pingInterval: "30d" } });
  });
  after(() => server[Symbol.asyncDispose]());

  function licenseOperation(
    name:
      | "pauseLicense"
      | "unpauseLicense"
      | "blacklistLicense"
      | "unblacklistLicense"
      | "resetLicenseClient"
      | "reinitializeLicense"
      | "deleteLicense",
  ) {
    return ({ application: { id: applicationId }, license }: Stage) =>
      must(server.console, name, { applicationId, license });
  }

  function accountOperation(
    name: "disableAccount" | "enableAccount" | "blacklistAccount" | "unblacklistAccount" | "deleteAccount",
  ) {
    return ({ accountId }: Stage) => must(server.console, name, { accountId });
  }

  function applicationOperation(name: "pauseApplication" | "deleteApplication") {
    return ({ application: { id: applicationId } }: Stage) => must(server.console, name, { applicationId });
  }

  function ofLicense(event: string, reads: number): Scenario["effects"] {
    return { byLicense: { hears: [event], reads }, holder: { hears: [event], reads } };
  }

  function ofEverybody(effect: Effect): Scenario["effects"] {
    return {
      byLicense: effect,
      holder: effect,
      byOtherLicense: effect,
      otherHolder: effect,
      guest: effect.closes ? effect : { ...effect, reads: goes },
    };
  }

  const scenarios: readonly Scenario[] = [
    {
      name: "pausing the license",
      act: licenseOperation("pauseLicense"),
      effects: ofLicense(eventFrame(205), goes),
    },
    {
      name: "unpausing the license",
      prepare: licenseOperation("pauseLicense"),
      act: licenseOperation("unpauseLicense"),
      effects: ofLicense(eventFrame(206), goes),
    },
    {
      name: "blacklisting the license",
      act: licenseOperation("blacklistLicense"),
      effects: ofLicense(eventFrame(201), goes),
    },
    {
      name: "taking the license off the blacklist",
      prepare: licenseOperation("blacklistLicense"),
      act: licenseOperation("unblacklistLicense"),
      effects: ofLicense(eventFrame(202), goes),
    },
    {
      name: "resetting the client of the license",
      act: licenseOperation("resetLicenseClient"),
      effects: ofLicense(eventFrame(200), stays),
    },
    {
      name: "reinitializing the license",
      act: licenseOperation("reinitializeLicense"),
      effects: ofLicense(eventFrame(203), goes),
    },
    {
      name: "deleting the license",
      act: licenseOperation("deleteLicense"),
      effects: ofLicense(eventFrame(204), goes),
    },
    {
      name: "extending the license",
      act: ({ application: { id: applicationId }, license }) =>
        must(server.console, "extendLicense", { applicationId, license, durationMs: dayMs }),
      effects: ofLicense(eventFrame(800, { expires_at: `${(clock.now() + 2 * dayMs) / 1000}` }), stays),
    },
    {
      name: "linking another license to the account",
      act: async ({ application, accountId }) => {
        const license = await newLicense(server.console, application, { levels: ["extra"] });
        return must(server.console, "linkLicense", { applicationId: application.id, license, accountId });
      },
      effects: { holder: { hears: [eventFrame(801, { levels: "own,extra" })], reads: stays } },
    },
    {
      name: "disabling the account",
      act: accountOperation("disableAccount"),
      effects: { holder: { hears: [eventFrame(813, { by: "operator" })], reads: goes } },
    },
    {
      name: "enabling the account",
      prepare: accountOperation("disableAccount"),
      act: accountOperation("enableAccount"),
      effects: { holder: { hears: [], reads: goes } },
    },
    {
      name: "blacklisting the account",
      act: accountOperation("blacklistAccount"),
      effects: { holder: { hears: [eventFrame(811)], reads: goes } },
    },
    {
      name: "taking the account off the blacklist",
      prepare: accountOperation("blacklistAccount"),
      act: accountOperation("unblacklistAccount"),
      effects: { holder: { hears: [], reads: goes } },
    },
    {
      name: "deleting the account",
      act: accountOperation("deleteAccount"),
      effects: { holder: { hears: [eventFrame(810)], reads: goes } },
    },
    {
      name: "setting the account's password",
      act: ({ accountId }) => must(server.console, "setAccountPassword", { accountId, password: "another one" }),
      effects: { holder: { hears: [eventFrame(812)], reads: goes } },
    },
    {
      name: "giving the application another version",
      act: ({ application: { id: applicationId } }) =>
        must(server.console, "updateApplication", { applicationId, version: "2.0" }),
      effects: ofEverybody({ hears: [eventFrame(102, { version: "2.0" })], reads: stays }),
    },
    {
      name: "pausing the application",
      act: applicationOperation("pauseApplication"),
      effects: ofEverybody({ hears: [eventFrame(101)], closes: [4101, "application paused"] }),
    },
    {
      name: "deleting the application",
      act: applicationOperation("deleteApplication"),
      effects: ofEverybody({ hears: [eventFrame(100)], closes: [4102, "application deleted"] }),
    },
    {
      name: "ending the session",
      act: async ({ sessionOf }) => must(server.console, "endSession", { sessionId: await sessionOf("byLicense") }),
      effects: { byLicense: { hears: [eventFrame(1)], closes: [4100, "disconnected from panel"] } },
    },
  ];

  for (const { name, prepare, act, effects } of scenarios) {
    const ids = `[LP-EVT-1] [LP-EVT-2] [LP-ENV-7]${isClosing(effects) ? " [LP-CONN-6]" : ""}`;
    for (const isSubscribed of [true, false]) {
      test(`${ids} ${name} reaches whom it concerns, ${isSubscribed ? "with one event" : "unsubscribed, without a word"}`, async () => {
        await using set = await setUp(isSubscribed);
        await prepare?.(set.stage);
        const prepared = await tellVersion(server, set.stage.application);
        for (const peer of isSubscribed ? set.peers.values() : [set.witness]) await heardBefore(peer, prepared);
        await act(set.stage);
        const marker = isClosingAll(effects) ? undefined : await tellVersion(server, set.stage.application);
        if (marker !== undefined && !isSubscribed) await heardBefore(set.witness, marker);
        for (const [who, peer] of set.peers) {
          const unconcerned = { hears: [], reads: who === "guest" ? goes : stays };
          const { hears, reads, closes }: Effect = effects[who] ?? unconcerned;
          for (const frame of isSubscribed ? hears : []) assert.equal((await peer.next()).frame, frame, who);
          if (closes) assert.deepEqual(Object.values(await peer.closing()), closes, who);
          if (closes) continue;
          if (isSubscribed) assert.deepEqual(await heardBefore(peer, marker!), [], who);
          assert.equal(await readProtected(peer), reads, who);
        }
      });
    }
  }

  /** One client of each kind; the license under test is linked to the account under test. */
  async function setUp(isSubscribed: boolean) {
    await using opened = new AsyncDisposableStack();
    const application = await newGuardedApplication(server, { licenseRequired: true });
    const accountId = await accountWith(application, "alice", { levels: '["own"]' });
    const license = await licenseOf(application, accountId);
    const otherId = await accountWith(application, "robert");
    await licenseOf(application, otherId);
    const otherLicense = await newLicense(server.console, application);

    const peers = new Map<Who, RawPeer>();
    for (const [who, type, fields] of [
      ["byLicense", packet.authorizeByLicense, { license }],
      ["holder", packet.authorizeByCredentials, { login: "alice", password: knownPassword }],
      ["byOtherLicense", packet.authorizeByLicense, { license: otherLicense }],
      ["otherHolder", packet.authorizeByCredentials, { login: "robert", password: knownPassword }],
      ["guest", undefined, {}],
    ] as const) {
      const peer = opened.use(await openLive(server, application, who));
      if (isSubscribed) await subscribe(peer);
      if (type !== undefined) assert.equal((await ask(peer, type, fields))["status"], 1, who);
      peers.set(who, peer);
    }
    const witness = opened.use(await openLive(server, application, "witness"));
    if (!isSubscribed) await subscribe(witness);
    const sessionOf = async (who: Who) => {
      const { sessions } = await must(server.console, "findSessions", { applicationId: application.id });
      return sessions.find(({ clientId }) => clientId === who)!.id;
    };
    const disposing = opened.move();
    return {
      stage: { application, accountId, license, sessionOf },
      peers,
      /** Hears where the log has come to when nobody else does. */
      witness,
      [Symbol.asyncDispose]: () => disposing.disposeAsync(),
    };
  }

  async function accountWith(application: Product, login: string, given: { levels?: string } = {}): Promise<string> {
    return (await addAccount(server, application, { login, ...given })).id;
  }

  async function licenseOf(application: Product, accountId: string): Promise<string> {
    const license = await newLicense(server.console, application, { durationMs: dayMs });
    await must(server.console, "linkLicense", { applicationId: application.id, license, accountId });
    return license;
  }
});

function isClosing(effects: Scenario["effects"]): boolean {
  return Object.values(effects).some(({ closes }) => closes);
}

function isClosingAll({ guest }: Scenario["effects"]): boolean {
  return guest?.closes !== undefined;
}
