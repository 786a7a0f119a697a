import { variableOutput } from "#domain/variable-output.ts";
import type { Db, Variable } from "#storage/tables.ts";
import { recordAudit, type Recording } from "./record-audit.ts";

/** Puts what becomes of a variable into the audit log; `undefined`: it is not there yet, or not any more. */
export async function recordVariable(
  tx: Db,
  context: Recording,
  before: Variable | undefined,
  after: Variable | undefined,
): Promise<void> {
  const variable = after ?? before;
  if (!variable) return;
  const { name: id, applicationId } = variable;
  const isChanged = before && after && before.content !== after.content;
  await recordAudit(tx, context, {
    record: "variable",
    id,
    applicationId,
    before: before && shown(before),
    after: after && { ...(isChanged && { content: "changed" }), ...shown(after) },
  });
}

/** A protected one may be a secret of those who are authorized. */
function shown(variable: Variable): object {
  const { content, ...output } = variableOutput(variable);
  return { ...output, ...(output.public && { content }) };
}
