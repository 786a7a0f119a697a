import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { eventually, ManualClock, onEachDatabase } from "@latchkey/testkit";
import { sql } from "kysely";
import { AuditChain } from "#crypto/audit-chain.ts";
import { type DatabaseConfig, databaseKit, openDatabase } from "#storage/database.ts";
import { auditAfter, insertAuditEntry } from "#storage/audit.ts";
import type { Db } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { AuditSealer } from "./audit-sealer.ts";

const now = Date.UTC(2030, 0, 1);
const chain = new AuditChain(() => [Buffer.alloc(32, 7)]);

onEachDatabase("the sealer of the audit log", (newDatabase, kind) => {
  test("gives entries dense positions, each chained to the one before [MG-AUDIT-2]", async () => {
    await using house = await openHouse(await newDatabase());
    for (let n = 1; n <= 5; n++) await note(house.db, `${n}`);
    await house.sealer.seal();
    await note(house.another, "6");
    await house.sealer.seal();
    const entries = await auditAfter(house.db, 0, 100);
    assert.deepEqual(
      entries.map(({ position, recordId }) => `${position}: ${recordId}`),
      ["1: 1", "2: 2", "3: 3", "4: 4", "5: 5", "6: 6"],
    );
    let hash = "";
    for (const entry of entries) {
      assert.ok(chain.fits(hash, entry));
      ({ hash } = entry);
    }
    assert.deepEqual(
      (await auditAfter(house.db, 3, 2)).map(({ position }) => position),
      [4, 5],
    );
  });

  test("two processes that seal at once make one chain without gaps [MG-AUDIT-2]", async () => {
    await using house = await openHouse(await newDatabase());
    await using other = house.anotherSealer();
    await Promise.all(
      Array.from({ length: 300 }, async (_, n) => {
        await note(n % 2 ? house.db : house.another, `${n}`);
        await Promise.all([house.sealer.seal(), other.seal()]);
      }),
    );
    await house.sealer.seal();
    const entries = await auditAfter(house.db, 0, 1000);
    assert.deepEqual(
      entries.map(({ position }) => position),
      Array.from({ length: 300 }, (_, n) => n + 1),
    );
    assert.deepEqual(house.logged, []);
  });

  test("an entry whose transaction commits late is sealed after those that were sealed before it [MG-AUDIT-2]", async () => {
    await using house = await openHouse(await newDatabase());
    const late = Promise.withResolvers<void>();
    const inserted = Promise.withResolvers<void>();
    const slow = transact(house.db, async (tx) => {
      await note(tx, "slow");
      inserted.resolve();
      await late.promise;
      return {};
    });
    await inserted.promise;
    const quick = note(house.another, "quick");
    if (kind === "PostgreSQL") await quick;
    await house.sealer.seal();
    assert.deepEqual(await auditAfter(house.db, 0, 10), []);
    late.resolve();
    await Promise.all([slow, quick]);
    // It looks again by itself: nobody tells it when a transaction has ended.
    house.sealer.wake();
    await eventually("both entries", async () => (await auditAfter(house.db, 0, 10)).length === 2);
    const entries = await auditAfter(house.db, 0, 10);
    assert.deepEqual(
      entries.map(({ recordId }) => recordId),
      ["slow", "quick"],
    );
  });

  test("the database refuses to change or remove what is in the log [MG-AUDIT-4]", async () => {
    await using house = await openHouse(await newDatabase());
    await note(house.db, "1");
    const refused = /append-only/;
    await assert.rejects(sql`update audit_entry set record_id = 'x'`.execute(house.db), refused);
    await assert.rejects(sql`delete from audit_entry`.execute(house.db), refused);
    await house.sealer.seal();
    await assert.rejects(sql`update audit_entry set record_id = 'x'`.execute(house.db), refused);
    await assert.rejects(sql`update audit_entry set position = 2`.execute(house.db), refused);
    await assert.rejects(sql`update audit_entry set hash = null`.execute(house.db), refused);
    await assert.rejects(sql`delete from audit_entry`.execute(house.db), refused);
    await assert.rejects(sql`delete from audit_head`.execute(house.db), refused);
    if (kind === "PostgreSQL") await assert.rejects(sql`truncate audit_entry`.execute(house.db), refused);
  });
});

async function note(db: Db, recordId: string): Promise<void> {
  await insertAuditEntry(db, {
    at: now,
    actorKind: "system",
    actorId: null,
    actorName: null,
    address: null,
    reason: null,
    action: "test",
    recordKind: "thing",
    recordId,
    applicationId: null,
    before: null,
    after: null,
    requestId: null,
  });
}

async function openHouse(settings: Readonly<Record<string, string>>) {
  const directory = mkdtempSync(join(tmpdir(), "latchkey-audit-"));
  const url = settings["database"];
  const config: DatabaseConfig = url ? { kind: "postgres", url, connections: 10 } : { kind: "sqlite", directory };
  const db = await openDatabase(config);
  const another = await openDatabase(config);
  const clock = new ManualClock(now);
  const logged: string[] = [];
  const log = {
    info: () => undefined,
    error: (event: string, fields?: object) => void logged.push(`${event} ${JSON.stringify(fields)}`),
  };
  const sealer = new AuditSealer(db, databaseKit(config), clock, log, chain);
  return {
    db,
    another,
    clock,
    logged,
    sealer,
    anotherSealer: () => new AuditSealer(another, databaseKit(config), clock, log, chain),
    async [Symbol.asyncDispose]() {
      await sealer[Symbol.asyncDispose]();
      await db.destroy();
      await another.destroy();
      rmSync(directory, { recursive: true });
    },
  };
}
