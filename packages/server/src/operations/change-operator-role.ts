import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { operatorOutput } from "#domain/operator-output.ts";
import { updateOperator } from "#storage/operators.ts";
import { mayGiveRole } from "#steps/among-operators.ts";
import { changeOperator } from "#steps/change-operator.ts";

export async function changeOperatorRole(
  context: Context,
  caller: CallerOf<"changeOperatorRole">,
  { operatorId, role }: InputOf<"changeOperatorRole">,
): Promise<Answer<"changeOperatorRole">> {
  if (!mayGiveRole(caller, role)) return refuse("grantTooWide");
  const changed = await changeOperator(context, caller, operatorId, {
    endsOwner: role !== "owner",
    write: (tx, { id }) => updateOperator(tx, id, { role }),
  });
  return changed.refused ? refuse(changed.refused) : done({ operator: operatorOutput(changed.operator) });
}
