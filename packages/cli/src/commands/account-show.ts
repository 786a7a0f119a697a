import { consoleCommand } from "../command.ts";
import { accountText } from "../output/account-text.ts";
import { jsonRecord } from "../output/json-record.ts";
import { refused } from "../refused.ts";

export const accountShow = consoleCommand({
  name: "account show",
  about: "show an account",
  argument: "A",
  async run({ console, output }, _, accountId) {
    const outcome = await console.call("showAccount", { accountId });
    if (!outcome.ok) return refused(outcome);
    output.json(jsonRecord(outcome.output.account));
    output.text(accountText(outcome.output.account));
    return undefined;
  },
});
