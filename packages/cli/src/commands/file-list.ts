import { consoleCommand } from "../command.ts";
import { requiredText } from "../options.ts";
import { fileTable } from "../output/file-text.ts";
import { jsonRecord } from "../output/json-record.ts";
import { refused } from "../refused.ts";

export const fileList = consoleCommand({
  name: "file list",
  about: "list the files of an application",
  options: { app: requiredText("ID", "the application") },
  async run({ console, output }, { app }) {
    const outcome = await console.call("listFiles", { applicationId: app });
    if (!outcome.ok) return refused(outcome);
    const { files } = outcome.output;
    output.json(files.map(jsonRecord));
    output.text(fileTable(files));
    return undefined;
  },
});
