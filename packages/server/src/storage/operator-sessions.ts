import { first, statement } from "./statement.ts";
import type { Db } from "./tables.ts";
import type { Operator, OperatorId, OperatorSession, OperatorSessionId } from "./tables-operators.ts";

/** How long a session lasts: since its last use, and in all. */
export interface SessionBounds {
  readonly seenAfter: number;
  readonly madeAfter: number;
}

export type HeldSession = Pick<Operator, "id" | "name" | "role"> & {
  readonly sessionId: OperatorSessionId;
  readonly lastSeenAt: number;
};

/** Whose a session is, as they are now. No row: it has ended, or its operator may not be here. */
export const findHeldSession = first(
  statement<{ secretHash: string } & SessionBounds, HeldSession>((db, given) =>
    db
      .selectFrom("operatorSession as session")
      .innerJoin("operator", "operator.id", "session.operatorId")
      .select(["operator.id", "operator.name", "operator.role", "session.id as sessionId", "session.lastSeenAt"])
      .where("session.secretHash", "=", given("secretHash"))
      .where("session.lastSeenAt", ">", given("seenAfter"))
      .where("session.createdAt", ">", given("madeAfter"))
      .where("operator.disabledAt", "is", null),
  ),
);

export async function insertOperatorSession(tx: Db, session: OperatorSession): Promise<void> {
  await tx.insertInto("operatorSession").values(session).execute();
}

export function listOperatorSessions(
  db: Db,
  operatorId: string,
  { seenAfter, madeAfter }: SessionBounds,
): Promise<OperatorSession[]> {
  return db
    .selectFrom("operatorSession")
    .selectAll()
    .where("operatorId", "=", operatorId as OperatorId)
    .where("lastSeenAt", ">", seenAfter)
    .where("createdAt", ">", madeAfter)
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
}

export async function noteSessionUse(
  db: Db,
  { id, now, before }: { readonly id: OperatorSessionId; readonly now: number; readonly before: number },
): Promise<void> {
  await db
    .updateTable("operatorSession")
    .set({ lastSeenAt: now })
    .where("id", "=", id)
    .where("lastSeenAt", "<=", before)
    .execute();
}

/** `false`: the operator has no such session. */
export async function endOperatorSession(tx: Db, operatorId: string, id: string): Promise<boolean> {
  const ended = await tx
    .deleteFrom("operatorSession")
    .where("id", "=", id as OperatorSessionId)
    .where("operatorId", "=", operatorId as OperatorId)
    .returning("id")
    .executeTakeFirst();
  return ended !== undefined;
}

/** Ends an operator's sessions, all or all but one; answers how many there were. */
export async function endOperatorSessions(tx: Db, operatorId: OperatorId, except?: string): Promise<number> {
  const ended = await tx
    .deleteFrom("operatorSession")
    .where("operatorId", "=", operatorId)
    .$if(except !== undefined, (query) => query.where("id", "!=", except as OperatorSessionId))
    .returning("id")
    .execute();
  return ended.length;
}

/** Sessions that are over say nothing any more. */
export async function pruneOperatorSessions(db: Db, { seenAfter, madeAfter }: SessionBounds): Promise<void> {
  await db
    .deleteFrom("operatorSession")
    .where((e) => e.or([e("lastSeenAt", "<=", seenAfter), e("createdAt", "<=", madeAfter)]))
    .execute();
}
