import type { Answer, InputOf } from "@latchkey/protocol";
import { codePoints, done, limits, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { variableOutput } from "#domain/variable-output.ts";
import { lockApplication } from "#storage/applications.ts";
import { transact } from "#storage/transaction.ts";
import { findVariable, putVariable } from "#storage/variables.ts";
import { isStale } from "#steps/is-stale.ts";
import { recordVariable } from "#steps/record-variable.ts";

export async function setVariable(
  context: Context,
  _: CallerOf<"setVariable">,
  { applicationId, ...variable }: InputOf<"setVariable">,
): Promise<Answer<"setVariable">> {
  const length = codePoints(variable.name);
  if (length < limits.variableName.min || length > limits.variableName.max) return refuse("variableNameInvalid");
  if (codePoints(variable.content) > limits.variableContent.max) return refuse("variableTooLong");
  const { name, content } = variable;
  const visibility = variable.public ? "public" : "protected";
  const set = await transact(context.db, async (tx) => {
    const application = await lockApplication(tx, applicationId);
    if (!application) return { refused: "applicationNotFound" } as const;
    const before = await findVariable(tx, { applicationId, name });
    if (isStale(context, before ? { variable: variableOutput(before) } : {}))
      return { refused: "changedMeanwhile" } as const;
    const after = { applicationId: application.id, name, content, visibility, updatedAt: context.now } as const;
    await putVariable(tx, after);
    await recordVariable(tx, context, before, after);
    return {};
  });
  return set.refused ? refuse(set.refused) : done({ variable });
}
