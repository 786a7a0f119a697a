import type { Account, AccountId, Db } from "./tables.ts";

/** An account's address has turned out to be its owner's. No row: it was not waiting for that, and stays as it is. */
export function enablePending(tx: Db, id: AccountId): Promise<Account | undefined> {
  return tx
    .updateTable("account")
    .set({ status: "enabled" })
    .where("id", "=", id)
    .where("status", "=", "unconfirmed")
    .returningAll()
    .executeTakeFirst();
}

/** Keeps an account from new sign-ins until its address is confirmed. No row: it cannot sign in anyway. */
export function unconfirmAddress(tx: Db, id: AccountId): Promise<Account | undefined> {
  return tx
    .updateTable("account")
    .set({ status: "unconfirmed" })
    .where("id", "=", id)
    .where("status", "=", "enabled")
    .returningAll()
    .executeTakeFirst();
}
