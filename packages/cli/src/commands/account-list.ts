import { consoleCommand } from "../command.ts";
import { requiredText } from "../options.ts";
import { accountTable } from "../output/account-text.ts";
import { jsonRecord } from "../output/json-record.ts";
import { refused } from "../refused.ts";

export const accountList = consoleCommand({
  name: "account list",
  about: "list the accounts of an application",
  options: { app: requiredText("ID", "the application") },
  async run({ console, output }, { app }) {
    const outcome = await console.call("listAccounts", { applicationId: app });
    if (!outcome.ok) return refused(outcome);
    const { accounts } = outcome.output;
    output.json(accounts.map(jsonRecord));
    output.text(accountTable(accounts));
    return undefined;
  },
});
