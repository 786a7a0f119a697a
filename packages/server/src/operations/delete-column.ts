import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import type { Decision } from "#domain/decision.ts";
import { lockApplication } from "#storage/applications.ts";
import { removeColumn } from "#storage/columns.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";

/** Deletes a column, its value in every account, and what made the values unique. */
export async function deleteColumn(
  context: Context,
  _: CallerOf<"deleteColumn">,
  { applicationId, name }: InputOf<"deleteColumn">,
): Promise<Answer<"deleteColumn">> {
  const deleted = await transact<Decision<object, "columnNotFound">>(context.db, async (tx) => {
    const application = await lockApplication(tx, applicationId);
    const isRemoved = application && (await removeColumn(tx, application.id, name));
    if (!isRemoved) return { refused: "columnNotFound" };
    await recordAudit(tx, context, { record: "column", id: name, applicationId, before: { name } });
    return {};
  });
  return deleted.refused ? refuse(deleted.refused) : done({});
}
