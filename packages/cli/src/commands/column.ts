import { propertyTypes, type PropertyType } from "@latchkey/protocol";
import { type Command, consoleCommand } from "../command.ts";
import { wrongUsage } from "../failure.ts";
import { flag, requiredChoice, requiredText, text } from "../options.ts";
import { table } from "../output/layout.ts";
import { refused } from "../refused.ts";

const app = requiredText("ID", "the application");
const name = requiredText("N", "letters, digits and underscores");

export const column: readonly Command[] = [
  consoleCommand({
    name: "column set",
    about: "create a property that accounts have, or define it anew",
    options: {
      app,
      name,
      type: requiredChoice("what its values are", propertyTypes),
      required: flag("registrations have to give it"),
      unique: flag("no two accounts have the same value"),
      default: text("V", "what a new account has when nothing is given; JSON, but for STRING and TEXT"),
    },
    async run({ console }, { app, name, type, required = false, unique = false, default: given }) {
      const defaultValue = readDefault(given, type);
      if (defaultValue === undefined) return wrongUsage(`--default is no JSON, which a value of ${type} needs`);
      const column = { name, type, required, unique, defaultValue };
      const outcome = await console.call("setColumn", { applicationId: app, ...column });
      return outcome.ok ? { json: outcome.output.column, text: `set ${name}` } : refused(outcome);
    },
  }),
  consoleCommand({
    name: "column list",
    about: "list the properties that accounts have besides the fixed ones",
    options: { app },
    async run({ console }, { app }) {
      const outcome = await console.call("listColumns", { applicationId: app });
      if (!outcome.ok) return refused(outcome);
      const { columns } = outcome.output;
      const rows = columns.map(({ name, type, required, unique, defaultValue, createdBy }) => [
        name,
        type,
        [required && "required", unique && "unique"].filter(Boolean).join(", ") || "-",
        defaultValue === null ? "-" : JSON.stringify(defaultValue),
        createdBy,
      ]);
      return { json: columns, text: table(["NAME", "TYPE", "RULES", "DEFAULT", "CREATED BY"], rows) };
    },
  }),
  consoleCommand({
    name: "column delete",
    about: "delete a property of all accounts",
    options: { app, name },
    destroys: "the property and its value in every account",
    async run({ console }, { app, name }) {
      const outcome = await console.call("deleteColumn", { applicationId: app, name });
      return outcome.ok ? { json: { name }, text: `deleted ${name}` } : refused(outcome);
    },
  }),
];

/** `null`: none; `undefined`: it cannot be read. */
function readDefault(given: string | undefined, type: PropertyType): unknown {
  if (given === undefined) return null;
  if (type === "STRING" || type === "TEXT") return given;
  try {
    return JSON.parse(given);
  } catch {
    return undefined;
  }
}
