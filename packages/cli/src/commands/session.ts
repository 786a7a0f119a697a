import { type Command, consoleCommand } from "../command.ts";
import { flag, requiredText, text } from "../options.ts";
import { jsonRecord } from "../output/json-record.ts";
import { sessionTable } from "../output/session-text.ts";
import { listed, listOptions, readPages } from "../pages.ts";
import { refused } from "../refused.ts";

export const session: readonly Command[] = [
  consoleCommand({
    name: "session list",
    about: "list the sessions of an application, the oldest first unless told otherwise",
    options: {
      app: requiredText("ID", "the application"),
      account: text("A", "only those authorized by one account"),
      license: text("L", "only those authorized by one license, by its id"),
      client: text("C", "only those of one client"),
      address: text("IP", "only those from one address"),
      authorized: flag("only those that are authorized"),
      ...listOptions(["created", "lastSeen"]),
    },
    async run({ console }, { app, account, license, client, address, authorized, limit, cursor, ...list }) {
      const found = await readPages({ limit, cursor }, async (page) => {
        const outcome = await console.call("findSessions", {
          applicationId: app,
          ...(account !== undefined && { accountId: account }),
          ...(license !== undefined && { licenseId: license }),
          ...(client !== undefined && { clientId: client }),
          ...(address !== undefined && { address }),
          ...(authorized && { authorized }),
          ...listed(list),
          ...page,
        });
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
