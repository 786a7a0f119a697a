import type { ApplicationSettings } from "@latchkey/protocol";
import { consoleCommand } from "../command.ts";
import { applicationText } from "../output/application-text.ts";
import { jsonRecord } from "../output/json-record.ts";
import { fields } from "../output/layout.ts";
import { refused } from "../refused.ts";

export const appShow = consoleCommand({
  name: "app show",
  about: "show an application, its keys and its settings",
  argument: "ID",
  async run({ console, output }, _, applicationId) {
    const outcome = await console.call("showApplication", { applicationId });
    if (!outcome.ok) return refused(outcome);
    const { application } = outcome.output;
    output.json(jsonRecord(application));
    output.text(`${applicationText(application)}\n\n${settingsText(application.settings)}`);
    return undefined;
  },
});

function settingsText(settings: ApplicationSettings): string {
  const texts = Object.entries(settings).map(([name, value]): [string, string] => [name, String(value ?? "unlimited")]);
  return fields(Object.fromEntries(texts));
}
