import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { giveRole } from "#storage/roles.ts";
import { changeRolesOf } from "#steps/change-roles-of.ts";

/** Gives an account a role, by server code. */
export async function assignRole(
  context: Context,
  { applicationId }: CallerOf<"assignRole">,
  input: InputOf<"assignRole">,
): Promise<Answer<"assignRole">> {
  const { refused } = await changeRolesOf(context, applicationId, input, giveRole);
  return refused ? refuse(refused) : done({});
}
