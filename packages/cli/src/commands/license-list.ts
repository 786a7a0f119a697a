import { consoleCommand } from "../command.ts";
import { requiredText } from "../options.ts";
import { jsonRecord } from "../output/json-record.ts";
import { licenseTable } from "../output/license-text.ts";
import { refused } from "../refused.ts";

export const licenseList = consoleCommand({
  name: "license list",
  about: "list the licenses of an application",
  options: { app: requiredText("ID", "the application") },
  async run({ console, output }, { app }) {
    const outcome = await console.call("listLicenses", { applicationId: app });
    if (!outcome.ok) return refused(outcome);
    const { licenses } = outcome.output;
    output.json(licenses.map(jsonRecord));
    output.text(licenseTable(licenses));
    return undefined;
  },
});
