import { isScope, type OutputOf, scopes as allScopes } from "@latchkey/protocol";
import { type Command, consoleCommand } from "../command.ts";
import { wrongUsage } from "../failure.ts";
import { duration, list, type Option, requiredText } from "../options.ts";
import { jsonRecord } from "../output/json-record.ts";
import { fields, table } from "../output/layout.ts";
import { readableInstant } from "../output/spans.ts";
import { pageOptions, readPages } from "../pages.ts";
import { refused } from "../refused.ts";

type Key = OutputOf<"createManagementKey">["managementKey"];

const app: Option<readonly string[] | undefined> = {
  placeholder: "ID",
  about: "an application it is limited to, as often as needed; all unless given",
  read: (id, before = []) => [...before, id],
};

export const key: readonly Command[] = [
  consoleCommand({
    name: "key create",
    about: "create a management key, and print it: it is shown this once",
    options: {
      name: requiredText("N", "what it is for"),
      scopes: list("S,S", `what it may do: of ${allScopes.join(", ")}`),
      app,
      expires: duration("after which time it is good no more, such as 90d; never unless given"),
    },
    async run({ console }, { name, scopes: asked = [], app: applicationIds, expires }) {
      const scopes = asked.filter(isScope);
      const unknown = asked.find((scope) => !isScope(scope));
      if (unknown !== undefined) return wrongUsage(`${unknown} is no scope; there are ${allScopes.join(", ")}`);
      if (scopes.length === 0) return wrongUsage("a key without --scopes may do nothing");
      const outcome = await console.call("createManagementKey", {
        name,
        scopes,
        ...(applicationIds && { applicationIds: [...applicationIds] }),
        ...(expires !== undefined && { expiresAt: Date.now() + expires }),
      });
      if (!outcome.ok) return refused(outcome);
      const { managementKey, key } = outcome.output;
      return { json: { ...jsonRecord(managementKey), key }, text: `${key}\n\n${keyText(managementKey)}` };
    },
  }),
  consoleCommand({
    name: "key list",
    about: "list the management keys, the oldest first, without what they open",
    options: pageOptions,
    async run({ console }, { limit, cursor }) {
      const found = await readPages({ limit, cursor }, async (page) => {
        const outcome = await console.call("listManagementKeys", page);
        if (!outcome.ok) return refused(outcome);
        const { managementKeys: records, ...next } = outcome.output;
        return { records, ...next };
      });
      if ("exitCode" in found) return found;
      const { records, ...note } = found;
      return { json: records.map(jsonRecord), text: keyTable(records), ...note };
    },
  }),
  consoleCommand({
    name: "key revoke",
    about: "make a management key good for nothing, and those that were made by it; K: its id",
    argument: "K",
    async run({ console }, _, keyId) {
      const outcome = await console.call("revokeManagementKey", { keyId });
      if (!outcome.ok) return refused(outcome);
      const { managementKey } = outcome.output;
      return { json: jsonRecord(managementKey), text: `revoked ${managementKey.id} (${managementKey.name})` };
    },
  }),
];

function keyText(key: Key): string {
  const { id, name, scopes, applicationIds, expiresAt } = key;
  return fields({
    id,
    name,
    scopes: scopes.join(", "),
    applications: applicationIds?.join(", ") ?? "all",
    expires: expiresAt === undefined ? "never" : readableInstant(expiresAt),
  });
}

function keyTable(keys: readonly Key[]): string {
  const rows = keys.map((key) => {
    const { id, name, lastFour, createdBy, lastUsedAt, scopes } = key;
    const lastUse = lastUsedAt === undefined ? "" : readableInstant(lastUsedAt);
    return [id, name, `…${lastFour}`, stateOf(key), createdBy, lastUse, scopes.join(",")];
  });
  return table(["ID", "NAME", "ENDS IN", "STATE", "CREATED BY", "LAST USE", "SCOPES"], rows);
}

function stateOf({ revokedAt, expiresAt }: Key): string {
  if (revokedAt !== undefined) return "revoked";
  return expiresAt === undefined ? "good" : `until ${readableInstant(expiresAt)}`;
}
