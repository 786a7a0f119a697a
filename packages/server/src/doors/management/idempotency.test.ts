import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  ManagementPeer,
  must,
  newApplication,
  onEachDatabase,
  signedIn,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

onEachDatabase("requests with an Idempotency-Key", (newDatabase) => {
  let server: TestServer;
  let peer: ManagementPeer;
  before(async () => {
    server = await startTestServer({ settings: await newDatabase() });
    peer = await ManagementPeer.withKey(server);
  });
  after(() => server[Symbol.asyncDispose]());

  const countOf = async (applicationId: string) =>
    (await must(server.console, "listLicenses", { applicationId })).licenses.length;

  test("[MG-IDEM-1] what is asked again is answered as before, and done once", async () => {
    const { id: applicationId } = await newApplication(server.console);
    const once = peer.with({ "idempotency-key": "order-1" });
    const input = { applicationId, count: 2 };
    const first = await once.call("createLicenses", input);
    const second = await once.call("createLicenses", input);
    assert.equal(first.status, 201);
    assert.equal(second.status, 201);
    assert.deepEqual(second.body, first.body);
    assert.equal(await countOf(applicationId), 2);
    const other = await once.call("createLicenses", { ...input, count: 3 });
    assert.equal(other.status, 422);
    assert.equal(other.fields["code"], "idempotencyKeyReused");
    assert.equal((await peer.call("createLicenses", input)).status, 201);
    assert.equal(await countOf(applicationId), 4);
  });

  test("[MG-IDEM-1] of many at the same time one is done", async () => {
    const { id: applicationId } = await newApplication(server.console);
    const once = peer.with({ "idempotency-key": "order-2" });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => once.call("createLicenses", { applicationId, count: 1 })),
    );
    assert.equal(await countOf(applicationId), 1);
    for (const { status, fields } of answers)
      assert.ok(status === 201 || (status === 409 && fields["code"] === "answerUnknown"), `${status}`);
    assert.equal((await once.call("createLicenses", { applicationId, count: 1 })).status, 201);
  });

  test("[MG-IDEM-1] a key that is shown once is shown again to whoever asked for it, and is not kept in clear", async () => {
    const once = peer.with({ "idempotency-key": "key-1" });
    const first = await once.must("createManagementKey", { name: "again", scopes: ["licenses:read"] });
    const second = await once.must("createManagementKey", { name: "again", scopes: ["licenses:read"] });
    assert.equal(second.key, first.key);
    const rows = await server.db.selectFrom("managementRequest").selectAll().execute();
    assert.ok(rows.some(({ key }) => key === "key-1"));
    assert.ok(!JSON.stringify(rows).includes(first.key));
  });

  test("[MG-IDEM-1] another caller may use the same key, and a refusal is not kept", async () => {
    const { id: applicationId } = await newApplication(server.console);
    const stranger = (await ManagementPeer.withKey(server)).with({ "idempotency-key": "order-3" });
    const once = peer.with({ "idempotency-key": "order-3" });
    assert.equal((await once.call("createLicenses", { applicationId: "none", count: 1 })).status, 404);
    assert.equal((await once.call("createLicenses", { applicationId, count: 1 })).status, 201);
    assert.equal((await stranger.call("createLicenses", { applicationId, count: 1 })).status, 201);
    assert.equal(await countOf(applicationId), 2);
  });

  test("[MG-AUTH-2] [MG-IDEM-1] who may not do it any more is not answered as before", async () => {
    const email = "admin@example.com";
    const page = await signedIn(server, "admin", email);
    const admin = page.with({ "idempotency-key": "key-2" });
    const input = { name: "once mine", scopes: ["licenses:read" as const] };
    assert.equal((await admin.call("createManagementKey", input)).status, 201);
    const { operator } = await page.must("showOwnOperator", {});
    await must(server.console, "changeOperatorRole", { operatorId: operator.id, role: "read-only" });
    const again = await admin.call("createManagementKey", input);
    assert.deepEqual([again.status, again.fields["code"]], [403, "forbidden"]);
  });

  test("[MG-IDEM-1] after a crash between the change and its answer nothing is done again", async () => {
    const { id: applicationId } = await newApplication(server.console);
    const once = peer.with({ "idempotency-key": "order-4" });
    assert.equal((await once.call("createLicenses", { applicationId, count: 1 })).status, 201);
    await server.db.updateTable("managementRequest").set({ sealedAnswer: null }).where("key", "=", "order-4").execute();
    const again = await once.call("createLicenses", { applicationId, count: 1 });
    assert.equal(again.fields["code"], "answerUnknown");
    assert.equal(await countOf(applicationId), 1);
  });

  test("[MG-IDEM-1] a key goes with POST, and has a form", async () => {
    const { id: applicationId } = await newApplication(server.console);
    const asked = [
      peer.with({ "idempotency-key": "a" }).call("listApplications", {}),
      peer.with({ "idempotency-key": "a b" }).call("createLicenses", { applicationId, count: 1 }),
      peer.with({ "idempotency-key": "x".repeat(201) }).call("createLicenses", { applicationId, count: 1 }),
    ];
    for (const answer of await Promise.all(asked)) assert.equal(answer.fields["code"], "idempotencyKeyInvalid");
  });

  test("[MG-HTTP-6] the reason of a change is in the audit log", async () => {
    const { id: applicationId } = await newApplication(server.console);
    const reason = "Rückgabe: 14 Tage";
    await peer
      .with({ "latchkey-reason": encodeURIComponent(reason) })
      .must("createLicenses", { applicationId, count: 1 });
    const { entries } = await peer.must("listAudit", { applicationId, action: "createLicenses" });
    assert.equal(entries[0]?.reason, reason);
    assert.equal(entries[0].actor.kind, "key");
  });
});
