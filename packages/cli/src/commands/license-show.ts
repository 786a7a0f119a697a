import { consoleCommand } from "../command.ts";
import { text } from "../options.ts";
import { jsonRecord } from "../output/json-record.ts";
import { licenseText } from "../output/license-text.ts";
import { refused } from "../refused.ts";

export const licenseShow = consoleCommand({
  name: "license show",
  about: "show a license, by its id or by its key",
  argument: "L",
  options: { app: text("ID", "the application that a key belongs to") },
  async run({ console, output }, { app }, license) {
    const outcome = await console.call("showLicense", { license, ...(app !== undefined && { applicationId: app }) });
    if (!outcome.ok) return refused(outcome);
    output.json(jsonRecord(outcome.output.license));
    output.text(licenseText(outcome.output.license));
    return undefined;
  },
});
