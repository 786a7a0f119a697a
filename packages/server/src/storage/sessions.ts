import type { ExpressionBuilder, SelectQueryBuilder } from "kysely";
import { first, statement } from "./statement.ts";
import type {
  AccountId,
  ApplicationId,
  AuthorizationId,
  Db,
  LicenseId,
  NodeId,
  Session,
  SessionId,
  Tables,
} from "./tables.ts";

/** What a session is without being authorized, connected or marked. */
const blank = {
  clientId: null,
  nodeId: null,
  leaseUntil: null,
  authorizationId: null,
  accountId: null,
  licenseId: null,
  expiresAt: null,
  disabledAt: null,
} as const satisfies Partial<Session>;

/** What every session has, and as much of the rest as this one does. */
export type NewSession = Omit<Session, keyof typeof blank> & Partial<Session>;

export async function insertSession(db: Db, session: NewSession): Promise<void> {
  await insert(db, { ...blank, ...session });
}

const insert = statement<Session, never>((db, given) =>
  db.insertInto("session").values({
    id: given("id"),
    applicationId: given("applicationId"),
    door: given("door"),
    secretHash: given("secretHash"),
    clientId: given("clientId"),
    address: given("address"),
    nodeId: given("nodeId"),
    leaseUntil: given("leaseUntil"),
    authorizationId: given("authorizationId"),
    accountId: given("accountId"),
    licenseId: given("licenseId"),
    expiresAt: given("expiresAt"),
    createdAt: given("createdAt"),
    lastSeenAt: given("lastSeenAt"),
    disabledAt: given("disabledAt"),
  }),
);

/** What a session is to be authorized to. */
export interface NewAuthorization {
  readonly sessionId: SessionId;
  readonly authorizationId: AuthorizationId;
  readonly accountId: AccountId | null;
  readonly licenseId: LicenseId | null;
  readonly expiresAt: number | null;
  readonly now: number;
}

/** Authorizes a live session that is not. `undefined`: it is authorized already, or has ended. */
export const authorizeSession = first(
  statement<NewAuthorization, { id: SessionId }>((db, given) =>
    db
      .updateTable("session")
      .set({
        authorizationId: given("authorizationId"),
        accountId: given("accountId"),
        licenseId: given("licenseId"),
        expiresAt: given("expiresAt"),
        lastSeenAt: given("now"),
      })
      .where("id", "=", given("sessionId"))
      .where((e) => e.or([e("authorizationId", "is", null), e("expiresAt", "<=", given("now"))]))
      .returning("id"),
  ),
);

/**
 * Ends one authorization, named so that a later one of the same session is out of reach. `undefined`: it had ended
 * already, there was nothing to end.
 */
export const endAuthorization = first(
  statement<{ sessionId: SessionId; authorizationId: AuthorizationId }, { id: SessionId }>((db, given) =>
    db
      .updateTable("session")
      .set({ authorizationId: null, accountId: null, licenseId: null, expiresAt: null })
      .where("id", "=", given("sessionId"))
      .where("authorizationId", "=", given("authorizationId"))
      .returning("id"),
  ),
);

/** Moves the end of one authorization, named like above. `false`: it has ended, and nothing may be done in its name. */
export async function moveExpiry(
  db: Db,
  named: {
    readonly sessionId: SessionId;
    readonly authorizationId: AuthorizationId;
    readonly expiresAt: number | null;
  },
): Promise<boolean> {
  const moved = await db
    .updateTable("session")
    .set({ expiresAt: named.expiresAt })
    .where("id", "=", named.sessionId)
    .where("authorizationId", "=", named.authorizationId)
    .returning("id")
    .executeTakeFirst();
  return moved !== undefined;
}

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

/** Not expired, and connected to a live node or within a resume window: its own, or the one of a node that crashed. */
function isHeld(e: ExpressionBuilder<Tables, "session">, { now, windowStart }: Holding) {
  const node = e
    .selectFrom("node")
    .select("node.id")
    .whereRef("node.id", "=", "session.nodeId")
    .where("node.leaseUntil", ">", windowStart);
  return e.and([
    e.or([e("session.expiresAt", "is", null), e("session.expiresAt", ">", now)]),
    e.or([e("session.leaseUntil", ">", now), e.exists(node)]),
  ]);
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

/** Opens the resume window of a session whose connection was lost. */
export async function loseSession(db: Db, id: SessionId, nodeId: NodeId, leaseUntil: number): Promise<void> {
  await db
    .updateTable("session")
    .set({ nodeId: null, leaseUntil })
    .where("id", "=", id)
    .where("nodeId", "=", nodeId)
    .execute();
}

/** The same for every session of a node that stops. */
export async function loseSessionsOf(db: Db, nodeId: NodeId, leaseUntil: number): Promise<void> {
  await db.updateTable("session").set({ nodeId: null, leaseUntil }).where("nodeId", "=", nodeId).execute();
}

export async function deleteSession(db: Db, id: SessionId): Promise<void> {
  await db.deleteFrom("session").where("id", "=", id).execute();
}

/** Drops live sessions whose resume window is over. */
export async function pruneLostSessions(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom("session")
    .where("door", "=", "live")
    .where("nodeId", "is", null)
    .where("leaseUntil", "<", now)
    .execute();
}
