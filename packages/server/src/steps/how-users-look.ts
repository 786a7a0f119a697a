import { type OutputOf, settingsOf } from "@latchkey/protocol";
import { userOutput } from "#domain/user-output.ts";
import { columnsOf } from "#storage/columns.ts";
import type { Account, Application, Db } from "#storage/tables.ts";

/**
 * How the user service answers an account of an application, whose columns are read now: whoever changes something first
 * knows that it can be answered.
 */
export async function howUsersLook(
  db: Db,
  application: Application,
): Promise<(account: Account) => OutputOf<"getAccount">["account"]> {
  const columns = await columnsOf(db, { applicationId: application.id });
  return (account) => userOutput(account, columns, settingsOf(application));
}
