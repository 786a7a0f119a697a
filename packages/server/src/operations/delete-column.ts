import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import type { Decision } from "#domain/decision.ts";
import { lockApplication } from "#storage/applications.ts";
import { removeColumn } from "#storage/columns.ts";
import { transact } from "#storage/transaction.ts";

/** Deletes a column, its value in every account, and what made the values unique. */
export async function deleteColumn(
  { db }: Context,
  _: CallerOf<"deleteColumn">,
  { applicationId, name }: InputOf<"deleteColumn">,
): Promise<Answer<"deleteColumn">> {
  const deleted = await transact<Decision<object, "columnNotFound">>(db, async (tx) => {
    const application = await lockApplication(tx, applicationId);
    const isRemoved = application && (await removeColumn(tx, application.id, name));
    return isRemoved ? {} : { refused: "columnNotFound" };
  });
  return deleted.refused ? refuse(deleted.refused) : done({});
}
