import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { operatorOutput } from "#domain/operator-output.ts";
import { updateOperator } from "#storage/operators.ts";
import { changeOperator } from "#steps/change-operator.ts";

export async function disableOperator(
  context: Context,
  caller: CallerOf<"disableOperator">,
  { operatorId }: InputOf<"disableOperator">,
): Promise<Answer<"disableOperator">> {
  const changed = await changeOperator(context, caller, operatorId, {
    endsOwner: true,
    endsSessions: true,
    write: (tx, { id, disabledAt }) => updateOperator(tx, id, { disabledAt: disabledAt ?? context.now }),
  });
  return changed.refused ? refuse(changed.refused) : done({ operator: operatorOutput(changed.operator) });
}
