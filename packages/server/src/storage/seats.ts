import type { ExpressionBuilder, SelectQueryBuilder } from "kysely";
import type { AccountId, ApplicationId, Db, LicenseId, Session, Tables } from "./tables.ts";

/** The instants that decide who still holds a session. */
export interface Holding {
  readonly now: number;
  /** Sessions of a node whose lease ended before this have used up their resume window. */
  readonly windowStart: number;
}

/** How many authorized live sessions an application has. */
export function countAuthorized(db: Db, applicationId: ApplicationId, holding: Holding): Promise<number> {
  return countHeld(db.selectFrom("session").where("session.applicationId", "=", applicationId), holding);
}

/** How many authorized live sessions hold a seat of a license. */
export function countSeatsTaken(db: Db, licenseId: LicenseId, holding: Holding): Promise<number> {
  return countHeld(db.selectFrom("session").where("session.licenseId", "=", licenseId), holding);
}

async function countHeld(sessions: SelectQueryBuilder<Tables, "session", object>, holding: Holding): Promise<number> {
  const { count } = await sessions
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("session.door", "=", "live")
    .where("session.authorizationId", "is not", null)
    .where((e) => isHeld(e, holding))
    .executeTakeFirstOrThrow();
  return count;
}

/** The sessions of an account at both doors; of the user service also those that have timed out. */
export function sessionsOfAccount(db: Db, accountId: AccountId, holding: Holding): Promise<Session[]> {
  return db
    .selectFrom("session")
    .selectAll()
    .where("session.accountId", "=", accountId)
    .where("session.authorizationId", "is not", null)
    .where((e) => e.or([e("session.door", "=", "user-service"), isHeld(e, holding)]))
    .orderBy("session.createdAt")
    .execute();
}

/** Not expired, and connected or within its resume window. */
function isHeld(e: ExpressionBuilder<Tables, "session">, { now, windowStart }: Holding) {
  return e.and([
    e.or([e("session.expiresAt", "is", null), e("session.expiresAt", ">", now)]),
    e.or([e("session.leaseUntil", ">", now), isConnected(e, windowStart)]),
  ]);
}

/** Connected to a live node, or within the resume window that its crash has opened. */
export function isConnected(e: ExpressionBuilder<Tables, "session">, windowStart: number) {
  return e.exists(
    e
      .selectFrom("node")
      .select("node.id")
      .whereRef("node.id", "=", "session.nodeId")
      .where("node.leaseUntil", ">", windowStart),
  );
}

/** Ends one lost session of the same client that holds a seat of the license (LP-LIC-6). */
export async function endLostSession(
  db: Db,
  { licenseId, clientId, now }: { licenseId: LicenseId; clientId: string; now: number },
): Promise<boolean> {
  const ended = await db
    .deleteFrom("session")
    .where("id", "=", (e) =>
      e
        .selectFrom("session as lost")
        .select("lost.id")
        .where("lost.licenseId", "=", licenseId)
        .where("lost.authorizationId", "is not", null)
        .where("lost.clientId", "=", clientId)
        .where((lost) =>
          lost.not(
            lost.exists(
              lost
                .selectFrom("node")
                .select("node.id")
                .whereRef("node.id", "=", "lost.nodeId")
                .where("node.leaseUntil", ">", now),
            ),
          ),
        )
        .limit(1),
    )
    .returning("id")
    .executeTakeFirst();
  return ended !== undefined;
}
