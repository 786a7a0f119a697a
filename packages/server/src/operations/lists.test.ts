import assert from "node:assert/strict";
import { test } from "node:test";
import { type licenseStates, pageAtMost } from "@latchkey/protocol";
import {
  addAccount,
  addLicense,
  ManualClock,
  must,
  newApplication,
  onEachDatabase,
  openLive,
  type Product,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

type State = (typeof licenseStates)[number];

/** The keys of all licenses that are found, read in pages of two. */
async function keysOf({ console }: TestServer, { id }: Product, filter: object = {}): Promise<string[]> {
  const keys: string[] = [];
  let cursor: string | undefined;
  do {
    const input = { applicationId: id, limit: 2, ...filter, ...(cursor !== undefined && { cursor }) };
    const page = await must(console, "listLicenses", input);
    assert.ok(page.licenses.length > 0 || cursor === undefined, "no page but the first is empty");
    keys.push(...page.licenses.map(({ license }) => license));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return keys;
}

onEachDatabase("lists", (newDatabase) => {
  test("pages follow each other in the order of age, with nothing twice and nothing left out", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const product = await newApplication(server.console);
    const other = await newApplication(server.console);
    // Many of the same age, as one command makes them.
    for (const [at, key] of [5, 5, 5, 3, 3, 9, 5].entries()) {
      await addLicense(server, product, { key: `KEY-${at}`, createdAt: key });
    }
    await addLicense(server, other, { key: "KEY-OF-ANOTHER", createdAt: 4 });
    const keys = await keysOf(server, product);
    assert.deepEqual(keys.toSorted(), ["KEY-0", "KEY-1", "KEY-2", "KEY-3", "KEY-4", "KEY-5", "KEY-6"]);
    assert.deepEqual(keys.slice(0, 2).toSorted(), ["KEY-3", "KEY-4"]);
    assert.equal(keys.at(-1), "KEY-5");
  });

  test("a page goes on where it should when the record before it is gone", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const product = await newApplication(server.console);
    for (const at of [1, 2, 3]) await addLicense(server, product, { key: `KEY-${at}`, createdAt: at });
    const input = { applicationId: product.id, limit: 1 };
    const first = await must(server.console, "listLicenses", input);
    await must(server.console, "deleteLicense", { license: first.licenses[0]!.id });
    const second = await must(server.console, "listLicenses", { ...input, cursor: first.nextCursor! });
    assert.equal(second.licenses[0]?.license, "KEY-2");
  });

  test("licenses are found by their state as it is shown, by account and by level", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: await newDatabase() });
    const product = await newApplication(server.console);
    const now = clock.now();
    const { id: accountId } = await addAccount(server, product, { login: "alice" });
    const over = { activatedAt: 1, expiresAt: now - 1 };
    await addLicense(server, product, { key: "NEW", levels: '["pro"]' });
    await addLicense(server, product, { key: "USED", activatedAt: 1, expiresAt: now + 1e9, accountId });
    await addLicense(server, product, { key: "ENDLESS", activatedAt: 1, levels: '["pro","beta"]' });
    await addLicense(server, product, { key: "OVER", ...over, levels: '["Pro","pro2"]' });
    await addLicense(server, product, { key: "PAUSED", ...over, pausedAt: 1 });
    await addLicense(server, product, { key: "BANNED", ...over, pausedAt: 1, blacklistedAt: 1 });
    const found: Record<State, readonly string[]> = {
      available: ["NEW"],
      activated: ["ENDLESS", "USED"],
      expired: ["OVER"],
      paused: ["PAUSED"],
      blacklisted: ["BANNED"],
    };
    for (const [state, keys] of Object.entries(found)) {
      assert.deepEqual((await keysOf(server, product, { state })).toSorted(), keys, state);
      const { licenses } = await must(server.console, "listLicenses", {
        applicationId: product.id,
        state: state as State,
      });
      assert.ok(licenses.every((license) => license.state === state));
    }
    assert.deepEqual(await keysOf(server, product, { accountId }), ["USED"]);
    assert.deepEqual((await keysOf(server, product, { level: "pro" })).toSorted(), ["ENDLESS", "NEW"]);
    assert.deepEqual(await keysOf(server, product, { level: "pro", state: "activated" }), ["ENDLESS"]);
    assert.deepEqual(await keysOf(server, product, { level: "pr" }), []);
    assert.deepEqual(await keysOf(server, product, { level: "%" }), []);
  });

  test("accounts and sessions come in pages too", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const product = await newApplication(server.console);
    for (const at of [3, 1, 2]) await addAccount(server, product, { login: `login-${at}`, createdAt: at });
    const input = { applicationId: product.id, limit: 2 };
    const first = await must(server.console, "listAccounts", input);
    const rest = await must(server.console, "listAccounts", { ...input, cursor: first.nextCursor! });
    const logins = [...first.accounts, ...rest.accounts].map(({ login }) => login);
    assert.deepEqual([logins, rest.nextCursor], [["login-1", "login-2", "login-3"], undefined]);

    await using _a = await openLive(server, product, "client-a");
    await using _b = await openLive(server, product, "client-b");
    await using _c = await openLive(server, product, "client-c");
    const some = await must(server.console, "findSessions", input);
    const others = await must(server.console, "findSessions", { ...input, cursor: some.nextCursor! });
    const clients = [...some.sessions, ...others.sessions].map(({ clientId }) => clientId);
    assert.deepEqual([clients.toSorted(), others.nextCursor], [["client-a", "client-b", "client-c"], undefined]);
  });

  test("a limit or cursor that is none is not taken for another", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const { id: applicationId } = await newApplication(server.console);
    const wrong = [{ limit: 0 }, { limit: pageAtMost + 1 }, { cursor: "" }, { cursor: "a b" }];
    for (const given of wrong) {
      const outcome = await server.console.call("listLicenses", { applicationId, ...given });
      const isRefused = "refusal" in outcome && outcome.refusal === "cursorInvalid";
      assert.ok(isRefused || ("fault" in outcome && outcome.fault === "malformed"), JSON.stringify(given));
    }
  });
});
