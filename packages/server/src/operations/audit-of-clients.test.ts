import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import {
  addAccount,
  ask,
  eventually,
  knownPassword,
  ManualClock,
  must,
  newApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  readMails,
  RestPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

const ann = "ann@example.com";
const password = knownPassword;
const dayMs = 86_400_000;

onEachDatabase("changes by clients and by the server", (newDatabase, kind) => {
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

  /** Who did what to which kind of record since the application was made, the oldest first. */
  async function told(product: Product): Promise<string[]> {
    const { entries } = await must(server.console, "listAudit", { applicationId: product.id });
    const sorted = entries.toSorted((one, other) => Number(one.id) - Number(other.id));
    return sorted.slice(1).map(({ actor, action, record }) => `${actor.kind} ${action} ${record}`);
  }

  async function statesOf(product: Product, action: string) {
    const { entries } = await must(server.console, "listAudit", { applicationId: product.id, action });
    return entries.map(({ before: was, after: is }) => [was, is]);
  }

  test("[MG-AUDIT-1] registration, confirmation, updates, recovery and deletion by a user", async () => {
    const { product, rest } = await open({ emailConfirmationRequired: true });
    const email = `${product.id.toLowerCase()}@example.com`;
    await rest.post("/users/register", { email, password });
    const [confirmation] = await readMails(server, email);
    await new RestPeer(server.url, "").request("POST", `/${product.id}/users/confirm/${confirmation!.secret}`);
    const { fields } = await rest.post("/users/login", { login: email, password });
    const [id, token] = [String(fields["objectId"]), String(fields["user-token"])];
    await rest.request("PUT", `/users/${id}`, { body: { name: "Ann", password: "another password" }, token });
    await rest.get(`/users/restorepassword/${email}`);
    const [, recovery] = await readMails(server, email, 2);
    await new RestPeer(server.url, "").request("POST", `/${product.id}/users/recover/${recovery!.secret}`, {
      headers: { accept: "application/json" },
      body: { password: "a third password" },
    });
    const again = await rest.post("/users/login", { login: email, password: "a third password" });
    await rest.request("DELETE", `/data/Users/${id}`, { token: String(again.fields["user-token"]) });
    assert.deepEqual(await told(product), [
      "client register account",
      "client confirmEmail account",
      "client updateAccount account",
      "client recoverPassword account",
      "client removeAccount account",
    ]);
    assert.deepEqual(await statesOf(product, "confirmEmail"), [[{ status: "unconfirmed" }, { status: "enabled" }]]);
    assert.deepEqual(await statesOf(product, "recoverPassword"), [[undefined, { password: "changed" }]]);
    const [[, is] = []] = await statesOf(product, "updateAccount");
    assert.equal(is?.["password"], "changed");
  });

  test("[MG-AUDIT-1] accounts, links, activations and bindings over the live door, each once", async () => {
    const { product } = await open({ accountsPerAddressPerDay: null });
    const [first, second, third] = await Promise.all(
      [1, 2, 3].map(() => newLicense(server.console, product, { bindsClient: true })),
    );
    await using peer = await openLive(server, product, "client-a");
    await ask(peer, packet.createAccount, { login: "annabel", password, license: first });
    await ask(peer, packet.authorizeByCredentials, { login: "annabel", password });
    await ask(peer, packet.linkLicenseToAccount, { license: second });
    await ask(peer, packet.logout);
    await ask(peer, packet.authorizeByLicense, { license: third });
    await ask(peer, packet.logout);
    await ask(peer, packet.authorizeByLicense, { license: third });
    assert.deepEqual((await told(product)).slice(3), [
      "client createAccount license",
      "client createAccount account",
      "client linkLicenseToAccount license",
      "client authorizeByLicense license",
    ]);
    const [[was, is] = []] = await statesOf(product, "authorizeByLicense");
    assert.deepEqual(was, { state: "available" });
    assert.deepEqual(is, { state: "activated", clientId: "client-a", activatedAt: clock.now() });
  });

  test("[MG-AUDIT-1] of two first uses of a license at once one is its activation", async () => {
    const { product } = await open();
    const license = await newLicense(server.console, product);
    const peers = await Promise.all([1, 2, 3].map((n) => openLive(server, product, `client-${n}`)));
    await Promise.all(peers.map((peer) => ask(peer, packet.authorizeByLicense, { license })));
    await Promise.all(peers.map((peer) => peer[Symbol.asyncDispose]()));
    assert.equal((await statesOf(product, "authorizeByLicense")).length, 1);
  });

  test("[MG-AUDIT-1] a client that blacklists itself", async () => {
    const { product } = await open();
    const license = await newLicense(server.console, product);
    await using peer = await openLive(server, product);
    await ask(peer, packet.authorizeByLicense, { license });
    await peer.request(packet.blacklist, {}).catch(() => undefined);
    await eventually("the list", async () => (await told(product)).length >= 4);
    assert.deepEqual((await told(product)).slice(2), ["client blacklist blacklistEntry", "client blacklist license"]);
  });

  test("[MG-AUDIT-1] guests: made, converted, and removed by upkeep", async () => {
    const { product, rest } = await open({ guestRetentionDays: 1 });
    const { fields } = await rest.post("/users/register/guest");
    const [objectId, token] = [fields["objectId"], String(fields["user-token"])];
    await rest.post("/users/register", { objectId, email: ann, password }, token);
    const other = await rest.post("/users/register/guest");
    await rest.get("/users/logout", String(other.fields["user-token"]));
    await clock.leap(3 * dayMs);
    await eventually("the guest to be removed", async () => {
      await clock.leap(3_600_000);
      return (await told(product)).length === 4;
    });
    assert.deepEqual(await told(product), [
      "client loginAsGuest account",
      "client register account",
      "client loginAsGuest account",
      "system removeGuests account",
    ]);
    assert.deepEqual(await statesOf(product, "removeGuests"), [[{ count: 1 }, undefined]]);
  });

  test("[MG-AUDIT-1] roles and statuses by server code; one entry for an import, with its count", async () => {
    const { product, serverCode } = await open();
    const applicationId = product.id;
    const rows = [{ login: "ann" }, { login: "bob" }, { login: "ann" }];
    await must(server.console, "importAccounts", { applicationId, rows });
    await must(server.console, "createRole", { applicationId, role: "tester" });
    await serverCode.post("/users/assignRole", { user: "ann", roleName: "tester" });
    await serverCode.post("/users/assignRole", { user: "ann", roleName: "tester" });
    await serverCode.post("/users/unassignRole", { user: "ann", roleName: "tester" });
    const { id } = await addAccount(server, product, { login: "cleo" });
    await serverCode.request("PUT", `/users/${id}/status`, { body: { userStatus: "DISABLED" } });
    assert.deepEqual(await told(product), [
      "console importAccounts account",
      "console createRole role",
      "server assignRole account",
      "server unassignRole account",
      "server setAccountStatus account",
    ]);
    assert.deepEqual(await statesOf(product, "importAccounts"), [[undefined, { count: 2 }]]);
    assert.deepEqual(await statesOf(product, "assignRole"), [[{ roles: [] }, { roles: ["tester"] }]]);
  });

  test("[MG-AUDIT-1] a lock by wrong passwords, and no entry of logins, logouts or wrong passwords", async () => {
    const { product, rest } = await open({ failedLoginsLock: 2 });
    await addAccount(server, product, { login: ann });
    const { fields } = await rest.post("/users/login", { login: ann, password });
    await rest.get("/users/logout", String(fields["user-token"]));
    await rest.post("/users/login", { login: ann, password: "wrong" });
    assert.deepEqual(await told(product), []);
    await rest.post("/users/login", { login: ann, password: "wrong" });
    await rest.post("/users/login", { login: ann, password: "wrong" });
    assert.deepEqual(await told(product), ["client lockAccount account"]);
  });

  test("[MG-AUDIT-1] the end of a license is noted once, linked to an account or not, however many servers see it", async () => {
    const settings = await newDatabase();
    await using one = await startTestServer({ clock, settings });
    await using two = kind === "PostgreSQL" ? await startTestServer({ clock, settings }) : undefined;
    const product = await newApplication(one.console);
    const plan = { durationMs: 5_000 };
    const [alone, linked] = [
      await newLicense(one.console, product, plan),
      await newLicense(one.console, product, plan),
    ];
    const { id: accountId } = await addAccount(one, product, { login: "ann" });
    await must(one.console, "linkLicense", { license: linked, applicationId: product.id, accountId });
    await using peer = await openLive(one, product);
    await ask(peer, packet.authorizeByLicense, { license: alone });
    const ends = async () => (await must(one.console, "listAudit", { action: "expireLicense" })).entries;
    await eventually("both ends", async () => {
      await clock.advance(1_000);
      return (await ends()).length >= 2;
    });
    await clock.advance(3_000);
    const records = (await ends()).map(({ actor, recordId }) => `${actor.kind} ${recordId ?? ""}`);
    assert.equal(new Set(records).size, 2);
    assert.equal(records.length, 2);
    assert.doesNotMatch([...one.logged, ...(two?.logged ?? [])].join(), /not written/);
  });
});
