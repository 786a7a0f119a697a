import type { ApplicationId, Db, SignInAttempt } from "./tables.ts";

export async function insertSignInAttempt(db: Db, attempt: SignInAttempt): Promise<void> {
  await db.insertInto("signInAttempt").values(attempt).execute();
}

/** Takes an attempt that is not over. No row: it was taken already, is over, or was never begun with this provider. */
export function takeSignInAttempt(
  db: Db,
  {
    stateHash,
    applicationId,
    provider,
    now,
  }: { stateHash: string; applicationId: ApplicationId; provider: string; now: number },
): Promise<SignInAttempt | undefined> {
  return db
    .deleteFrom("signInAttempt")
    .where("stateHash", "=", stateHash)
    .where("applicationId", "=", applicationId)
    .where("provider", "=", provider)
    .where("expiresAt", ">", now)
    .returningAll()
    .executeTakeFirst();
}

export async function pruneSignInAttempts(db: Db, now: number): Promise<void> {
  await db.deleteFrom("signInAttempt").where("expiresAt", "<=", now).execute();
}
