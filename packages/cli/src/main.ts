import { describeError, lineLog } from "@latchkey/server";
import { CommanderError, type Command as Program } from "commander";
import type { Command } from "./command.ts";
import { commands } from "./commands.ts";
import { explain } from "./explain.ts";
import { ExitCode, type Failure, failed } from "./failure.ts";
import { Input } from "./input.ts";
import { Output } from "./output/output.ts";
import { programOf } from "./program.ts";
import { loadSettings } from "./settings/load-settings.ts";

/** Runs the command that the arguments name, and leaves the exit code to the process. */
export async function main(args: readonly string[]): Promise<void> {
  // A reader that has gone, as `head` does, is no reason to crash.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  const program = programOf(commands, async (command, typed) => {
    const failure = await execute(command, typed);
    for (const message of failure?.messages ?? []) process.stderr.write(`latchkey: ${message}\n`);
    process.exitCode = failure?.exitCode ?? ExitCode.done;
  });
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help that was asked for ends here too, with 0.
    process.exitCode = error.exitCode === 0 ? ExitCode.done : ExitCode.wrongUsage;
  }
}

async function execute(command: Command, program: Program): Promise<Failure | undefined> {
  const options = program.opts<Readonly<Record<string, string | undefined>> & { readonly json?: true }>();
  const flags = Object.fromEntries(command.settings.map((name) => [name, options[name]]));
  const merged = loadSettings(flags, process.env);
  if ("problems" in merged) return failed(...merged.problems);
  const output = new Output(
    options.json === true,
    (text) => process.stdout.write(text),
    (text) => process.stderr.write(text),
  );
  const input = new Input(process.stdin, process.stdin.isTTY && process.stderr.isTTY);
  const log = lineLog((line) => process.stderr.write(line), Date.now);
  try {
    return await command.run({ ...merged, input, output, log }, program);
  } catch (error) {
    const reason = explain(error, merged.config);
    if (reason !== undefined) return failed(reason);
    log.error("failed", { what: command.name, error: describeError(error) });
    return failed("this should not have happened: the line above says where");
  }
}
