import { inParts } from "./in-parts.ts";
import { isConnected } from "./seats.ts";
import { first, statement } from "./statement.ts";
import type { Authorization, LiveSession } from "./live-session.ts";
import type { ApplicationId, Db, NodeId, Session, SessionId } from "./tables.ts";

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
  attachedTo: null,
  previousHash: null,
  subscribedAt: null,
  sharedAt: null,
  recentActions: null,
  provider: null,
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
    attachedTo: given("attachedTo"),
    previousHash: given("previousHash"),
    subscribedAt: given("subscribedAt"),
    recentActions: given("recentActions"),
    provider: given("provider"),
  }),
);

/** A session as one connection has it: whoever resumed it meanwhile has another secret. */
export interface HeldSession {
  readonly id: SessionId;
  readonly secretHash: string;
}

/** Opens the resume window of a session whose connection was lost; of one that has none it stays as it is. */
export const loseSession = statement<
  HeldSession & { readonly leaseUntil: number; readonly recentActions: string | null },
  never
>((db, given) =>
  db
    .updateTable("session")
    .set({ nodeId: null, leaseUntil: given("leaseUntil"), recentActions: given("recentActions") })
    .where("id", "=", given("id"))
    .where("secretHash", "=", given("secretHash"))
    .where("nodeId", "is not", null),
);

/** Ends the session of a connection. */
export const deleteSession = statement<HeldSession, never>((db, given) =>
  db.deleteFrom("session").where("id", "=", given("id")).where("secretHash", "=", given("secretHash")),
);

/**
 * Finds the live session of a resume id that is not used up and whose window is open. Until the transaction ends nobody
 * else can take it over, end it or change what it is authorized to.
 */
export const claimForResume = first(
  statement<{ hash: string; now: number; windowStart: number }, Session>((db, given) =>
    db
      .updateTable("session")
      .set({ lastSeenAt: given("now") })
      .where((e) => e.or([e("secretHash", "=", given("hash")), e("previousHash", "=", given("hash"))]))
      .where("door", "=", "live")
      .where((e) => e.or([e("leaseUntil", ">", given("now")), isConnected(e, given("windowStart"))]))
      .returningAll(),
  ),
);

/** Gives a claimed session to a new connection; the resume id it was claimed by stays good until `useUpResumeId`. */
export const takeOver = statement<HeldSession & Pick<Session, "previousHash" | "nodeId" | "address">, never>(
  (db, given) =>
    db
      .updateTable("session")
      .set({
        secretHash: given("secretHash"),
        previousHash: given("previousHash"),
        nodeId: given("nodeId"),
        address: given("address"),
        leaseUntil: null,
        recentActions: null,
      })
      .where("id", "=", given("id")),
);

/** The resume id before this connection's is worth nothing any more. */
export async function useUpResumeId(db: Db, { id, secretHash }: HeldSession): Promise<void> {
  await db
    .updateTable("session")
    .set({ previousHash: null })
    .where("id", "=", id)
    .where("secretHash", "=", secretHash)
    .execute();
}

/** The live sessions of these that are there, as their rows say now. */
export async function readLiveSessions(db: Db, ids: readonly SessionId[]): Promise<Map<SessionId, LiveSession>> {
  const found = new Map<SessionId, LiveSession>();
  for (const part of inParts(ids)) {
    const rows = await db.selectFrom("session").selectAll().where("id", "in", part).execute();
    for (const row of rows) found.set(row.id, liveSession(row));
  }
  return found;
}

export function liveSession(row: Session): LiveSession {
  const authorization = authorizationOf(row);
  return {
    id: row.id,
    secretHash: row.secretHash,
    applicationId: row.applicationId,
    clientId: row.clientId ?? "",
    isSubscribed: row.subscribedAt !== null,
    ...(authorization && { authorization }),
    ...(!authorization && row.licenseId !== null && { formerLicenseId: row.licenseId }),
  };
}

function authorizationOf({
  authorizationId,
  accountId,
  licenseId,
  expiresAt,
  attachedTo,
}: Session): Authorization | undefined {
  if (authorizationId === null) return undefined;
  return {
    id: authorizationId,
    ...(accountId !== null && { accountId }),
    ...(licenseId !== null && { licenseId }),
    ...(expiresAt !== null && { expiresAt }),
    ...(attachedTo !== null && { attachedTo }),
  };
}

/** The same for every session of a node that stops. */
export async function loseSessionsOf(db: Db, nodeId: NodeId, leaseUntil: number): Promise<void> {
  await db.updateTable("session").set({ nodeId: null, leaseUntil }).where("nodeId", "=", nodeId).execute();
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

export async function setSubscribed(tx: Db, id: SessionId, subscribedAt: number | null): Promise<void> {
  await tx.updateTable("session").set({ subscribedAt }).where("id", "=", id).execute();
}

/** Keeps other writes of the session waiting until the transaction ends. `undefined`: it has ended or was resumed elsewhere. */
export const lockSession = first(
  statement<HeldSession & { readonly now: number }, Pick<Session, "id">>((db, given) =>
    db
      .updateTable("session")
      .set({ lastSeenAt: given("now") })
      .where("id", "=", given("id"))
      .where("secretHash", "=", given("secretHash"))
      .returning("id"),
  ),
);

/** Ends the live sessions of a client id or address. */
export function deleteSessionsOfClient(
  tx: Db,
  {
    applicationId,
    kind,
    value,
  }: { readonly applicationId: ApplicationId; readonly kind: "client" | "address"; readonly value: string },
  except: SessionId | undefined,
): Promise<Pick<Session, "id">[]> {
  return tx
    .deleteFrom("session")
    .where("applicationId", "=", applicationId)
    .where("door", "=", "live")
    .where(kind === "client" ? "clientId" : "address", "=", value)
    .$if(except !== undefined, (query) => query.where("id", "!=", except ?? ("" as SessionId)))
    .returning("id")
    .execute();
}

/** Ends all sessions that an application has at a door. */
export async function deleteSessionsOf(tx: Db, applicationId: ApplicationId, door: Session["door"]): Promise<void> {
  await tx.deleteFrom("session").where("applicationId", "=", applicationId).where("door", "=", door).execute();
}

export function findSession(db: Db, id: string): Promise<Session | undefined> {
  return db
    .selectFrom("session")
    .selectAll()
    .where("id", "=", id as SessionId)
    .executeTakeFirst();
}

/** Removes a session and answers what it was. No row: there is none, or somebody else has ended it. */
export function takeSession(tx: Db, id: string): Promise<Session | undefined> {
  return tx
    .deleteFrom("session")
    .where("id", "=", id as SessionId)
    .returningAll()
    .executeTakeFirst();
}
