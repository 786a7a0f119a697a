import { actorKinds } from "@latchkey/protocol";
import type { Console } from "@latchkey/server";
import { type Command, consoleCommand } from "../command.ts";
import { failed, wrongUsage } from "../failure.ts";
import { choice, instant, text } from "../options.ts";
import { type AuditEntry, auditRecord, auditTable } from "../output/audit-text.ts";
import { pageOptions, readPages } from "../pages.ts";
import { refused } from "../refused.ts";

const app = text("ID", "only what belongs to one application");

const faultTexts = {
  entryChanged: (position: number) => `the entry at position ${position} is not the one that was written`,
  entryMissing: (position: number) => `the entry at position ${position} is missing`,
  headChanged: (position: number) => `the log was sealed with another signing key, or cut off, at position ${position}`,
};

export const audit: readonly Command[] = [
  consoleCommand({
    name: "audit list",
    about: "list who changed what, the newest first",
    options: {
      app,
      actorKind: choice("only what one kind of actor did", actorKinds),
      actor: text("A", "only what one actor did: the id of an operator, key or account"),
      action: text("NAME", "only one action, such as pauseLicense"),
      record: text("KIND", "only one kind of record, such as license"),
      recordId: text("R", "only one record"),
      from: instant("only from an instant on, such as 2030-01-31 or 2030-01-31T12:00:00Z"),
      to: instant("only before an instant"),
      ...pageOptions,
    },
    async run({ console }, { app, actorKind, actor, action, record, recordId, from, to, limit, cursor }) {
      const filter = {
        ...(app !== undefined && { applicationId: app }),
        ...(actorKind && { actorKind }),
        ...(actor !== undefined && { actorId: actor }),
        ...(action !== undefined && { action }),
        ...(record !== undefined && { record }),
        ...(recordId !== undefined && { recordId }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      };
      const found = await readPages({ limit, cursor }, async (page) => {
        const outcome = await console.call("listAudit", { ...filter, ...page });
        if (!outcome.ok) return refused(outcome);
        const { entries: records, ...next } = outcome.output;
        return { records, ...next };
      });
      if ("exitCode" in found) return found;
      const { records, ...note } = found;
      return { json: records.map(auditRecord), text: auditTable(records), ...note };
    },
  }),
  consoleCommand({
    name: "audit export",
    about: "write the sealed entries as JSON lines, the oldest first",
    options: { app, after: text("POSITION", "only those after a position, to add to what was exported before") },
    async run({ console, output }, { app: applicationId, after = "0" }) {
      if (!/^\d{1,15}$/.test(after)) return wrongUsage("a position is a number");
      if (output.isJson) return wrongUsage("JSON lines are not one JSON value: leave out --json");
      for await (const entry of sealedEntries(console, Number(after), applicationId)) {
        output.text(JSON.stringify(auditRecord(entry)));
      }
      return undefined;
    },
  }),
  consoleCommand({
    name: "audit verify",
    about: "see whether the audit log is what was written, entry by entry",
    options: { head: text("POSITION:HASH", "an end of the log that an earlier run has shown, which has to be in it") },
    async run({ console }, { head = "" }) {
      const [, position, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(head) ?? [];
      if (head !== "" && hash === undefined) return wrongUsage("--head must be as audit verify has shown it");
      const noted = hash === undefined ? {} : { position: Number(position), hash };
      const outcome = await console.call("verifyAudit", noted);
      if (!outcome.ok) return refused(outcome);
      const { fault, ...end } = outcome.output;
      if (fault) return failed(`the audit log is broken: ${faultTexts[fault.kind](fault.position)}`);
      const dropped =
        end.droppedPosition > 0 ? `, of which ${end.droppedPosition} were dropped as their time was over` : "";
      const unsealed =
        end.unsealed > 0 ? `\n${end.unsealed} more are not sealed yet: a running server does that within a second` : "";
      const shown = `head ${end.position}:${end.hash}`;
      return { json: end, text: `the audit log is sound: ${end.position} entries${dropped}\n${shown}${unsealed}` };
    },
  }),
];

async function* sealedEntries(console: Console, start: number, applicationId: string | undefined) {
  for (let after = start; ;) {
    const outcome = await console.call("exportAudit", { after, ...(applicationId !== undefined && { applicationId }) });
    if (!outcome.ok) throw new Error(`exportAudit came to ${JSON.stringify(outcome)}`);
    const { entries }: { readonly entries: readonly AuditEntry[] } = outcome.output;
    yield* entries;
    const last = entries.at(-1)?.position;
    if (last === undefined) return;
    after = last;
  }
}
