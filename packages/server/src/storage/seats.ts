import type { ExpressionBuilder, SelectQueryBuilder } from "kysely";
import { inParts } from "./in-parts.ts";
import type { AccountId, ApplicationId, AuthorizationId, Db, LicenseId, Session, Tables } from "./tables.ts";

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

/** Those of these authorizations of live sessions that hold, each with its application. */
export async function heldAuthorizations(db: Db, ids: readonly string[], holding: Holding) {
  const held: Pick<Session, "authorizationId" | "applicationId">[] = [];
  for (const part of inParts(ids)) {
    const rows = await db
      .selectFrom("session")
      .select(["session.authorizationId", "session.applicationId"])
      .where("session.authorizationId", "in", part as readonly AuthorizationId[])
      .where((e) => isHeld(e, holding))
      .execute();
    held.push(...rows);
  }
  return held;
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

/**
 * Ends one lost session of the same client that holds a seat of the license (LP-LIC-6), unless a resume is faster: that
 * gives it another secret. PostgreSQL looks at nothing but the row's own columns again once it has waited for the row.
 */
export async function endLostSession(
  db: Db,
  { licenseId, clientId, now }: { licenseId: LicenseId; clientId: string; now: number },
): Promise<boolean> {
  const lost = await db
    .selectFrom("session")
    .select(["id", "secretHash"])
    .where("licenseId", "=", licenseId)
    .where("authorizationId", "is not", null)
    .where("clientId", "=", clientId)
    .where((e) => e.not(isConnected(e, now)))
    .limit(1)
    .executeTakeFirst();
  if (!lost) return false;
  const ended = await db
    .deleteFrom("session")
    .where("id", "=", lost.id)
    .where("secretHash", "=", lost.secretHash)
    .returning("id")
    .executeTakeFirst();
  return ended !== undefined;
}
