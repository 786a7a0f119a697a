import type { HandOver } from "@latchkey/protocol";
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

/** What an attempt will come back to, as it was written when it began. */
export function attemptDetails({ handOver, fieldsMapping }: SignInAttempt): {
  readonly handOver: HandOver;
  readonly fieldsMapping: Readonly<Record<string, string>>;
} {
  return {
    handOver: JSON.parse(handOver) as HandOver,
    fieldsMapping: JSON.parse(fieldsMapping) as Record<string, string>,
  };
}

export async function pruneSignInAttempts(db: Db, now: number): Promise<void> {
  await db.deleteFrom("signInAttempt").where("expiresAt", "<=", now).execute();
}
