import { licenseStates, type OutputOf } from "@latchkey/protocol";
import { type Command, consoleCommand } from "../command.ts";
import { choice, duration, flag, integer, list, requiredDuration, requiredText, text } from "../options.ts";
import { jsonRecord } from "../output/json-record.ts";
import { table } from "../output/layout.ts";
import { licenseTable, licenseText } from "../output/license-text.ts";
import type { Said } from "../output/output.ts";
import { listed, listOptions, readPages } from "../pages.ts";
import { refused } from "../refused.ts";

/** What a license is named by: its id, or its key together with the application. */
const byKey = { app: text("ID", "the application that a key belongs to; not needed with an id") };

/** Commands that name a license, do one thing to it, and show it. */
type Operation =
  | "showLicense"
  | "pauseLicense"
  | "unpauseLicense"
  | "blacklistLicense"
  | "unblacklistLicense"
  | "resetLicenseClient"
  | "reinitializeLicense"
  | "deleteLicense";

function onLicense(verb: string, operation: Operation, about: string, destroys?: string): Command {
  return consoleCommand({
    name: `license ${verb}`,
    about,
    argument: "L",
    options: byKey,
    ...(destroys !== undefined && { destroys }),
    async run({ console }, { app }, given) {
      const outcome = await console.call(operation, named(given, app));
      if (!outcome.ok) return refused(outcome);
      return { ...shown(outcome.output), ...(destroys !== undefined && { text: `deleted ${given}` }) };
    },
  });
}

export const license: readonly Command[] = [
  consoleCommand({
    name: "license create",
    about: "create licenses with one plan and fresh keys",
    options: {
      app: requiredText("ID", "the application"),
      count: integer("how many, 1 unless given", 100_000),
      duration: duration("how long each lasts from its activation, such as 30d; without it, forever"),
      levels: list("LEVELS", "what they give access to, such as pro,beta"),
      seats: integer("sessions at once; without it, any number", 1_000_000_000),
      comment: text("C", "kept with each, cut after 256 characters"),
      bindClient: flag("only the first client that uses one may go on using it"),
    },
    async run({ console }, { app, count = 1, duration: durationMs, levels, seats, comment, bindClient }) {
      const outcome = await console.call("createLicenses", {
        applicationId: app,
        count,
        ...(durationMs !== undefined && { durationMs }),
        ...(levels && { levels: [...levels] }),
        ...(seats !== undefined && { seats }),
        ...(comment !== undefined && { comment }),
        ...(bindClient && { bindsClient: true }),
      });
      if (!outcome.ok) return refused(outcome);
      const rows = outcome.output.licenses.map(({ license, id }) => [license, id]);
      return { json: outcome.output.licenses, text: table(["LICENSE", "ID"], rows) };
    },
  }),
  consoleCommand({
    name: "license list",
    about: "list the licenses of an application, the oldest first unless told otherwise",
    options: {
      app: requiredText("ID", "the application"),
      state: choice("only those in one state", licenseStates),
      account: text("A", "only those of one account"),
      level: text("LEVEL", "only those that give access to one level"),
      client: text("C", "only those bound to one client"),
      job: text("J", "only those that one bulk job has created"),
      ...listOptions(["created", "expires", "lastUsed", "key"]),
    },
    async run({ console }, { app, state, account, level, client, job, limit, cursor, ...list }) {
      const found = await readPages({ limit, cursor }, async (page) => {
        const outcome = await console.call("listLicenses", {
          applicationId: app,
          ...(state && { state }),
          ...(account !== undefined && { accountId: account }),
          ...(level !== undefined && { level }),
          ...(client !== undefined && { clientId: client }),
          ...(job !== undefined && { bulkJobId: job }),
          ...listed(list),
          ...page,
        });
        if (!outcome.ok) return refused(outcome);
        const { licenses: records, ...next } = outcome.output;
        return { records, ...next };
      });
      if ("exitCode" in found) return found;
      const { records, ...note } = found;
      return { json: records.map(jsonRecord), text: licenseTable(records), ...note };
    },
  }),
  onLicense("show", "showLicense", "show a license"),
  onLicense("pause", "pauseLicense", "let nobody use a license until it is unpaused; its time goes on"),
  onLicense("unpause", "unpauseLicense", "let a paused license be used again"),
  onLicense("blacklist", "blacklistLicense", "let nobody use a license any more"),
  onLicense("unblacklist", "unblacklistLicense", "take a license off the blacklist"),
  onLicense("reset-client", "resetLicenseClient", "bind a license to the next client that uses it"),
  onLicense("reinitialize", "reinitializeLicense", "make a license available again, as if it had never been used"),
  consoleCommand({
    name: "license extend",
    about: "add to the time of a license",
    argument: "L",
    options: { ...byKey, duration: requiredDuration("how much, such as 30d") },
    async run({ console }, { app, duration: durationMs }, given) {
      const outcome = await console.call("extendLicense", { ...named(given, app), durationMs });
      return outcome.ok ? shown(outcome.output) : refused(outcome);
    },
  }),
  onLicense("delete", "deleteLicense", "delete a license", "the license and what it authorizes"),
  consoleCommand({
    name: "license link",
    about: "link an available license to an account, which activates it",
    argument: "L",
    options: { ...byKey, account: requiredText("A", "the account") },
    async run({ console }, { app, account: accountId }, given) {
      const outcome = await console.call("linkLicense", { ...named(given, app), accountId });
      return outcome.ok ? shown(outcome.output) : refused(outcome);
    },
  }),
];

function named(given: string, app: string | undefined) {
  return { license: given, ...(app !== undefined && { applicationId: app }) };
}

function shown({ license }: OutputOf<Operation>): Said {
  return { json: jsonRecord(license), text: licenseText(license) };
}
