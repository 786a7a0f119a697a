import { type Config, type Console, type Log, openConsole, type SettingName, systemClock } from "@latchkey/server";
import type { Command as Program } from "commander";
import { askWhetherSure } from "./ask-whether-sure.ts";
import type { Failure } from "./failure.ts";
import type { Input } from "./input.ts";
import { flag, type Options, type ValuesOf } from "./options.ts";
import type { Output, Said } from "./output/output.ts";
import type { SettingOrigin } from "./settings/merge-settings.ts";

/** What every command is handed: the settings of this run, and where to speak. */
export interface Surroundings {
  readonly config: Config;
  readonly origins: readonly SettingOrigin[];
  readonly input: Input;
  readonly output: Output;
  readonly log: Log;
}

interface WithConsole extends Surroundings {
  readonly console: Console;
}

/** How a command ended; nothing: it was carried out. */
type Ending = Promise<Failure | undefined>;

interface Definition<O extends Options, S extends Surroundings, E = Failure | undefined> {
  /** As it is typed: `app create`. */
  readonly name: string;
  readonly about: string;
  /** The name of its one argument, if it has one. */
  readonly argument?: string;
  readonly options?: O;
  /** Settings that it has flags for, besides `--data` and `--database`. */
  readonly settings?: readonly SettingName[];
  readonly run: (surroundings: S, values: ValuesOf<O>, argument: string) => Promise<E>;
}

/** Nothing: it has said everything itself. */
type SaidEnding = Failure | Said | undefined;

interface ConsoleDefinition<O extends Options> extends Definition<O, WithConsole, SaidEnding> {
  /** What is gone for good afterwards; then it takes `--yes`, or asks. */
  readonly destroys?: string;
}

/** A command without the types of its options, so that all of them fit into one table. */
export interface Command {
  readonly name: string;
  readonly about: string;
  readonly argument: string | undefined;
  readonly options: Options;
  readonly settings: readonly SettingName[];
  /** `program` is what has read the options and the argument. */
  readonly run: (surroundings: Surroundings, program: Program) => Ending;
}

type NoOptions = Readonly<Record<never, never>>;

export function command<const O extends Options = NoOptions>(definition: Definition<O, Surroundings>): Command {
  const { name, about, argument, options, settings = [] } = definition;
  return {
    name,
    about,
    argument,
    options: options ?? {},
    settings: ["data", "database", ...settings],
    run: (surroundings, program) => definition.run(surroundings, program.opts<ValuesOf<O>>(), program.args[0] ?? ""),
  };
}

/** A command that needs the operator's entrance: opened before and closed after, whether or not a server runs. */
export function consoleCommand<const O extends Options = NoOptions>(definition: ConsoleDefinition<O>): Command {
  const { destroys } = definition;
  const { options, run, ...rest } = command<O>({
    ...definition,
    run: async (surroundings, values, argument) => {
      const { config, log, output } = surroundings;
      await using console = await openConsole(config, { clock: systemClock, log });
      const ending = await definition.run({ ...surroundings, console }, values, argument);
      if (ending && "exitCode" in ending) return ending;
      if (ending) output.say(ending);
      return undefined;
    },
  });
  if (destroys === undefined) return { ...rest, options, run };
  return {
    ...rest,
    options: { ...options, yes: flag("do it without asking") },
    run: async (surroundings, program) => {
      const isSure = program.opts<{ readonly yes?: true }>().yes === true;
      const unsure = isSure ? undefined : await askWhetherSure(surroundings, definition.name, destroys);
      return unsure ?? run(surroundings, program);
    },
  };
}
