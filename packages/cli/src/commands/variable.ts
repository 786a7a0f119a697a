import { type Command, consoleCommand } from "../command.ts";
import { flag, requiredText } from "../options.ts";
import { table } from "../output/layout.ts";
import { listed, listOptions, readPages } from "../pages.ts";
import { refused } from "../refused.ts";

const app = requiredText("ID", "the application");
const name = requiredText("N", "3 to 256 characters");

export const variable: readonly Command[] = [
  consoleCommand({
    name: "variable set",
    about: "give a variable its value",
    options: {
      app,
      name,
      value: requiredText("V", "at most 16000 characters"),
      public: flag("to everybody; without it, to authorized clients only"),
    },
    async run({ console }, { app, name, value, public: isPublic = false }) {
      const outcome = await console.call("setVariable", {
        applicationId: app,
        name,
        content: value,
        public: isPublic,
      });
      return outcome.ok ? { json: outcome.output.variable, text: `set ${name}` } : refused(outcome);
    },
  }),
  consoleCommand({
    name: "variable get",
    about: "print the value of a variable",
    options: { app, name },
    async run({ console }, { app, name }) {
      const outcome = await console.call("showVariable", { applicationId: app, name });
      if (!outcome.ok) return refused(outcome);
      const { variable } = outcome.output;
      return { json: variable, text: variable.content };
    },
  }),
  consoleCommand({
    name: "variable list",
    about: "list the variables of an application",
    options: { app, ...listOptions(["name"]) },
    async run({ console }, { app, limit, cursor, ...list }) {
      const found = await readPages({ limit, cursor }, async (page) => {
        const outcome = await console.call("listVariables", { applicationId: app, ...listed(list), ...page });
        if (!outcome.ok) return refused(outcome);
        const { variables: records, ...next } = outcome.output;
        return { records, ...next };
      });
      if ("exitCode" in found) return found;
      const { records: variables, ...note } = found;
      const rows = variables.map(({ name, public: isPublic, content }) => [
        name,
        isPublic ? "everybody" : "authorized",
        content,
      ]);
      return { json: variables, text: table(["NAME", "SHOWN TO", "VALUE"], rows), ...note };
    },
  }),
  consoleCommand({
    name: "variable delete",
    about: "delete a variable",
    options: { app, name },
    destroys: "the variable and its value",
    async run({ console }, { app, name }) {
      const outcome = await console.call("deleteVariable", { applicationId: app, name });
      return outcome.ok ? { json: { name }, text: `deleted ${name}` } : refused(outcome);
    },
  }),
];
