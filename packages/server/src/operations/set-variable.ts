import type { Answer, InputOf } from "@latchkey/protocol";
import { codePoints, done, limits, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findApplication } from "#storage/applications.ts";
import { putVariable } from "#storage/variables.ts";

export async function setVariable(
  { db, now }: Context,
  _: CallerOf<"setVariable">,
  { applicationId, ...variable }: InputOf<"setVariable">,
): Promise<Answer<"setVariable">> {
  const length = codePoints(variable.name);
  if (length < limits.variableName.min || length > limits.variableName.max) return refuse("variableNameInvalid");
  if (codePoints(variable.content) > limits.variableContent.max) return refuse("variableTooLong");
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const { name, content } = variable;
  const visibility = variable.public ? "public" : "protected";
  await putVariable(db, { applicationId: application.id, name, content, visibility, updatedAt: now });
  return done({ variable });
}
