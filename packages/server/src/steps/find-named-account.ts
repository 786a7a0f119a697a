import { findAccount } from "#storage/accounts.ts";
import type { Account, Db } from "#storage/tables.ts";

/** An account as operators name it; with the application's id, only one of its own. */
export interface NamedAccount {
  readonly accountId: string;
  readonly applicationId?: string;
}

export async function findNamedAccount(
  db: Db,
  { accountId, applicationId }: NamedAccount,
): Promise<Account | undefined> {
  const found = await findAccount(db, { id: accountId });
  return found && (applicationId === undefined || found.applicationId === applicationId) ? found : undefined;
}
