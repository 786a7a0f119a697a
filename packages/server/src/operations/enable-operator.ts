import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { operatorOutput } from "#domain/operator-output.ts";
import { updateOperator } from "#storage/operators.ts";
import { changeOperator } from "#steps/change-operator.ts";

export async function enableOperator(
  context: Context,
  caller: CallerOf<"enableOperator">,
  { operatorId }: InputOf<"enableOperator">,
): Promise<Answer<"enableOperator">> {
  const changed = await changeOperator(context, caller, operatorId, {
    write: (tx, { id }) => updateOperator(tx, id, { disabledAt: null }),
  });
  return changed.refused ? refuse(changed.refused) : done({ operator: operatorOutput(changed.operator) });
}
