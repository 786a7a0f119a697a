import { type OutputOf, settingsOf } from "@latchkey/protocol";
import { userOutput } from "#domain/user-output.ts";
import { columnsOf } from "#storage/columns.ts";
import type { Account, Application, Db } from "#storage/tables.ts";

/** An account as the user service answers it, with the columns of its application. */
export async function showUser(
  db: Db,
  application: Application,
  account: Account,
): Promise<OutputOf<"getAccount">["account"]> {
  const columns = await columnsOf(db, { applicationId: application.id });
  return userOutput(account, columns, settingsOf(application));
}
