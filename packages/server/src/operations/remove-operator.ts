import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { operatorOutput } from "#domain/operator-output.ts";
import { removeOperator as remove } from "#storage/operators.ts";
import { changeOperator } from "#steps/change-operator.ts";

export async function removeOperator(
  context: Context,
  caller: CallerOf<"removeOperator">,
  { operatorId }: InputOf<"removeOperator">,
): Promise<Answer<"removeOperator">> {
  const changed = await changeOperator(context, caller, operatorId, {
    endsOwner: true,
    endsSessions: true,
    write: async (tx, { id }) => {
      await remove(tx, id);
      return undefined;
    },
  });
  return changed.refused ? refuse(changed.refused) : done({ operator: operatorOutput(changed.operator) });
}
