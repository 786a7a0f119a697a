import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { giveRole as give } from "#storage/roles.ts";
import { changeRolesByOperator } from "#steps/change-roles-by-operator.ts";

/** Gives an account a role, by the operator. */
export function giveRole(
  context: Context,
  _: CallerOf<"giveRole">,
  input: InputOf<"giveRole">,
): Promise<Answer<"giveRole">> {
  return changeRolesByOperator(context, input, give);
}
