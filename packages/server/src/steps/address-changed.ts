import type { ApplicationSettings } from "@latchkey/protocol";
import { voidLinks } from "#storage/account-links.ts";
import type { Account, Db } from "#storage/tables.ts";
import { demandConfirmation } from "./demand-confirmation.ts";

/**
 * What follows from another e-mail address: the links that went to the one before are void (US-RECOV-6), and where
 * addresses have to be confirmed, the new one has to be, too (US-CONF-8). Runs in the transaction that changed it and
 * answers the account as it is then; who commits it wakes the sender of mails.
 */
export async function addressChanged(
  tx: Db,
  account: Account,
  { emailConfirmationRequired }: Pick<ApplicationSettings, "emailConfirmationRequired">,
  now: number,
): Promise<Account> {
  await voidLinks(tx, account.id, ["confirm", "recover"]);
  return emailConfirmationRequired ? demandConfirmation(tx, account, now) : account;
}
