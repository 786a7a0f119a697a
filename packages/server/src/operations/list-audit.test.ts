import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { InputOf } from "@latchkey/protocol";
import {
  ManagementPeer,
  ManualClock,
  must,
  newApplication,
  onEachDatabase,
  type Product,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

onEachDatabase("the list of the audit log", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock, settings: await newDatabase() });
  });
  after(() => server[Symbol.asyncDispose]());

  async function actions(input: InputOf<"listAudit">): Promise<string[]> {
    return (await must(server.console, "listAudit", input)).entries.map(({ action }) => action);
  }

  /** An application with a variable, each change a second after the other. */
  async function open(): Promise<Product & { readonly applicationId: string }> {
    const product = await newApplication(server.console);
    const named = { applicationId: product.id, name: "motd", public: true };
    await clock.advance(1000);
    await must(server.console, "setVariable", { ...named, content: "hello" });
    await clock.advance(1000);
    await must(server.console, "setVariable", { ...named, content: "goodbye" });
    return { ...product, applicationId: product.id };
  }

  test("[MG-AUDIT-7] it is newest first, filtered by who, what and when, and read page by page", async () => {
    const start = clock.now();
    const { applicationId } = await open();
    const other = await open();
    const all = ["setVariable", "setVariable", "createApplication"];
    assert.deepEqual(await actions({ applicationId }), all);
    assert.deepEqual(await actions({ applicationId, action: "createApplication" }), ["createApplication"]);
    assert.deepEqual(await actions({ applicationId, record: "variable" }), ["setVariable", "setVariable"]);
    assert.deepEqual(await actions({ applicationId, recordId: "motd" }), ["setVariable", "setVariable"]);
    assert.deepEqual(await actions({ applicationId, actorKind: "console" }), all);
    assert.deepEqual(await actions({ applicationId, actorKind: "client" }), []);
    assert.deepEqual(await actions({ applicationId, actorId: "nobody" }), []);
    assert.deepEqual(await actions({ applicationId, from: start + 1000, to: start + 2000 }), ["setVariable"]);
    const read: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = { limit: 2, from: start, ...(cursor !== undefined && { cursor }) };
      const { entries, nextCursor } = await must(server.console, "listAudit", page);
      read.push(...entries.map(({ id }) => id));
      cursor = nextCursor;
      if (cursor === undefined) break;
    }
    const { entries } = await must(server.console, "listAudit", { from: start });
    assert.equal(entries.length, 6);
    assert.deepEqual(
      read,
      entries.map(({ id }) => id),
    );
    assert.notEqual(other.applicationId, applicationId);
  });

  test("[MG-AUDIT-8] an entry says what differed, who did it, from where, and why", async () => {
    const { applicationId } = await open();
    const operator = await ManagementPeer.withKey(server);
    const reasoned = operator.with({ "latchkey-reason": "ticket%2042" });
    await reasoned.must("updateApplication", { applicationId, settings: { passwordMinLength: 9 } });
    const { entries } = await operator.must("listAudit", { applicationId, action: "updateApplication" });
    const [{ actor, address, reason, before: was, after: is } = assert.fail("there is none")] = entries;
    assert.deepEqual([actor.kind, actor.name, reason], ["key", "of a test", "ticket 42"]);
    assert.match(address ?? "", /127\.0\.0\.1/);
    assert.deepEqual([was, is], [{ settings: { passwordMinLength: 4 } }, { settings: { passwordMinLength: 9 } }]);
  });

  test("[MG-AUDIT-7] a key that is limited to applications reads what belongs to one that it names, and verifies nothing", async () => {
    const [mine, other] = [await open(), await open()];
    const peer = await ManagementPeer.withKey(server, ["audit:read"], [mine.id]);
    const { entries } = await peer.must("listAudit", { applicationId: mine.id });
    assert.equal(entries.length, 3);
    for (const input of [{}, { applicationId: other.id }]) {
      assert.equal((await peer.call("listAudit", input)).status, 403);
      assert.equal((await peer.call("exportAudit", input)).status, 403);
    }
    assert.equal((await peer.call("verifyAudit", {})).status, 403);
    const without = await ManagementPeer.withKey(server, ["applications:read"]);
    assert.equal((await without.call("listAudit", { applicationId: mine.id })).status, 403);
  });
});
