import { sha256 } from "#crypto/tokens.ts";
import type { Decision } from "#domain/decision.ts";
import type { Fitted } from "#domain/fit-properties.ts";
import { releaseValues, saveColumn, takeValue } from "#storage/columns.ts";
import type { Account, Column, Db } from "#storage/tables.ts";
import { columnOutput } from "#domain/column-output.ts";
import { recordAudit, type Recording } from "./record-audit.ts";

/**
 * Writes what an account's properties ask for besides the account: columns that they make or widen, and their values
 * in columns that refuse repeats. Whoever calls it has locked the application since the columns were read.
 */
export async function settleProperties(
  context: Recording,
  tx: Db,
  { id: accountId, applicationId }: Pick<Account, "id" | "applicationId">,
  columns: readonly Column[],
  { values, changed }: Fitted,
): Promise<Decision<object, "propertyTaken">> {
  for (const column of changed) {
    await saveColumn(tx, column);
    const before = columns.find(({ name }) => name === column.name);
    await recordAudit(tx, context, {
      record: "column",
      id: column.name,
      applicationId,
      before: before && columnOutput(before),
      after: columnOutput(column),
    });
  }
  for (const { name: columnName, repeats } of columns) {
    const value = values.get(columnName);
    if (repeats === "allowed" || value === undefined) continue;
    await releaseValues(tx, { applicationId, columnName, accountId });
    if (value === null) continue;
    const valueHash = hashOfValue(value);
    if (!(await takeValue(tx, { applicationId, columnName, valueHash, accountId })))
      return { refused: "propertyTaken" };
  }
  return {};
}

/** What a value is compared by. */
export function hashOfValue(value: unknown): string {
  return sha256(JSON.stringify(value));
}
