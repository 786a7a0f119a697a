import { first, statement } from "./statement.ts";
import type { AccountId, ApplicationId, Db, Session, SessionId } from "./tables.ts";

/** The session that a user token names, ended or not; of this application only. */
export const findUserSession = first(
  statement<{ applicationId: ApplicationId; secretHash: string }, Session>((db, given) =>
    db
      .selectFrom("session")
      .selectAll()
      .where("secretHash", "=", given("secretHash"))
      .where("applicationId", "=", given("applicationId"))
      .where("door", "=", "user-service"),
  ),
);

/** The user-service sessions of an account that have not been ended; some may have timed out. */
export function userSessionsOf(db: Db, accountId: AccountId): Promise<Pick<Session, "id" | "lastSeenAt">[]> {
  return db
    .selectFrom("session")
    .select(["id", "lastSeenAt"])
    .where("accountId", "=", accountId)
    .where("authorizationId", "is not", null)
    .where("door", "=", "user-service")
    .execute();
}

/** Ends all user-service sessions of an account; `disabledAt` leaves the mark of US-LOGOUT-8 on them. */
export async function endUserSessions(db: Db, accountId: AccountId, disabledAt: number | null): Promise<void> {
  await db
    .updateTable("session")
    .set({ authorizationId: null, accountId: null, disabledAt })
    .where("accountId", "=", accountId)
    .where("authorizationId", "is not", null)
    .where("door", "=", "user-service")
    .execute();
}

/** Takes the mark of a disabled account off a session; `false`: a parallel call was faster. */
export async function clearDisabledMark(db: Db, id: SessionId): Promise<boolean> {
  const cleared = await db
    .updateTable("session")
    .set({ disabledAt: null })
    .where("id", "=", id)
    .where("disabledAt", "is not", null)
    .returning("id")
    .executeTakeFirst();
  return cleared !== undefined;
}

/** Notes that sessions were used; never moves the time back. */
export async function touchSessions(db: Db, seen: ReadonlyMap<SessionId, number>): Promise<void> {
  for (const [id, lastSeenAt] of seen) await touchSession(db, { id, lastSeenAt });
}

export const touchSession = statement<{ id: SessionId; lastSeenAt: number }, never>((db, given) =>
  db
    .updateTable("session")
    .set({ lastSeenAt: given("lastSeenAt") })
    .where("id", "=", given("id"))
    .where("lastSeenAt", "<", given("lastSeenAt")),
);

/** Drops an application's sessions that ended or timed out; a mark stays as long as its session would have. */
export async function pruneUserSessions(db: Db, applicationId: ApplicationId, seenSince: number): Promise<void> {
  await db
    .deleteFrom("session")
    .where("applicationId", "=", applicationId)
    .where("door", "=", "user-service")
    .where((e) =>
      e.or([e("lastSeenAt", "<=", seenSince), e.and([e("authorizationId", "is", null), e("disabledAt", "is", null)])]),
    )
    .execute();
}
