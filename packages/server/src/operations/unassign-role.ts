import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { takeRole } from "#storage/roles.ts";
import { changeRolesOf } from "#steps/change-roles-of.ts";

/** Takes a role from an account, by server code. */
export async function unassignRole(
  context: Context,
  { applicationId }: CallerOf<"unassignRole">,
  input: InputOf<"unassignRole">,
): Promise<Answer<"unassignRole">> {
  const { refused } = await changeRolesOf(context, applicationId, input, takeRole);
  return refused ? refuse(refused) : done({});
}
