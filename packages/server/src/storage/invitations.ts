import type { Page } from "./page.ts";
import type { Db } from "./tables.ts";
import type { Invitation, InvitationId, OperatorId } from "./tables-operators.ts";

/** How a link is found: by what its address holds, at an instant. */
interface Sought {
  readonly secretHash: string;
  readonly now: number;
}

/** Makes a link in place of the one for the same purpose, which is void from here on. */
export async function putInvitation(tx: Db, invitation: Invitation): Promise<void> {
  await tx
    .insertInto("invitation")
    .values(invitation)
    .onConflict((c) => c.column("purpose").doUpdateSet(invitation))
    .execute();
}

export function findInvitation(db: Db, { secretHash, now }: Sought): Promise<Invitation | undefined> {
  return db
    .selectFrom("invitation")
    .selectAll()
    .where("secretHash", "=", secretHash)
    .where("expiresAt", ">", now)
    .executeTakeFirst();
}

/** Takes a link away for good. No row: it was used, is void or has expired. */
export function useInvitation(tx: Db, { secretHash, now }: Sought): Promise<Invitation | undefined> {
  return tx
    .deleteFrom("invitation")
    .where("secretHash", "=", secretHash)
    .where("expiresAt", ">", now)
    .returningAll()
    .executeTakeFirst();
}

export function listInvitations(db: Db, { limit, after }: Page, now: number): Promise<Invitation[]> {
  return db
    .selectFrom("invitation")
    .selectAll()
    .where("kind", "=", "invitation")
    .where("expiresAt", ">", now)
    .$if(after !== undefined, (query) =>
      query.where((e) =>
        e(e.refTuple("createdAt", "id"), ">", e.tuple(after?.createdAt ?? 0, (after?.id ?? "") as InvitationId)),
      ),
    )
    .orderBy("createdAt")
    .orderBy("id")
    .limit(limit)
    .execute();
}

export function removeInvitation(tx: Db, id: string): Promise<Invitation | undefined> {
  return tx
    .deleteFrom("invitation")
    .where("id", "=", id as InvitationId)
    .where("kind", "=", "invitation")
    .returningAll()
    .executeTakeFirst();
}

/** Takes away the links by which an operator would set a new password. */
export async function voidPasswordResets(tx: Db, operatorId: OperatorId): Promise<void> {
  await tx.deleteFrom("invitation").where("operatorId", "=", operatorId).execute();
}

/** Takes away the links by which those would come in whom an operator has invited. */
export async function voidInvitationsBy(tx: Db, operatorId: OperatorId): Promise<void> {
  await tx.deleteFrom("invitation").where("inviterId", "=", operatorId).execute();
}

/** Links that have expired say nothing any more. */
export async function pruneInvitations(db: Db, now: number): Promise<void> {
  await db.deleteFrom("invitation").where("expiresAt", "<=", now).execute();
}
