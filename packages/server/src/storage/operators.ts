import type { Page } from "./page.ts";
import type { Db } from "./tables.ts";
import type { Operator, OperatorId, OperatorSessionId } from "./tables-operators.ts";

export function findOperator(db: Db, id: string): Promise<Operator | undefined> {
  return db
    .selectFrom("operator")
    .selectAll()
    .where("id", "=", id as OperatorId)
    .executeTakeFirst();
}

export function findOperatorByEmail(db: Db, emailKey: string): Promise<Operator | undefined> {
  return db.selectFrom("operator").selectAll().where("emailKey", "=", emailKey).executeTakeFirst();
}

export async function isAnyOwner(db: Db): Promise<boolean> {
  const owner = await db.selectFrom("operator").select("id").where("role", "=", "owner").limit(1).executeTakeFirst();
  return owner !== undefined;
}

export function listOperators(db: Db, { limit, after }: Page): Promise<Operator[]> {
  return db
    .selectFrom("operator")
    .selectAll()
    .$if(after !== undefined, (query) =>
      query.where((e) =>
        e(e.refTuple("createdAt", "id"), ">", e.tuple(after?.createdAt ?? 0, (after?.id ?? "") as OperatorId)),
      ),
    )
    .orderBy("createdAt")
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** `false`: another operator has the address. */
export async function insertOperator(tx: Db, operator: Operator): Promise<boolean> {
  const inserted = await tx
    .insertInto("operator")
    .values(operator)
    .onConflict((c) => c.column("emailKey").doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted !== undefined;
}

/**
 * The owners that can sign in. Until the transaction ends nobody else can read them like this, so what is decided by
 * their number stays true.
 */
export async function lockOwners(tx: Db): Promise<OperatorId[]> {
  const owners = await tx
    .updateTable("operator")
    .set((e) => ({ id: e.ref("id") }))
    .where("role", "=", "owner")
    .where("disabledAt", "is", null)
    .returning("id")
    .execute();
  return owners.map(({ id }) => id);
}

/** Reads an operator and keeps whoever would sign in or change it waiting until the transaction ends. */
export function lockOperator(tx: Db, id: string): Promise<Operator | undefined> {
  return tx
    .updateTable("operator")
    .set((e) => ({ id: e.ref("id") }))
    .where("id", "=", id as OperatorId)
    .returningAll()
    .executeTakeFirst();
}

type Changes = Partial<
  Pick<Operator, "role" | "passwordHash" | "sealedFactor" | "pendingFactor" | "lastStep" | "disabledAt">
>;

export function updateOperator(tx: Db, id: OperatorId, changes: Changes): Promise<Operator | undefined> {
  return tx.updateTable("operator").set(changes).where("id", "=", id).returningAll().executeTakeFirst();
}

export async function removeOperator(tx: Db, id: OperatorId): Promise<void> {
  await tx.deleteFrom("operator").where("id", "=", id).execute();
}

/**
 * Claims an operator for a sign-in, as long as it is as it was when its password or its link was checked. `freshHash`:
 * what its password is kept as from here on.
 */
export function claimOperator(
  tx: Db,
  { id, passwordHash, sealedFactor }: Operator,
  { now, freshHash }: { readonly now: number; readonly freshHash?: string | undefined },
): Promise<Operator | undefined> {
  return tx
    .updateTable("operator")
    .set({ lastSignInAt: now, ...(freshHash !== undefined && { passwordHash: freshHash }) })
    .where("id", "=", id)
    .where("passwordHash", passwordHash === null ? "is" : "=", passwordHash)
    .where("sealedFactor", sealedFactor === null ? "is" : "=", sealedFactor)
    .where("disabledAt", "is", null)
    .returningAll()
    .executeTakeFirst();
}

/**
 * The operator that a session belongs to, while it lasts. Until the transaction ends nobody else can change what is the
 * operator's own.
 */
export async function lockOwnOperator(
  tx: Db,
  { id, sessionId }: { readonly id: string; readonly sessionId: string },
): Promise<Operator | undefined> {
  const operator = await lockOperator(tx, id);
  // A statement of its own: one that has waited for the lock sees other tables as they were before.
  const session = await tx
    .selectFrom("operatorSession")
    .select("id")
    .where("id", "=", sessionId as OperatorSessionId)
    .where("operatorId", "=", id as OperatorId)
    .executeTakeFirst();
  return session && operator?.disabledAt === null ? operator : undefined;
}

/** `false`: a code of this step or of a later one was taken before. */
export async function takeStep(tx: Db, id: OperatorId, step: number): Promise<boolean> {
  const taken = await tx
    .updateTable("operator")
    .set({ lastStep: step })
    .where("id", "=", id)
    .where("lastStep", "<", step)
    .returning("id")
    .executeTakeFirst();
  return taken !== undefined;
}
