import { unconfirmAddress } from "#storage/confirmations.ts";
import type { Account, Db } from "#storage/tables.ts";
import { queueMail } from "./queue-mail.ts";

/**
 * Makes an enabled account wait until its address is confirmed, and queues the mail for that (US-REG-6). Sessions that
 * it has go on. Runs in the transaction that gave the account its address; who commits it wakes the sender of mails.
 */
export async function demandConfirmation(tx: Db, account: Account, now: number): Promise<Account> {
  if (account.email === null) return account;
  const current = (await unconfirmAddress(tx, account.id)) ?? account;
  if (current.status === "unconfirmed") {
    await queueMail(tx, { applicationId: account.applicationId, account, kind: "confirm", now });
  }
  return current;
}
