import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { variableOutput } from "#domain/variable-output.ts";
import { findVariable } from "#storage/variables.ts";

export async function showVariable(
  { db }: Context,
  _: CallerOf<"showVariable">,
  named: InputOf<"showVariable">,
): Promise<Answer<"showVariable">> {
  const variable = await findVariable(db, named);
  return variable ? done({ variable: variableOutput(variable) }) : refuse("variableNotFound");
}
