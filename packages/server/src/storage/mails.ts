import type { Db, Mail } from "./tables.ts";

export async function insertMail(tx: Db, mail: Mail): Promise<void> {
  await tx.insertInto("mail").values(mail).execute();
}

/** Begins an attempt at the mail that has waited longest; nobody else begins one before `nextDueAt`. */
export function claimMail(tx: Db, { now, nextDueAt }: { now: number; nextDueAt: number }): Promise<Mail | undefined> {
  return tx
    .updateTable("mail")
    .set((e) => ({ dueAt: nextDueAt, attempts: e("attempts", "+", 1) }))
    .where("id", "=", (e) =>
      e.selectFrom("mail").select("id").where("dueAt", "<=", now).orderBy("dueAt").orderBy("id").limit(1),
    )
    .where("dueAt", "<=", now)
    .returningAll()
    .executeTakeFirst();
}

/** Ends an attempt for another one later, unless the mail is void or somebody else's by now. */
export async function postponeMail(db: Db, { id, attempts }: Mail, dueAt: number): Promise<void> {
  await db.updateTable("mail").set({ dueAt }).where("id", "=", id).where("attempts", "=", attempts).execute();
}

export async function deleteMail(db: Db, { id }: Pick<Mail, "id">): Promise<void> {
  await db.deleteFrom("mail").where("id", "=", id).execute();
}
