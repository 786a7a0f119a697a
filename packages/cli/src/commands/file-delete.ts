import { consoleCommand } from "../command.ts";
import { requiredText } from "../options.ts";
import { refused } from "../refused.ts";

export const fileDelete = consoleCommand({
  name: "file delete",
  about: "delete a file; links to it lead nowhere any more",
  options: { app: requiredText("ID", "the application"), name: requiredText("N", "the file") },
  async run({ console, output }, { app, name }) {
    const outcome = await console.call("deleteFile", { applicationId: app, name });
    if (!outcome.ok) return refused(outcome);
    output.json({});
    output.text(`deleted ${name}`);
    return undefined;
  },
});
