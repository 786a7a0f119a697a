import { sql } from "kysely";
import type { DatabaseKit } from "./dialects/kit.ts";
import { jsonMembers } from "./dialects/json-member.ts";
import { statement } from "./statement.ts";
import type { Page } from "./page.ts";
import type { Db } from "./tables.ts";
import type { ActorKind, AuditEntry, AuditHead, SealedEntry } from "./tables-audit.ts";

export type NewEntry = Omit<AuditEntry, "serial" | "transactionNumber" | "position" | "hash">;

/** Notes a change in the transaction that brings it about. */
export const insertAuditEntry = statement<NewEntry, never>((db, given) =>
  db.insertInto("auditEntry").values({
    at: given("at"),
    actorKind: given("actorKind"),
    actorId: given("actorId"),
    actorName: given("actorName"),
    address: given("address"),
    reason: given("reason"),
    action: given("action"),
    recordKind: given("recordKind"),
    recordId: given("recordId"),
    applicationId: given("applicationId"),
    before: given("before"),
    after: given("after"),
    requestId: given("requestId"),
  }),
);

interface Recorded {
  readonly action: string;
  readonly recordId: string;
  readonly at: number;
}

/** Whether an action upon a record was recorded with this instant. */
export async function isRecorded(db: Db, { action, recordId, at }: Recorded): Promise<boolean> {
  const found = await db
    .selectFrom("auditEntry")
    .select("serial")
    .where("recordId", "=", recordId)
    .where("at", "=", at)
    .where("action", "=", action)
    .executeTakeFirst();
  return found !== undefined;
}

/** The instant of the latest entry of an action. */
export async function lastRecorded(db: Db, action: string): Promise<number | undefined> {
  const query = db.selectFrom("auditEntry").select("at").where("action", "=", action);
  return (await query.orderBy("at", "desc").limit(1).executeTakeFirst())?.at;
}

/**
 * Entries that have no position yet, in the order in which they are to get one; only those before which no other can
 * appear any more. Waiting: there are others, which can be read when transactions have ended that are running now.
 */
export async function unsealedEntries(
  db: Db,
  kit: DatabaseKit,
  atMost: number,
): Promise<{ readonly entries: readonly AuditEntry[]; readonly isWaiting: boolean }> {
  const rows = await db
    .selectFrom("auditEntry")
    .selectAll()
    .select([kit.settledBefore.as("settledBefore"), kit.unusedFrom.as("unusedFrom")])
    .where("position", "is", null)
    .orderBy("transactionNumber")
    .orderBy("serial")
    .limit(atMost)
    .execute();
  const entries = rows
    // A number that is not used yet was given by another database, from which this one was restored.
    .filter((row) => row.transactionNumber < row.settledBefore || row.transactionNumber >= row.unusedFrom)
    .map(({ settledBefore: _, unusedFrom: __, ...entry }) => entry);
  return { entries, isWaiting: entries.length < rows.length };
}

/** Where the log ends; held until the transaction ends, so that one process at a time goes on with it. */
export async function holdAuditHead(tx: Db): Promise<AuditHead> {
  return tx
    .updateTable("auditHead")
    .set((e) => ({ position: e.ref("position") }))
    .returning(["position", "hash", "droppedPosition", "droppedHash", "code"])
    .executeTakeFirstOrThrow();
}

export async function readAuditHead(db: Db): Promise<AuditHead> {
  return db
    .selectFrom("auditHead")
    .select(["position", "hash", "droppedPosition", "droppedHash", "code"])
    .executeTakeFirstOrThrow();
}

export async function writeAuditHead(tx: Db, head: AuditHead): Promise<void> {
  await tx.updateTable("auditHead").set(head).execute();
}

/** Gives entries their positions and hashes: `[serial, position, hash]` each. */
export async function sealEntries(tx: Db, sealed: readonly (readonly [number, number, string])[]): Promise<void> {
  await sql`
    update audit_entry set position = sealed.position, hash = sealed.hash
    from (
      select cast(value ->> 0 as bigint) as serial, cast(value ->> 1 as bigint) as position, value ->> 2 as hash
      from ${jsonMembers(tx).elements(JSON.stringify(sealed))}
    ) as sealed
    where audit_entry.serial = sealed.serial`.execute(tx);
}

/**
 * The changes after a position, in their order: what follows the log reads this, from where it was. Only those of one
 * application, if that is given.
 */
export async function auditAfter(
  db: Db,
  position: number,
  atMost: number,
  applicationId?: string,
): Promise<readonly SealedEntry[]> {
  return db
    .selectFrom("auditEntry")
    .selectAll()
    .where("position", ">", position)
    .$if(applicationId !== undefined, (query) => query.where("applicationId", "=", applicationId ?? ""))
    .orderBy("position")
    .limit(atMost)
    .$narrowType<{ position: number; hash: string }>()
    .execute();
}

/** Removes the entries up to a position, which the head says are dropped. */
export async function dropEntries(tx: Db, position: number): Promise<void> {
  await tx.deleteFrom("auditEntry").where("position", "<=", position).execute();
}

export async function countUnsealed(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom("auditEntry")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("position", "is", null)
    .executeTakeFirstOrThrow();
  return count;
}

interface AuditFilter {
  readonly applicationId?: string | undefined;
  readonly actorKind?: ActorKind | undefined;
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  readonly recordKind?: string | undefined;
  readonly recordId?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

const filters = ["applicationId", "actorKind", "actorId", "action", "recordKind", "recordId"] as const;

/** The newest entries first, sealed or not. */
export async function listEntries(
  db: Db,
  { from, to, ...wanted }: AuditFilter,
  { limit, after }: Page,
): Promise<AuditEntry[]> {
  let query = db.selectFrom("auditEntry").selectAll();
  for (const name of filters) {
    const value = wanted[name];
    if (value !== undefined) query = query.where(name, "=", value);
  }
  if (from !== undefined) query = query.where("at", ">=", from);
  if (to !== undefined) query = query.where("at", "<", to);
  if (after) {
    const { createdAt: at, id } = after;
    query = query.where("at", "<=", at).where((e) => e.or([e("at", "<", at), e("serial", "<", Number(id))]));
  }
  return query.orderBy("at", "desc").orderBy("serial", "desc").limit(limit).execute();
}
