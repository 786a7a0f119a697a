import { type Command, consoleCommand } from "../command.ts";
import { requiredText } from "../options.ts";
import { refused } from "../refused.ts";

const app = requiredText("ID", "the application");
const name = requiredText("R", "the name of the role");

export const role: readonly Command[] = [
  consoleCommand({
    name: "role create",
    about: "create a role that can be given to accounts",
    options: { app, name },
    async run({ console }, { app: applicationId, name: role }) {
      const outcome = await console.call("createRole", { applicationId, role });
      return outcome.ok ? { json: { name: role }, text: `created role ${role}` } : refused(outcome);
    },
  }),
  consoleCommand({
    name: "role list",
    about: "list the roles of an application",
    options: { app },
    async run({ console }, { app: applicationId }) {
      const outcome = await console.call("listRoles", { applicationId });
      if (!outcome.ok) return refused(outcome);
      const { roles } = outcome.output;
      return { json: roles.map((role) => ({ name: role })), text: roles.join("\n") };
    },
  }),
  consoleCommand({
    name: "role delete",
    about: "delete a role, and take it from every account",
    options: { app, name },
    destroys: "the role, which no account has afterwards",
    async run({ console }, { app: applicationId, name: role }) {
      const outcome = await console.call("deleteRole", { applicationId, role });
      return outcome.ok ? { json: { name: role }, text: `deleted role ${role}` } : refused(outcome);
    },
  }),
];
