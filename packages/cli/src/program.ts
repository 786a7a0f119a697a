import { settings } from "@latchkey/server";
import { Command as Program, Option as ProgramOption } from "commander";
import type { Command } from "./command.ts";
import type { Option } from "./options.ts";

/** What is done when a command was typed correctly; `program` has read its options. */
export type Execute = (command: Command, program: Program) => Promise<void>;

const placeholders: Readonly<Record<string, string>> = { data: "DIR", database: "URL", host: "HOST", port: "PORT" };

/** The command line that a table of commands makes. Throws a `CommanderError` for wrong usage, and for help. */
export function programOf(commands: readonly Command[], execute: Execute): Program {
  const program = new Program("latchkey")
    .description("Licenses, accounts and live sessions on one self-hosted server.")
    .helpCommand(false)
    .exitOverride();
  const groups = new Map([["", program]]);
  for (const command of commands) {
    const words = command.name.split(" ");
    const name = words.pop() ?? "";
    const noun = words.join(" ");
    const group = groups.get(noun) ?? program.command(noun).description(`work on ${noun}s`).helpCommand(false);
    groups.set(noun, group);
    addCommand(group.command(name), command, execute);
  }
  return program;
}

function addCommand(program: Program, command: Command, execute: Execute): void {
  program.description(command.about);
  if (command.argument !== undefined) program.argument(`<${command.argument}>`);
  for (const [name, option] of Object.entries(command.options)) program.addOption(programOption(name, option));
  for (const name of command.settings) {
    program.option(`--${name} <${placeholders[name] ?? "VALUE"}>`, settings[name].about);
  }
  program.option("--json", "print one JSON value and nothing else");
  program.action(() => execute(command, program));
}

function programOption(name: string, given: Option<unknown>): ProgramOption {
  const { placeholder, about, isRequired } = given;
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const option = new ProgramOption(placeholder === undefined ? flag : `${flag} <${placeholder}>`, about);
  if (isRequired) option.makeOptionMandatory();
  if (given.read) option.argParser((text, before) => given.read?.(text, before));
  return option;
}
