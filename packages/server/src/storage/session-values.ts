import { first, statement } from "./statement.ts";
import type { Db, SessionId, SessionValue } from "./tables.ts";

/** A value that has not expired. */
export const findSessionValue = first(
  statement<{ sessionId: SessionId; key: string; now: number }, SessionValue>((db, given) =>
    db
      .selectFrom("sessionValue")
      .selectAll()
      .where("sessionId", "=", given("sessionId"))
      .where("key", "=", given("key"))
      .where("expiresAt", ">", given("now")),
  ),
);

export async function putSessionValue(tx: Db, entry: SessionValue): Promise<void> {
  const { value, bytes, expiresAt } = entry;
  await tx
    .insertInto("sessionValue")
    .values(entry)
    .onConflict((c) => c.columns(["sessionId", "key"]).doUpdateSet({ value, bytes, expiresAt }))
    .execute();
}

/** What a session's live values come to, after those that have expired are dropped. */
export async function sizeOfValues(tx: Db, sessionId: SessionId, now: number) {
  await tx.deleteFrom("sessionValue").where("sessionId", "=", sessionId).where("expiresAt", "<=", now).execute();
  return tx
    .selectFrom("sessionValue")
    .select((e) => [
      e.fn.countAll<number>().as("entries"),
      e.fn.coalesce(e.fn.sum<number>("bytes"), e.lit(0)).as("bytes"),
    ])
    .where("sessionId", "=", sessionId)
    .executeTakeFirstOrThrow();
}

/** `false`: there was none, or it had expired. */
export async function removeSessionValue(db: Db, sessionId: SessionId, key: string, now: number): Promise<boolean> {
  const removed = await db
    .deleteFrom("sessionValue")
    .where("sessionId", "=", sessionId)
    .where("key", "=", key)
    .returning("expiresAt")
    .executeTakeFirst();
  return removed !== undefined && removed.expiresAt > now;
}
