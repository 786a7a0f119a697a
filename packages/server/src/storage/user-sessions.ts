import { isConnected } from "./seats.ts";
import { first, statement } from "./statement.ts";
import type { AccountId, Application, ApplicationId, Db, Session, SessionId } from "./tables.ts";

/** What is needed to tell whether a user token has timed out. */
export type TimedSession = Pick<Session, "id" | "lastSeenAt"> & Pick<Application, "settings">;

/** What is needed to tell whether a user token is live. */
export type UserSession = TimedSession & Pick<Session, "authorizationId" | "accountId" | "disabledAt">;

/** The session that a user token names, ended or not, with its application's settings; of this application only. */
export const findUserSession = first(
  statement<{ applicationId: ApplicationId; secretHash: string }, UserSession>((db, given) =>
    db
      .selectFrom("session")
      .innerJoin("application", "application.id", "session.applicationId")
      .select(["session.id", "authorizationId", "accountId", "lastSeenAt", "disabledAt", "application.settings"])
      .where("session.secretHash", "=", given("secretHash"))
      .where("session.applicationId", "=", given("applicationId"))
      .where("session.door", "=", "user-service"),
  ),
);

/** Ends all user-service sessions of an account but one; `disabledAt` leaves the mark of US-LOGOUT-8 on them. */
export function endUserSessions(
  db: Db,
  accountId: AccountId,
  disabledAt: number | null,
  kept?: SessionId,
): Promise<Pick<Session, "id">[]> {
  return db
    .updateTable("session")
    .set({ authorizationId: null, accountId: null, disabledAt })
    .where("accountId", "=", accountId)
    .where("authorizationId", "is not", null)
    .where("door", "=", "user-service")
    .$if(kept !== undefined, (query) => query.where("id", "!=", kept ?? ("" as SessionId)))
    .returning("id")
    .execute();
}

/** Ends one of them by its id alone. `undefined`: it has ended. */
export const endUserSession = first(
  statement<{ id: SessionId }, Pick<Session, "id">>((db, given) =>
    db
      .updateTable("session")
      .set({ authorizationId: null, accountId: null })
      .where("id", "=", given("id"))
      .where("door", "=", "user-service")
      .where("authorizationId", "is not", null)
      .returning("id"),
  ),
);

/** One that has neither been ended nor dropped, by its id; it may have timed out. */
export const findOpenUserSession = first(
  statement<{ id: SessionId }, TimedSession>((db, given) =>
    db
      .selectFrom("session")
      .innerJoin("application", "application.id", "session.applicationId")
      .select(["session.id", "lastSeenAt", "application.settings"])
      .where("session.id", "=", given("id"))
      .where("authorizationId", "is not", null),
  ),
);

/** Whether a live connection is attached to the session: then it is in use, however long ago its token was. */
export async function hasConnection(db: Db, id: SessionId, windowStart: number): Promise<boolean> {
  const attached = await db
    .selectFrom("session")
    .select("session.id")
    .where("session.attachedTo", "=", id)
    .where((e) => isConnected(e, windowStart))
    .limit(1)
    .execute();
  return attached.length > 0;
}

/** The provider it was opened through; `undefined`: none. */
export async function providerOfSession(db: Db, id: SessionId): Promise<string | undefined> {
  const found = await db.selectFrom("session").select("provider").where("id", "=", id).executeTakeFirst();
  return found?.provider ?? undefined;
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
    .where((e) =>
      e.not(e.exists(e.selectFrom("session as live").select("live.id").whereRef("live.attachedTo", "=", "session.id"))),
    )
    .execute();
}
