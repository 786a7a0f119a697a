import { isIP } from "node:net";
import { type Command, consoleCommand } from "../command.ts";
import { wrongUsage } from "../failure.ts";
import { requiredText, text } from "../options.ts";
import { jsonRecord } from "../output/json-record.ts";
import { table } from "../output/layout.ts";
import { readableInstant } from "../output/spans.ts";
import { listed, listOptions, readPages } from "../pages.ts";
import { refused } from "../refused.ts";

const app = requiredText("ID", "the application");
const options = {
  app,
  client: text("C", "a client id"),
  address: text("IP", "an address, instead of a client id"),
};

/** Commands that name one client or address. */
function onEntry(
  verb: string,
  operation: "addBlacklistEntry" | "removeBlacklistEntry",
  about: string,
  done: string,
): Command {
  return consoleCommand({
    name: `blacklist ${verb}`,
    about,
    options,
    async run({ console }, { app, client, address }) {
      const entry = entryFrom(client, address);
      if ("exitCode" in entry) return entry;
      const outcome = await console.call(operation, { applicationId: app, ...entry });
      return outcome.ok ? { json: entry, text: `${done} ${entry.kind} ${entry.value}` } : refused(outcome);
    },
  });
}

export const blacklist: readonly Command[] = [
  onEntry("add", "addBlacklistEntry", "keep a client or an address out, and disconnect it", "blacklisted"),
  consoleCommand({
    name: "blacklist list",
    about: "list the clients and addresses that an application keeps out",
    options: { app, ...listOptions(["created", "value"]) },
    async run({ console }, { app, limit, cursor, ...list }) {
      const found = await readPages({ limit, cursor }, async (page) => {
        const outcome = await console.call("listBlacklist", { applicationId: app, ...listed(list), ...page });
        if (!outcome.ok) return refused(outcome);
        const { entries: records, ...next } = outcome.output;
        return { records, ...next };
      });
      if ("exitCode" in found) return found;
      const { records: entries, ...note } = found;
      const rows = entries.map(({ kind, value, madeBy, createdAt, comment = "" }) => [
        kind,
        value,
        madeBy,
        readableInstant(createdAt),
        comment,
      ]);
      return {
        json: entries.map(jsonRecord),
        text: table(["KIND", "VALUE", "MADE BY", "CREATED", "COMMENT"], rows),
        ...note,
      };
    },
  }),
  onEntry("remove", "removeBlacklistEntry", "let a client or an address in again", "no longer blacklisted:"),
];

function entryFrom(client: string | undefined, address: string | undefined) {
  if (client !== undefined && address === undefined) return { kind: "client", value: client } as const;
  if (address === undefined || client !== undefined) return wrongUsage("give either --client or --address");
  return isIP(address) > 0 ? ({ kind: "address", value: address } as const) : wrongUsage(`${address} is no IP address`);
}
