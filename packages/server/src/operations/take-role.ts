import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { takeRole as take } from "#storage/roles.ts";
import { changeRolesByOperator } from "#steps/change-roles-by-operator.ts";

/** Takes a role from an account, by the operator. */
export function takeRole(
  context: Context,
  _: CallerOf<"takeRole">,
  input: InputOf<"takeRole">,
): Promise<Answer<"takeRole">> {
  return changeRolesByOperator(context, input, take);
}
