import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { retryWhenBusy } from "#crypto/passwords.ts";
import { newRowId } from "#crypto/tokens.ts";
import { operatorRow, readNewOperator } from "#domain/new-operator.ts";
import { operatorOutput } from "#domain/operator-output.ts";
import { hashingTurn } from "#domain/operator-terms.ts";
import { insertOperator } from "#storage/operators.ts";
import type { OperatorId } from "#storage/tables-operators.ts";
import { amongOperators, mayGiveRole } from "#steps/among-operators.ts";
import { recordAudit } from "#steps/record-audit.ts";

export async function addOperator(
  context: Context,
  caller: CallerOf<"addOperator">,
  input: InputOf<"addOperator">,
): Promise<Answer<"addOperator">> {
  const { now, passwords } = context;
  const read = readNewOperator(input);
  if (read.refused) return refuse(read.refused);
  if (!mayGiveRole(caller, input.role)) return refuse("grantTooWide");
  const passwordHash = await passwords.hash(input.password, hashingTurn);
  if (!passwordHash) return refuse("tooManyRequests", { retryAfter: retryWhenBusy });
  const operator = operatorRow(read.form, newRowId<OperatorId>(), passwordHash, now);
  const added = await amongOperators(context, caller, async (tx) => {
    if (!(await insertOperator(tx, operator))) return { refused: "emailTaken" } as const;
    await recordAudit(tx, context, { record: "operator", id: operator.id, after: operatorOutput(operator) });
    return {};
  });
  return added.refused ? refuse(added.refused) : done({ operator: operatorOutput(operator) });
}
