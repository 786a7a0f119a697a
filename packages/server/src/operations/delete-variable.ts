import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { removeVariable } from "#storage/variables.ts";

export async function deleteVariable(
  { db }: Context,
  _: CallerOf<"deleteVariable">,
  { applicationId, name }: InputOf<"deleteVariable">,
): Promise<Answer<"deleteVariable">> {
  return (await removeVariable(db, applicationId, name)) ? done({}) : refuse("variableNotFound");
}
