import { clientKeyKinds } from "@latchkey/protocol";
import { type Command, consoleCommand } from "../command.ts";
import { choice, requiredText } from "../options.ts";
import { refused } from "../refused.ts";
import { table } from "../output/layout.ts";

const app = requiredText("ID", "the application");

export const host: readonly Command[] = [
  consoleCommand({
    name: "host bind",
    about: "let the user service answer for an application under a host name, without id and key in the path",
    argument: "HOST",
    options: { app, key: choice("the key whose rights its calls have, JS unless given", clientKeyKinds) },
    async run({ console }, { app: applicationId, key }, given) {
      const outcome = await console.call("bindHost", { applicationId, host: given, ...(key && { keyKind: key }) });
      if (!outcome.ok) return refused(outcome);
      const { host, keyKind } = outcome.output;
      return { json: { host, keyKind }, text: `bound ${host} to the ${keyKind} key` };
    },
  }),
  consoleCommand({
    name: "host list",
    about: "list the host names of an application",
    options: { app },
    async run({ console }, { app: applicationId }) {
      const outcome = await console.call("listHosts", { applicationId });
      if (!outcome.ok) return refused(outcome);
      const { hosts } = outcome.output;
      const rows = hosts.map(({ host, keyKind }) => [host, keyKind]);
      return { json: hosts.map(({ host, keyKind }) => ({ host, keyKind })), text: table(["HOST", "KEY"], rows) };
    },
  }),
  consoleCommand({
    name: "host unbind",
    about: "let a host name answer for the application no more",
    argument: "HOST",
    options: { app },
    async run({ console }, { app: applicationId }, given) {
      const outcome = await console.call("unbindHost", { applicationId, host: given });
      if (!outcome.ok) return refused(outcome);
      const { host } = outcome.output;
      return { json: { host }, text: `unbound ${host}` };
    },
  }),
];
