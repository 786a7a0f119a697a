import { type Command, consoleCommand } from "../command.ts";
import { requiredText } from "../options.ts";
import { jsonRecord } from "../output/json-record.ts";
import { sessionTable } from "../output/session-text.ts";
import { pageOptions, readPages } from "../pages.ts";
import { refused } from "../refused.ts";

export const session: readonly Command[] = [
  consoleCommand({
    name: "session list",
    about: "list the sessions of an application, the oldest first",
    options: { app: requiredText("ID", "the application"), ...pageOptions },
    async run({ console }, { app, limit, cursor }) {
      const found = await readPages({ limit, cursor }, async (page) => {
        const outcome = await console.call("findSessions", { applicationId: app, ...page });
        if (!outcome.ok) return refused(outcome);
        const { sessions: records, ...next } = outcome.output;
        return { records, ...next };
      });
      if ("exitCode" in found) return found;
      const { records, ...note } = found;
      return { json: records.map(jsonRecord), text: sessionTable(records), ...note };
    },
  }),
  consoleCommand({
    name: "session end",
    about: "end a session for good: its client is told and disconnected",
    argument: "S",
    async run({ console }, _, sessionId) {
      const outcome = await console.call("endSession", { sessionId });
      return outcome.ok ? { json: { id: sessionId }, text: `ended session ${sessionId}` } : refused(outcome);
    },
  }),
];
