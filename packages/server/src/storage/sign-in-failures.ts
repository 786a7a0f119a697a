import type { Account, ApplicationId, Db } from "./tables.ts";

interface Identity {
  readonly applicationId: ApplicationId;
  readonly identityKey: string;
}

export function findFailures(db: Db, { applicationId, identityKey }: Identity) {
  return db
    .selectFrom("signInFailure")
    .selectAll()
    .where("applicationId", "=", applicationId)
    .where("identityKey", "=", identityKey)
    .executeTakeFirst();
}

/** Those of every identity of an account. */
export function failuresOf(db: Db, { id, applicationId }: Account) {
  return db
    .selectFrom("signInFailure")
    .selectAll()
    .where("applicationId", "=", applicationId)
    .where("identityKey", "in", db.selectFrom("identity").select("key").where("accountId", "=", id))
    .execute();
}

/** Counts one wrong password, and answers how many they are; failures that ended before `since` are forgotten first. */
export async function countFailure(db: Db, identity: Identity, now: number, since: number): Promise<number> {
  const { count } = await db
    .insertInto("signInFailure")
    .values({ ...identity, count: 1, lastFailedAt: now })
    .onConflict((c) =>
      c.columns(["applicationId", "identityKey"]).doUpdateSet((e) => ({
        count: e
          .case()
          .when("signInFailure.lastFailedAt", ">", since)
          .then(e("signInFailure.count", "+", 1))
          .else(1)
          .end(),
        lastFailedAt: now,
      })),
    )
    .returning("count")
    .executeTakeFirstOrThrow();
  return count;
}

export async function forgetFailures(db: Db, { applicationId, identityKey }: Identity): Promise<void> {
  await db
    .deleteFrom("signInFailure")
    .where("applicationId", "=", applicationId)
    .where("identityKey", "=", identityKey)
    .execute();
}

/** The same for every identity of an account. */
export async function forgetFailuresOf(db: Db, { id, applicationId }: Account): Promise<void> {
  await db
    .deleteFrom("signInFailure")
    .where("applicationId", "=", applicationId)
    .where("identityKey", "in", db.selectFrom("identity").select("key").where("accountId", "=", id))
    .execute();
}

/** Drops counters that can no longer lock anybody; their number is bounded by what fails within the time (US-LOCK-4). */
export async function pruneFailures(db: Db, before: number): Promise<void> {
  await db.deleteFrom("signInFailure").where("lastFailedAt", "<", before).execute();
}
