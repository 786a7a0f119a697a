import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { propertiesOf } from "#domain/account-output.ts";
import { columnOutput } from "#domain/column-output.ts";
import type { Decision } from "#domain/decision.ts";
import { columnsAtMost } from "#domain/fit-properties.ts";
import { typeToHold } from "#domain/property-type.ts";
import { isFreeName } from "#domain/user-columns.ts";
import { lockApplication } from "#storage/applications.ts";
import { accountsWith, columnsOf, releaseValues, saveColumn, takeValue } from "#storage/columns.ts";
import type { Column, Db } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { hashOfValue } from "#steps/settle-properties.ts";
import { recordAudit } from "#steps/record-audit.ts";

type Refused = "applicationNotFound" | "tooManyColumns" | "columnValuesUnsuited";

/** Creates a column for the operator, or defines it anew; what accounts have in it has to suit the definition. */
export async function setColumn(
  context: Context,
  _: CallerOf<"setColumn">,
  input: InputOf<"setColumn">,
): Promise<Answer<"setColumn">> {
  const { db, now } = context;
  const { name, type, defaultValue } = input;
  if (!isFreeName(name)) return refuse("columnNameInvalid");
  if (!isDefault(input)) return refuse("columnDefaultInvalid");
  const set = await transact<Decision<{ readonly column: Column }, Refused>>(db, async (tx) => {
    // Accounts that are created or updated lock it too.
    const application = await lockApplication(tx, input.applicationId);
    if (!application) return { refused: "applicationNotFound" };
    const columns = await columnsOf(tx, { applicationId: application.id });
    const present = columns.find((column) => column.name === name);
    if (!present && columns.length >= columnsAtMost) return { refused: "tooManyColumns" };
    const column: Column = {
      applicationId: application.id,
      name,
      type,
      presence: input.required ? "required" : "optional",
      repeats: input.unique ? "refused" : "allowed",
      defaultValue: defaultValue === null ? null : JSON.stringify(defaultValue),
      createdBy: "operator",
      createdAt: present?.createdAt ?? now,
    };
    await saveColumn(tx, column);
    if (!(await adopt(tx, column))) return { refused: "columnValuesUnsuited" };
    await recordAudit(tx, context, {
      record: "column",
      id: name,
      applicationId: application.id,
      before: present && columnOutput(present),
      after: columnOutput(column),
    });
    return { column };
  });
  return set.refused ? refuse(set.refused) : done({ column: columnOutput(set.column) });
}

/** Brings the values that accounts have under the definition; `false`: one has another type, or is there twice. */
async function adopt(tx: Db, column: Column): Promise<boolean> {
  const { applicationId, name, type, repeats } = column;
  await releaseValues(tx, { applicationId, columnName: name });
  for await (const account of accountsWith(tx, column)) {
    const value = propertiesOf(account)[name];
    if (typeToHold(value, type) !== type) return false;
    if (repeats === "allowed") continue;
    const taken = { applicationId, columnName: name, valueHash: hashOfValue(value), accountId: account.id };
    if (!(await takeValue(tx, taken))) return false;
  }
  return true;
}

/** Whether every new account can begin with it: it suits the type, and is not one value for all where none may repeat. */
function isDefault({ type, unique, defaultValue }: InputOf<"setColumn">): boolean {
  return defaultValue === null || (!unique && typeToHold(defaultValue, type) === type);
}
