import { applicationSettingOption } from "../application-setting.ts";
import { consoleCommand } from "../command.ts";
import { requiredText } from "../options.ts";
import { applicationText } from "../output/application-text.ts";
import { refused } from "../refused.ts";

export const appCreate = consoleCommand({
  name: "app create",
  about: "create an application and its keys",
  options: {
    name: requiredText("N", "6 to 32 characters"),
    set: applicationSettingOption(),
  },
  async run({ console, output }, { name, set }) {
    const outcome = await console.call("createApplication", { name, ...(set && { settings: set }) });
    if (!outcome.ok) return refused(outcome);
    const { id, websocketApiKey, apiKeys } = outcome.output.application;
    output.json({ id, name, websocketApiKey, apiKeys });
    output.text(applicationText(outcome.output.application));
    return undefined;
  },
});
