import type { ApplicationSettings, OutputOf } from "@latchkey/protocol";
import type { Account, Column } from "#storage/tables.ts";
import { accountOutput } from "./account-output.ts";

/** An account as users and server code see it: with the identity column and every created one, valued or not. */
export function userOutput(
  account: Account,
  columns: readonly Column[],
  { identityColumn }: Pick<ApplicationSettings, "identityColumn">,
): OutputOf<"getAccount">["account"] {
  const output = accountOutput(account);
  const { login } = account;
  return {
    ...output,
    properties: {
      ...(login !== null && identityColumn === "email" && { login }),
      ...Object.fromEntries(columns.map(({ name }) => [name, null])),
      ...output.properties,
      ...(identityColumn !== "email" && { [identityColumn]: login }),
    },
    propertyTypes: Object.fromEntries(columns.map(({ name, type }) => [name, type])),
  };
}
