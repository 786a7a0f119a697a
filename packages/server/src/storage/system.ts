import type { DatabaseKit } from "./dialects/kit.ts";
import { migrationsOn } from "./migrations/index.ts";
import type { LogPosition } from "./changes.ts";
import type { Db } from "./tables.ts";

/** A number that stands for more, so that the count of a long log costs little. */
const countedAtMost = 10_000;

/** How the schema relates to the one that this release knows. */
export async function schemaState(db: Db, kit: DatabaseKit): Promise<"current" | "older" | "newer"> {
  const known = migrationsOn(kit);
  const plain = db.withoutPlugins().$extendTables<{ kysely_migration: { name: string } }>();
  const applied = new Set(
    (await plain.selectFrom("kysely_migration").select("name").execute()).map(({ name }) => name),
  );
  if ([...applied].some((name) => !(name in known))) return "newer";
  return Object.keys(known).every((name) => applied.has(name)) ? "current" : "older";
}

export async function databaseBytes(db: Db, kit: DatabaseKit): Promise<number> {
  const { bytes } = await db.selectNoFrom(kit.databaseBytes.as("bytes")).executeTakeFirstOrThrow();
  return bytes;
}

/** What a follower of the change log has not read yet: how much it is, and when the oldest was made. */
export async function changesAfter(
  db: Db,
  { transactionNumber, serial }: LogPosition,
): Promise<{ readonly count: number; readonly oldestAt: number | null }> {
  const rows = await db
    .selectFrom("change")
    .select("at")
    .where((e) =>
      e.or([
        e("transactionNumber", ">", transactionNumber),
        e.and([e("transactionNumber", "=", transactionNumber), e("serial", ">", serial)]),
      ]),
    )
    .orderBy("transactionNumber")
    .orderBy("serial")
    .limit(countedAtMost)
    .execute();
  return { count: rows.length, oldestAt: rows[0]?.at ?? null };
}

/** Mails that wait to be sent, and since when the first of them does. */
export async function waitingMails(db: Db): Promise<{ readonly count: number; readonly oldestAt: number | null }> {
  return db
    .selectFrom("mail")
    .select((e) => [e.fn.countAll<number>().as("count"), e.fn.min("queuedAt").as("oldestAt")])
    .executeTakeFirstOrThrow();
}
