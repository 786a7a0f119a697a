import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type InputOf, scopes } from "@latchkey/protocol";
import {
  eventually,
  ManagementPeer,
  ManualClock,
  must,
  newApplication,
  onEachDatabase,
  type RestAnswer,
  signedIn,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

const dayMs = 86_400_000;

function codeOf({ fields }: RestAnswer): unknown {
  return fields["code"];
}

onEachDatabase("management keys", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock, settings: await newDatabase() });
  });
  after(() => server[Symbol.asyncDispose]());

  type Asked = Partial<InputOf<"createManagementKey">>;

  async function newKey(asked: Asked = {}) {
    const made = await must(server.console, "createManagementKey", { name: "a key", scopes: [...scopes], ...asked });
    return { ...made, peer: peerWith(made.key) };
  }

  function peerWith(key: string): ManagementPeer {
    return new ManagementPeer(server.url, { authorization: `Bearer ${key}` });
  }

  async function isGood(peer: ManagementPeer): Promise<boolean> {
    const { status } = await peer.call("listApplications", {});
    assert.ok(status === 200 || status === 401);
    return status === 200;
  }

  function make(peer: ManagementPeer, asked: Asked): Promise<RestAnswer> {
    return peer.call("createManagementKey", { name: "made by a key", scopes: ["licenses:read"], ...asked });
  }

  test("[MG-KEY-1] a key is shown once, and nothing that is kept lets anybody use it", async () => {
    const { key, managementKey, peer } = await newKey({ name: " back end ", scopes: ["applications:read"] });
    assert.match(key, /^lk_mgmt_[0-9A-Z]{16}_[\w-]{43}$/);
    assert.equal(managementKey.name, "back end");
    assert.ok(await isGood(peer));
    const secret = key.split("_").slice(3).join("_");
    assert.equal(managementKey.lastFour, secret.slice(-4));
    const rows = await server.db.selectFrom("managementKey").selectAll().execute();
    const audit = await server.db.selectFrom("auditEntry").selectAll().execute();
    const listed = (await must(server.console, "listManagementKeys", {})).managementKeys;
    assert.ok(listed.some(({ id }) => key.includes(id)));
    for (const kept of [rows, audit, listed, server.logged]) assert.ok(!JSON.stringify(kept).includes(secret));
  });

  test("[MG-KEY-1] another secret, another id and another form open nothing", async () => {
    const { key } = await newKey();
    const other = await newKey();
    const id = (of: string) => of.slice(0, 24);
    for (const wrong of [
      id(key) + other.key.slice(24),
      `${key}x`,
      key.slice(0, -1),
      key.toUpperCase(),
      "",
      "lk_mgmt_",
    ]) {
      assert.equal(await isGood(peerWith(wrong)), false, wrong);
    }
  });

  test("[MG-KEY-2] no scope more, no application more, no later end", async () => {
    const mine = await newApplication(server.console);
    const other = await newApplication(server.console);
    const expiresAt = clock.now() + dayMs;
    const maker = await newKey({ scopes: ["keys:create", "licenses:read"], applicationIds: [mine.id], expiresAt });
    const narrow = { applicationIds: [mine.id], expiresAt };
    const tooWide: Asked[] = [
      { ...narrow, scopes: ["licenses:read", "licenses:update"] },
      { ...narrow, applicationIds: [mine.id, other.id] },
      { expiresAt },
      { applicationIds: [mine.id] },
      { ...narrow, expiresAt: expiresAt + 1 },
    ];
    for (const asked of tooWide) {
      const answer = await make(maker.peer, asked);
      assert.deepEqual([answer.status, codeOf(answer)], [403, "grantTooWide"], JSON.stringify(asked));
    }
    assert.equal((await make(maker.peer, narrow)).status, 201);
  });

  test("[MG-KEY-2] an operator gives what the role has", async () => {
    const admin = await signedIn(server, "admin", "admin-of-keys@example.com");
    assert.equal((await make(admin, { scopes: ["licenses:create"] })).status, 201);
    assert.equal(codeOf(await make(admin, { scopes: ["operators:read"] })), "grantTooWide");
    const support = await signedIn(server, "support", "support-of-keys@example.com");
    assert.equal(codeOf(await make(support, {})), "forbidden");
  });

  test("a key has a name, an application that exists and a future", async () => {
    const { peer } = await newKey();
    assert.equal(codeOf(await make(peer, { name: " " })), "nameInvalid");
    assert.equal(codeOf(await make(peer, { name: "x".repeat(65) })), "nameInvalid");
    assert.equal(codeOf(await make(peer, { applicationIds: ["nobody's"] })), "applicationNotFound");
    assert.equal(codeOf(await make(peer, { expiresAt: clock.now() })), "expiryInvalid");
    assert.equal(codeOf(await make(peer, { scopes: [] })), "requestMalformed");
  });

  test("[MG-KEY-3] a key that was revoked or has expired opens nothing from then on", async () => {
    const revoked = await newKey();
    const expiring = await newKey({ expiresAt: clock.now() + 1000 });
    assert.ok((await isGood(revoked.peer)) && (await isGood(expiring.peer)));
    const { managementKey } = await must(server.console, "revokeManagementKey", { keyId: revoked.managementKey.id });
    assert.equal(managementKey.revokedAt, clock.now());
    await clock.leap(1000);
    assert.deepEqual([await isGood(revoked.peer), await isGood(expiring.peer)], [false, false]);
    const again = await server.console.call("revokeManagementKey", { keyId: revoked.managementKey.id });
    assert.deepEqual(again, { ok: false, refusal: "managementKeyNotFound" });
  });

  test("[MG-KEY-4] the keys that a key has made go with it, and theirs, and no others", async () => {
    const root = await newKey();
    const asked = { name: "a descendant", scopes: [...scopes] };
    const child = await root.peer.must("createManagementKey", asked);
    const grandchild = await peerWith(child.key).must("createManagementKey", asked);
    const other = await newKey();
    await other.peer.must("revokeManagementKey", { keyId: root.managementKey.id });
    const good = await Promise.all(
      [root.key, child.key, grandchild.key, other.key].map((key) => isGood(peerWith(key))),
    );
    assert.deepEqual(good, [false, false, false, true]);
  });

  test("[MG-KEY-4] a key that is being made while its maker is revoked is revoked too, or never made", async () => {
    for (let round = 0; round < 5; round++) {
      const maker = await newKey();
      const made = [1, 2, 3].map(() => make(maker.peer, { scopes: ["applications:read"] }));
      await must(server.console, "revokeManagementKey", { keyId: maker.managementKey.id });
      for (const { status, fields } of await Promise.all(made)) {
        if (status === 201) assert.equal(await isGood(peerWith(String(fields["key"]))), false);
        else assert.ok(status === 401 || status === 403, `${status}`);
      }
    }
  });

  test("[MG-KEY-5] the last use is written once a minute", async () => {
    const { peer, managementKey } = await newKey();
    const lastUse = async () => {
      const { managementKeys } = await must(server.console, "listManagementKeys", {});
      return managementKeys.find(({ id }) => id === managementKey.id)?.lastUsedAt;
    };
    const first = clock.now();
    assert.equal(await lastUse(), undefined);
    await isGood(peer);
    await eventually("the first use is written", async () => (await lastUse()) === first);
    await clock.leap(59_000);
    await isGood(peer);
    await clock.leap(1000);
    await isGood(peer);
    await eventually("a later use is written", async () => (await lastUse()) === first + 60_000);
  });
});
