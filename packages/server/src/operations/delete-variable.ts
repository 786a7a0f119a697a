import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findVariable, removeVariable } from "#storage/variables.ts";
import type { Decision } from "#domain/decision.ts";
import { transact } from "#storage/transaction.ts";
import { recordVariable } from "#steps/record-variable.ts";

export async function deleteVariable(
  context: Context,
  _: CallerOf<"deleteVariable">,
  { applicationId, name }: InputOf<"deleteVariable">,
): Promise<Answer<"deleteVariable">> {
  const removed = await transact<Decision<object, "variableNotFound">>(context.db, async (tx) => {
    const before = await findVariable(tx, { applicationId, name });
    if (!before || !(await removeVariable(tx, applicationId, name))) return { refused: "variableNotFound" };
    await recordVariable(tx, context, before, undefined);
    return {};
  });
  return removed.refused ? refuse(removed.refused) : done({});
}
