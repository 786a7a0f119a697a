import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  addAccount,
  addLicense,
  ManualClock,
  must,
  newApplication,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  startTestServer,
  storeFile,
  type TestServer,
} from "@latchkey/testkit";
import type { InputOf } from "@latchkey/protocol";
import type { NewLicense } from "@latchkey/server/storage/tables.ts";
import { newRowId } from "#crypto/tokens.ts";

onEachDatabase("searching lists", (newDatabase, kind) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock, settings: { ...(await newDatabase()), pingInterval: "30d" } });
  });
  after(() => server[Symbol.asyncDispose]());

  async function keysOf(product: Product, filter: Partial<InputOf<"listLicenses">>): Promise<string[]> {
    const { licenses } = await must(server.console, "listLicenses", { applicationId: product.id, ...filter });
    return licenses.map(({ license }) => license).toSorted();
  }

  test("[MG-LIST-4] licenses are found by a part of key, comment or client id, and by a whole key or id alone", async () => {
    const product = await newApplication(server.console);
    const other = await newApplication(server.console);
    const { id } = await addLicense(server, product, { key: "ABCDEF-1", comment: "Invoice 100%_\\" });
    await addLicense(server, product, { key: "ABCDEF-12", clientId: "my-PC" });
    await addLicense(server, product, { key: "GHIJKL-1", comment: "abcdef-1" });
    const foreign = await addLicense(server, other, { key: "ABCDEF-3" });
    assert.deepEqual(await keysOf(product, { search: "abcdef" }), ["ABCDEF-1", "ABCDEF-12", "GHIJKL-1"]);
    assert.deepEqual(await keysOf(product, { search: "ABCDEF-1" }), ["ABCDEF-1"]);
    assert.deepEqual(await keysOf(product, { search: id }), ["ABCDEF-1"]);
    assert.deepEqual(await keysOf(product, { search: id, state: "paused" }), []);
    assert.deepEqual(await keysOf(product, { search: foreign.id }), []);
    assert.deepEqual(await keysOf(product, { search: "PC" }), ["ABCDEF-12"]);
    assert.deepEqual(await keysOf(product, { search: "100%_\\" }), ["ABCDEF-1"]);
    assert.deepEqual(await keysOf(product, { search: "1%" }), []);
    assert.deepEqual(await keysOf(product, { search: "F_1" }), []);
  });

  test("[MG-LIST-5] licenses are found by client and by when they were created or end", async () => {
    const product = await newApplication(server.console);
    for (const at of [1, 2, 3]) {
      await addLicense(server, product, {
        key: `KEY-${at}`,
        createdAt: at,
        expiresAt: 10 * at,
        clientId: `client-${at}`,
      });
    }
    for (const sort of ["created", "expires", "key"] as const) {
      assert.deepEqual(await keysOf(product, { sort, createdFrom: 2 }), ["KEY-2", "KEY-3"]);
      assert.deepEqual(await keysOf(product, { sort, createdFrom: 2, createdBefore: 3 }), ["KEY-2"]);
      assert.deepEqual(await keysOf(product, { sort, expiresBefore: 20 }), ["KEY-1"]);
      assert.deepEqual(await keysOf(product, { sort, expiresFrom: 20, clientId: "client-3" }), ["KEY-3"]);
    }
  });

  test("[MG-LIST-4] [MG-LIST-5] accounts are found by identity, comment, status, level, role and blacklist", async () => {
    const product = await newApplication(server.console);
    const alice = await addAccount(server, product, { login: "Alice", email: "wonder@example.com", levels: '["pro"]' });
    await addAccount(server, product, { login: "alice2", status: "disabled", comment: "twin of Bob", lastLoginAt: 9 });
    const carl = await addAccount(server, product, { email: "carl@example.com", blacklistedAt: 5 });
    await must(server.console, "createRole", { applicationId: product.id, role: "staff" });
    await must(server.console, "giveRole", { accountId: carl.id, role: "staff" });
    const found = async (filter: Partial<InputOf<"listAccounts">>) => {
      const { accounts } = await must(server.console, "listAccounts", { applicationId: product.id, ...filter });
      return accounts.map(({ login, email }) => login ?? email).toSorted();
    };
    assert.deepEqual(await found({ search: "LICE" }), ["Alice", "alice2"]);
    assert.deepEqual(await found({ search: "alice" }), ["Alice"]);
    assert.deepEqual(await found({ search: alice.id }), ["Alice"]);
    assert.deepEqual(await found({ search: "WONDER@example.com" }), ["Alice"]);
    assert.deepEqual(await found({ search: "bob" }), ["alice2"]);
    assert.deepEqual(await found({ status: "disabled" }), ["alice2"]);
    assert.deepEqual(await found({ level: "pro" }), ["Alice"]);
    assert.deepEqual(await found({ role: "staff" }), ["carl@example.com"]);
    assert.deepEqual(await found({ blacklisted: true }), ["carl@example.com"]);
    assert.deepEqual(await found({ blacklisted: false, lastLoginFrom: 9, lastLoginBefore: 10 }), ["alice2"]);
    assert.deepEqual(await found({ sort: "lastLogin", lastLoginFrom: 10 }), []);
  });

  test("[MG-LIST-4] [MG-LIST-5] sessions are found by client, address, door and what they are authorized by", async () => {
    const product = await newApplication(server.console);
    const { id: licenseId } = await addLicense(server, product, { key: "KEY-OF-SESSION" });
    await using one = await openLive(server, product, "client-one");
    await using _two = await openLive(server, product, "client-two");
    assert.equal((await one.request(packet.authorizeByLicense, { license: "KEY-OF-SESSION" }))["status"], 1);
    const found = async (filter: Partial<InputOf<"findSessions">>) => {
      const { sessions } = await must(server.console, "findSessions", { applicationId: product.id, ...filter });
      return sessions.map(({ clientId }) => clientId).toSorted();
    };
    const both = ["client-one", "client-two"];
    assert.deepEqual(await found({ search: "CLIENT-" }), both);
    assert.deepEqual(await found({ search: "127.0.0" }), both);
    assert.deepEqual(await found({ clientId: "client-two" }), ["client-two"]);
    assert.deepEqual(await found({ address: "127.0.0.2" }), []);
    assert.deepEqual(await found({ door: "user-service" }), []);
    assert.deepEqual(await found({ connected: true, authorized: false }), ["client-two"]);
    assert.deepEqual(await found({ authorized: true, sort: "lastSeen" }), ["client-one"]);
    assert.deepEqual(await found({ licenseId }), ["client-one"]);
    assert.deepEqual(await found({ accountId: "nobody" }), []);
    const { sessions } = await must(server.console, "findSessions", { applicationId: product.id });
    assert.deepEqual(await found({ search: sessions[0]?.id ?? "" }), [sessions[0]?.clientId]);
  });

  test("[MG-LIST-4] [MG-LIST-6] variables, files and blacklists come in pages too, and are found by a part of their names", async () => {
    const product = await newApplication(server.console);
    const { id: applicationId } = product;
    for (const name of ["beta-url", "alpha-url", "other"]) {
      await must(server.console, "setVariable", { applicationId, name, content: "x", public: name === "other" });
      await storeFile(server.console, product, name, new TextEncoder().encode(name));
      await must(server.console, "addBlacklistEntry", { applicationId, kind: "client", value: name });
      await clock.advance(1);
    }
    const first = await must(server.console, "listVariables", { applicationId, limit: 2, count: true });
    const rest = await must(server.console, "listVariables", { applicationId, cursor: first.nextCursor! });
    assert.deepEqual(
      [...first.variables, ...rest.variables].map(({ name }) => name),
      ["alpha-url", "beta-url", "other"],
    );
    assert.deepEqual([first.total, rest.nextCursor], [{ count: 3, isMore: false }, undefined]);
    const { variables } = await must(server.console, "listVariables", { applicationId, public: true });
    assert.deepEqual(
      variables.map(({ name }) => name),
      ["other"],
    );
    const { files } = await must(server.console, "listFiles", { applicationId, search: "URL", order: "desc" });
    assert.deepEqual(
      files.map(({ name, size }) => [name, size]),
      [
        ["beta-url", 8],
        ["alpha-url", 9],
      ],
    );
    const newest = await must(server.console, "listFiles", { applicationId, sort: "created", order: "desc", limit: 1 });
    assert.equal(newest.files[0]?.name, "other");
    const blacklist = await must(server.console, "listBlacklist", { applicationId, search: "url", madeBy: "operator" });
    assert.deepEqual(
      blacklist.entries.map(({ value }) => value),
      ["beta-url", "alpha-url"],
    );
    const byValue = await must(server.console, "listBlacklist", { applicationId, sort: "value", kind: "client" });
    assert.deepEqual(
      byValue.entries.map(({ value }) => value),
      ["alpha-url", "beta-url", "other"],
    );
  });

  test("[MG-LIST-2] a cursor is good for its own order, and one that was made up is refused", async () => {
    const product = await newApplication(server.console);
    for (const at of [1, 2, 3]) await addLicense(server, product, { key: `KEY-${at}`, createdAt: at, expiresAt: 1 });
    const input = { applicationId: product.id, limit: 1 };
    const { nextCursor } = await must(server.console, "listLicenses", input);
    assert.ok(nextCursor);
    const madeUp = (content: unknown) => Buffer.from(JSON.stringify(content)).toString("base64url");
    const wrong = [
      { cursor: nextCursor, order: "desc" as const },
      { cursor: nextCursor, sort: "expires" as const },
      { cursor: "x" },
      { cursor: madeUp(null) },
      { cursor: madeUp(["created asc", 0, ["text", "id"]]) },
      { cursor: madeUp(["created asc", 0, [1.5, "id"]]) },
      { cursor: madeUp(["created asc", 1, [1, "id"]]) },
      { cursor: madeUp(["created asc", 0, [1]]) },
      { cursor: madeUp(["created asc", 0, [1, "\0"]]) },
    ];
    for (const given of wrong) {
      const outcome = await server.console.call("listLicenses", { ...input, ...given });
      assert.deepEqual(outcome, { ok: false, refusal: "cursorInvalid" }, JSON.stringify(given));
    }
    const next = await must(server.console, "listLicenses", { ...input, cursor: nextCursor });
    assert.equal(next.licenses[0]?.license, "KEY-2");
  });

  // Which rows are looked at is counted by the same code on both, and writing as many takes a while.
  if (kind === "PostgreSQL") return;
  test("[MG-LIST-6] [MG-LIST-7] no answer looks at all of a long list, and the next page goes on where it stopped", async () => {
    const product = await newApplication(server.console);
    const rows = 125_010;
    const license = (at: number): NewLicense => ({
      id: newRowId(),
      applicationId: product.id as never,
      key: `K${at}`,
      levels: "[]",
      clientPolicy: "any",
      createdAt: 1 + Math.floor(at / 10),
      pausedAt: at === rows - 1 ? 1 : null,
    });
    for (let at = 0; at < rows; at += 1_000) {
      const part = Array.from({ length: Math.min(1_000, rows - at) }, (_, i) => license(at + i));
      await server.db.insertInto("license").values(part).execute();
    }
    const filter = { applicationId: product.id, state: "paused" as const, count: true };
    const first = await must(server.console, "listLicenses", filter);
    assert.deepEqual([first.licenses.length, first.total], [0, { count: 0, isMore: true }]);
    const second = await must(server.console, "listLicenses", { ...filter, cursor: first.nextCursor! });
    assert.deepEqual(
      second.licenses.map(({ license }) => license),
      [`K${rows - 1}`],
    );
    assert.equal(second.nextCursor, undefined);
    const all = await must(server.console, "listLicenses", { applicationId: product.id, limit: 1, count: true });
    assert.deepEqual(all.total, { count: 10_000, isMore: true });
  });
});
