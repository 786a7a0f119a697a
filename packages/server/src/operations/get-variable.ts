import type { Answer, InputOf } from "@latchkey/protocol";
import { codePoints, done, limits, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findVariable } from "#storage/variables.ts";

/** Reads a variable of the application; a protected one needs an authorization of any kind (LP-VAR-1). */
export async function getVariable(
  { db }: Context,
  { applicationId, authorization }: CallerOf<"getVariable">,
  { name }: InputOf<"getVariable">,
): Promise<Answer<"getVariable">> {
  if (codePoints(name) < limits.variableName.min) return refuse("variableNameInvalid");
  const variable = await findVariable(db, { applicationId, name });
  if (!authorization && variable?.visibility !== "public")
    return refuse(variable ? "notAuthorized" : "variableNotFound");
  return variable ? done({ content: variable.content }) : refuse("variableNotFound");
}
