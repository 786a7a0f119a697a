import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  eventually,
  ManualClock,
  must,
  newApplication,
  onEachDatabase,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";
import { sql } from "kysely";

const dayMs = 86_400_000;
const otherKey = "another key than the one of tests, and long enough";
const testKey = "what the links of tests are sealed with";

onEachDatabase("verification of the audit log", (newDatabase) => {
  test("[MG-AUDIT-5] a log that nobody has touched is sound, and its end can be noted and asked for later", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const noted = await sealed(server, 3);
    assert.deepEqual(noted, { position: 3, hash: noted.hash, droppedPosition: 0, unsealed: 0 });
    assert.match(noted.hash, /^[0-9a-f]{64}$/);
    await sealed(server, 5);
    assert.equal(await faultIn(server, noted), undefined);
    assert.deepEqual(await faultIn(server, { position: 3, hash: "0".repeat(64) }), "entryChanged 3");
    assert.deepEqual(await faultIn(server, { position: 9, hash: noted.hash }), "entryMissing 6");
  });

  const tampering = [
    ["a changed entry", "entryChanged 2", sql`update audit_entry set actor_kind = 'system' where position = 2`],
    ["a changed instant", "entryChanged 2", sql`update audit_entry set at = at + 1 where position = 2`],
    ["a changed hash", "entryChanged 2", sql`update audit_entry set hash = ${"0".repeat(64)} where position = 2`],
    ["a deleted entry", "entryMissing 2", sql`delete from audit_entry where position = 2`],
    ["a deleted end", "entryMissing 4", sql`delete from audit_entry where position > 3`],
    ["a deleted beginning", "entryMissing 1", sql`delete from audit_entry where position < 3`],
    ["a log without entries", "entryMissing 1", sql`delete from audit_entry`],
    [
      "entries in another order",
      "entryChanged 2",
      sql`update audit_entry set position = case position when 2 then -3 else -2 end where position in (2, 3)`,
      sql`update audit_entry set position = -position where position < 0`,
    ],
    [
      "an entry that was taken out, with those after it moved up",
      "entryChanged 2",
      sql`delete from audit_entry where position = 2`,
      sql`update audit_entry set position = -position where position > 2`,
      sql`update audit_entry set position = -position - 1 where position < 0`,
    ],
    ["an end that says it is nearer", "headChanged 3", sql`update audit_head set position = 3`],
    ["a beginning that says it was dropped", "headChanged 5", sql`update audit_head set dropped_position = 2`],
  ] as const;

  for (const [what, found, ...statements] of tampering) {
    test(`[MG-AUDIT-5] ${what} is found`, async () => {
      await using server = await startTestServer({ settings: await newDatabase() });
      await sealed(server, 5);
      await withoutTriggers(server);
      for (const statement of statements) await statement.execute(server.db);
      assert.equal(await faultIn(server), found);
    });
  }

  test("[MG-AUDIT-5] a log that was cut off together with its head shows it once it goes on", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    await sealed(server, 5);
    await withoutTriggers(server);
    await sql`delete from audit_entry where position > 3`.execute(server.db);
    const { hash } = await server.db
      .selectFrom("auditEntry")
      .select("hash")
      .where("position", "=", 3)
      .executeTakeFirstOrThrow();
    await sql`update audit_head set position = 3, hash = ${hash}`.execute(server.db);
    assert.equal(await faultIn(server), "headChanged 3");
    await newApplication(server.console);
    await eventually("the next entry", async () => (await endOf(server)).position === 5);
    assert.equal(await faultIn(server), "entryMissing 4");
    assert.ok(server.logged.some((line) => line.includes("the end of the audit log was not written")));
  });

  test("[MG-AUDIT-3] who does not have the key can neither go on with the log nor verify it, until it is named as a former one", async (t) => {
    const data = mkdtempSync(join(tmpdir(), "latchkey-audit-"));
    t.after(() => {
      rmSync(data, { recursive: true });
    });
    const settings = { ...(await newDatabase()), data };
    {
      await using server = await startTestServer({ settings });
      await sealed(server, 2);
    }
    {
      await using server = await startTestServer({ settings: { ...settings, signingKey: otherKey } });
      assert.equal(await faultIn(server), "headChanged 2");
    }
    await using server = await startTestServer({
      settings: { ...settings, signingKey: otherKey, formerSigningKeys: testKey },
    });
    assert.equal(await faultIn(server), undefined);
    await sealed(server, 3);
    assert.equal(await faultIn(server), undefined);
  });

  test("[MG-AUDIT-6] entries whose time is over are dropped from the beginning, and the rest is still sound", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({
      clock,
      settings: { ...(await newDatabase()), auditRetention: "30d" },
    });
    const noted = await sealed(server, 3);
    await clock.leap(20 * dayMs);
    await sealed(server, 5);
    await clock.leap(11 * dayMs);
    await eventually("the drop", async () => {
      await clock.leap(60_000);
      return (await endOf(server)).droppedPosition === 3;
    });
    const { entries } = await must(server.console, "exportAudit", {});
    assert.deepEqual(
      entries.map(({ position }) => position),
      [4, 5],
    );
    assert.equal(await faultIn(server), undefined);
    assert.equal(await faultIn(server, noted), undefined);
  });
});

/** Makes entries until the sealed log has this many. */
async function sealed(server: TestServer, count: number) {
  for (let { position, unsealed } = await endOf(server); position + unsealed < count; unsealed++) {
    await newApplication(server.console);
  }
  await eventually(`${count} sealed entries`, async () => (await endOf(server)).position === count);
  return endOf(server);
}

async function endOf(server: TestServer) {
  const { fault: _, ...end } = await must(server.console, "verifyAudit", {});
  return end;
}

async function faultIn(server: TestServer, noted: { position?: number; hash?: string } = {}) {
  const { position, hash } = noted;
  const asked = { ...(position !== undefined && { position }), ...(hash !== undefined && { hash }) };
  const { fault } = await must(server.console, "verifyAudit", asked);
  return fault && `${fault.kind} ${fault.position}`;
}

/** As whoever has the database can do. */
async function withoutTriggers({ db }: TestServer): Promise<void> {
  const names = ["audit_entry_content", "audit_entry_sealed", "audit_entry_kept"];
  const isSqlite = "runDirectly" in db.getExecutor().adapter;
  for (const name of names) {
    await sql`drop trigger ${sql.ref(name)} ${isSqlite ? sql`` : sql`on audit_entry`}`.execute(db);
  }
}
