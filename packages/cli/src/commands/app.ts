import { keyKinds, type OutputOf } from "@latchkey/protocol";
import { applicationSettingOption } from "../application-setting.ts";
import { type Command, consoleCommand } from "../command.ts";
import { wrongUsage } from "../failure.ts";
import { requiredChoice, requiredText, text } from "../options.ts";
import { applicationTable, applicationText, settingsText } from "../output/application-text.ts";
import { jsonRecord } from "../output/json-record.ts";
import type { Said } from "../output/output.ts";
import { refused } from "../refused.ts";

const name = "6 to 32 characters";

/** Commands that name an application, do one thing to it, and show it. */
type Operation =
  | "showApplication"
  | "pauseApplication"
  | "unpauseApplication"
  | "endApplicationSessions"
  | "deleteApplication"
  | "rotateApplicationKeys";

function onApplication(verb: string, operation: Operation, about: string, destroys?: string): Command {
  return consoleCommand({
    name: `app ${verb}`,
    about,
    argument: "ID",
    ...(destroys !== undefined && { destroys }),
    async run({ console }, _, applicationId) {
      const outcome = await console.call(operation, { applicationId });
      if (!outcome.ok) return refused(outcome);
      return { ...shown(outcome.output), ...(destroys !== undefined && { text: `deleted ${applicationId}` }) };
    },
  });
}

/** Commands that do one thing to the key of one kind. */
function onKey(verb: string, operation: "renewApiKey" | "revokeApiKey", about: string): Command {
  return consoleCommand({
    name: `app ${verb}`,
    about,
    argument: "ID",
    options: { kind: requiredChoice("which of its keys", keyKinds) },
    async run({ console }, { kind: keyKind }, applicationId) {
      const outcome = await console.call(operation, { applicationId, keyKind });
      return outcome.ok ? shown(outcome.output) : refused(outcome);
    },
  });
}

export const app: readonly Command[] = [
  consoleCommand({
    name: "app create",
    about: "create an application and its keys",
    options: { name: requiredText("N", name), set: applicationSettingOption() },
    async run({ console }, { name, set }) {
      const outcome = await console.call("createApplication", { name, ...(set && { settings: set }) });
      if (!outcome.ok) return refused(outcome);
      const { id, websocketApiKey, apiKeys } = outcome.output.application;
      return { json: { id, name, websocketApiKey, apiKeys }, text: applicationText(outcome.output.application) };
    },
  }),
  consoleCommand({
    name: "app list",
    about: "list the applications",
    async run({ console }) {
      const outcome = await console.call("listApplications", {});
      if (!outcome.ok) return refused(outcome);
      const { applications } = outcome.output;
      return { json: applications.map(jsonRecord), text: applicationTable(applications) };
    },
  }),
  onApplication("show", "showApplication", "show an application, its keys and its settings"),
  consoleCommand({
    name: "app update",
    about: "change the name, the version or settings of an application",
    argument: "ID",
    options: {
      name: text("N", name),
      version: text("V", "told to every client that listens"),
      set: applicationSettingOption(),
    },
    async run({ console }, { name, version, set }, applicationId) {
      if (name === undefined && version === undefined && !set) return wrongUsage("give --name, --version or --set");
      const outcome = await console.call("updateApplication", {
        applicationId,
        ...(name !== undefined && { name }),
        ...(version !== undefined && { version }),
        ...(set && { settings: set }),
      });
      return outcome.ok ? shown(outcome.output) : refused(outcome);
    },
  }),
  onApplication("pause", "pauseApplication", "close its connections, and let nobody in until it is unpaused"),
  onApplication("unpause", "unpauseApplication", "let clients in again"),
  onApplication("end-sessions", "endApplicationSessions", "end all sessions; clients can come back at once"),
  onApplication(
    "delete",
    "deleteApplication",
    "delete an application with everything that belongs to it",
    "the application, its accounts, licenses, sessions and variables",
  ),
  onApplication("rotate-keys", "rotateApplicationKeys", "replace every key of an application, and show the new ones"),
  onKey("renew-key", "renewApiKey", "make a new key of one kind in place of the old one, and show it"),
  onKey("revoke-key", "revokeApiKey", "let nobody call with the key of one kind any more"),
];

function shown({ application }: OutputOf<Operation>): Said {
  return {
    json: jsonRecord(application),
    text: `${applicationText(application)}\n\n${settingsText(application.settings)}`,
  };
}
