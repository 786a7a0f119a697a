import { consoleCommand } from "../command.ts";
import { jsonRecord } from "../output/json-record.ts";
import { table } from "../output/layout.ts";
import { readableInstant } from "../output/spans.ts";
import { refused } from "../refused.ts";

export const appList = consoleCommand({
  name: "app list",
  about: "list the applications",
  async run({ console, output }) {
    const outcome = await console.call("listApplications", {});
    if (!outcome.ok) return refused(outcome);
    const { applications } = outcome.output;
    output.json(applications.map(jsonRecord));
    const rows = applications.map(({ name, version, createdAt, id }) => [
      name,
      version,
      readableInstant(createdAt),
      id,
    ]);
    output.text(table(["NAME", "VERSION", "CREATED", "ID"], rows));
    return undefined;
  },
});
