import { sha256 } from "#crypto/tokens.ts";
import type { Decision } from "#domain/decision.ts";
import type { Fitted } from "#domain/fit-properties.ts";
import { releaseValues, saveColumn, takeValue } from "#storage/columns.ts";
import type { Account, Column, Db } from "#storage/tables.ts";

/**
 * Writes what an account's properties ask for besides the account: columns that they make or widen, and their values
 * in columns that refuse repeats. Whoever calls it has locked the application since the columns were read.
 */
export async function settleProperties(
  tx: Db,
  { id: accountId, applicationId }: Pick<Account, "id" | "applicationId">,
  columns: readonly Column[],
  { values, changed }: Fitted,
): Promise<Decision<object, "propertyTaken">> {
  for (const column of changed) await saveColumn(tx, column);
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
