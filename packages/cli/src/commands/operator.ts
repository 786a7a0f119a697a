import { linkPath, operatorRoles, type OutputOf } from "@latchkey/protocol";
import type { Console } from "@latchkey/server";
import { type Command, consoleCommand } from "../command.ts";
import { dashboardUrl } from "../dashboard-url.ts";
import { type Failure, failed, wrongUsage } from "../failure.ts";
import { choice, flag, requiredChoice, requiredText, text } from "../options.ts";
import type { Said } from "../output/output.ts";
import { jsonRecord } from "../output/json-record.ts";
import { fields, table } from "../output/layout.ts";
import { readableInstant } from "../output/spans.ts";
import { pageOptions, readPages } from "../pages.ts";
import { refused } from "../refused.ts";

type Operator = OutputOf<"addOperator">["operator"];

const argument = "O";

export const operator: readonly Command[] = [
  consoleCommand({
    name: "operator create",
    about: "create an operator: with a password, or else print the link by which one is set",
    options: {
      email: requiredText("E", "what the operator signs in by"),
      name: text("N", "what the operator is called; needed with a password"),
      role: choice("what the operator may do (owner unless given)", operatorRoles),
      passwordStdin: flag("read the password from standard input"),
    },
    async run({ console, config, input }, { email, name, role = "owner", passwordStdin }) {
      if (!passwordStdin) {
        const invited = await console.call("inviteOperator", { email, role });
        if (!invited.ok) return refused(invited);
        const { invitation, secret } = invited.output;
        return link({ ...invitation, link: dashboardUrl(config) + linkPath("invitation", secret) });
      }
      if (name === undefined) return wrongUsage("--password-stdin needs --name");
      const password = await input.readSecret();
      if (password === undefined) return failed("the password on standard input is far too long, or not UTF-8");
      const outcome = await console.call("addOperator", { email, name, role, password });
      return outcome.ok ? shown(outcome.output) : refused(outcome);
    },
  }),
  consoleCommand({
    name: "operator list",
    about: "list the operators, the oldest first",
    options: pageOptions,
    async run({ console }, { limit, cursor }) {
      const found = await readOperators(console, { limit, cursor });
      if ("exitCode" in found) return found;
      const { records, ...note } = found;
      return { json: records.map(jsonRecord), text: operatorTable(records), ...note };
    },
  }),
  onOperator("disable", "disableOperator", "sign an operator out, and let it sign in no more; O: its id or address"),
  onOperator("enable", "enableOperator", "let a disabled operator sign in again"),
  onOperator("remove", "removeOperator", "remove an operator; its address can be invited again"),
  consoleCommand({
    name: "operator role",
    about: "give an operator another role",
    argument,
    options: { role: requiredChoice("what the operator may do", operatorRoles) },
    async run({ console }, { role }, given) {
      const operatorId = await operatorIdOf(console, given);
      if (typeof operatorId !== "string") return operatorId;
      const outcome = await console.call("changeOperatorRole", { operatorId, role });
      return outcome.ok ? shown(outcome.output) : refused(outcome);
    },
  }),
  consoleCommand({
    name: "operator reset-password",
    about: "sign an operator out, end its password, and print the link by which it sets another one",
    argument,
    options: { removeSecondFactor: flag("the operator has lost it, and the recovery codes too") },
    async run({ console, config }, { removeSecondFactor }, given) {
      const operatorId = await operatorIdOf(console, given);
      if (typeof operatorId !== "string") return operatorId;
      const secondFactor = removeSecondFactor ? "remove" : "keep";
      const outcome = await console.call("resetOperatorPassword", { operatorId, secondFactor });
      if (!outcome.ok) return refused(outcome);
      const { secret, expiresAt } = outcome.output;
      const made = { id: operatorId, expiresAt, link: dashboardUrl(config) + linkPath("passwordReset", secret) };
      return link(made);
    },
  }),
];

function onOperator(
  verb: string,
  operation: "disableOperator" | "enableOperator" | "removeOperator",
  about: string,
): Command {
  return consoleCommand({
    name: `operator ${verb}`,
    about,
    argument,
    async run({ console }, _, given) {
      const operatorId = await operatorIdOf(console, given);
      if (typeof operatorId !== "string") return operatorId;
      const outcome = await console.call(operation, { operatorId });
      return outcome.ok ? shown(outcome.output) : refused(outcome);
    },
  });
}

/** An operator is named by its id or by its address. */
async function operatorIdOf(console: Console, given: string): Promise<string | Failure> {
  if (!given.includes("@")) return given;
  const found = await readOperators(console, {});
  if ("exitCode" in found) return found;
  const email = given.toLowerCase();
  return found.records.find((operator) => operator.email.toLowerCase() === email)?.id ?? given;
}

function readOperators(
  console: Console,
  asked: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
) {
  return readPages({ limit: asked.limit, cursor: asked.cursor }, async (page) => {
    const outcome = await console.call("listOperators", page);
    if (!outcome.ok) return refused(outcome);
    const { operators: records, ...next } = outcome.output;
    return { records, ...next };
  });
}

function shown({ operator }: { readonly operator: Operator }): Said {
  const { id, email, name, role } = operator;
  return { json: jsonRecord(operator), text: fields({ id, email, name, role, state: stateOf(operator) }) };
}

function link(made: { readonly link: string; readonly expiresAt: number }): Said {
  const text = `${made.link}\n\nIt works once, until ${readableInstant(made.expiresAt)}; one from before is void.`;
  return { json: jsonRecord(made), text };
}

function operatorTable(operators: readonly Operator[]): string {
  const rows = operators.map((operator) => {
    const { id, email, name, role, secondFactor, lastSignInAt } = operator;
    const lastSignIn = lastSignInAt === undefined ? "" : readableInstant(lastSignInAt);
    return [id, email, name, role, stateOf(operator), secondFactor, lastSignIn];
  });
  return table(["ID", "EMAIL", "NAME", "ROLE", "STATE", "SECOND FACTOR", "LAST SIGN-IN"], rows);
}

function stateOf({ disabledAt }: Operator): string {
  return disabledAt === undefined ? "enabled" : "disabled";
}
