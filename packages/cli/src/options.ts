import { readDuration } from "@latchkey/server";
import { InvalidArgumentError } from "commander";

/** One option of a command, by how its value is read. Its flag is its name in kebab-case. */
export interface Option<T> {
  /** What stands for the value in the help; absent: a flag without a value. */
  readonly placeholder?: string;
  readonly about: string;
  readonly isRequired?: true;
  /** Absent: the text itself, or `true` for a flag. With each further use of the option the value so far comes along. */
  read?(text: string, before: T | undefined): T;
}

export type Options = Readonly<Record<string, Option<unknown>>>;
export type ValuesOf<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

export function text(placeholder: string, about: string): Option<string | undefined> {
  return { placeholder, about };
}

export function requiredText(placeholder: string, about: string): Option<string> {
  return { placeholder, about, isRequired: true };
}

/** Without it the command is not carried out. */
export function requiredFlag(about: string): Option<boolean> {
  return { about, isRequired: true };
}

export function flag(about: string): Option<boolean | undefined> {
  return { about };
}

export function integer(about: string, max: number): Option<number | undefined> {
  const read = (given: string) => {
    if (/^[1-9]\d{0,9}$/.test(given) && Number(given) <= max) return Number(given);
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${max}.`);
  };
  return { placeholder: "N", about, read };
}

export function requiredDuration(about: string): Option<number> {
  return { placeholder: "TIME", about, isRequired: true, read: readTime };
}

export function duration(about: string): Option<number | undefined> {
  return { placeholder: "TIME", about, read: readTime };
}

function readTime(given: string): number {
  const ms = readDuration(given);
  if (ms) return ms;
  throw new InvalidArgumentError("It must be a duration such as 15m, 2h or 30d.");
}

export function instant(about: string): Option<number | undefined> {
  const read = (given: string) => {
    const at = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/.test(given) ? Date.parse(given) : NaN;
    if (Number.isSafeInteger(at) && at >= 0) return at;
    throw new InvalidArgumentError("It must be an instant such as 2030-01-31 or 2030-01-31T12:00:00Z.");
  };
  return { placeholder: "INSTANT", about, read };
}

export function choice<const T extends string>(about: string, choices: readonly T[]): Option<T | undefined> {
  return { placeholder: "ONE", about: `${about}: ${choices.join(", ")}`, read: (given) => chosen(given, choices) };
}

export function requiredChoice<const T extends string>(about: string, choices: readonly T[]): Option<T> {
  const read = (given: string) => chosen(given, choices);
  return { placeholder: "ONE", about: `${about}: ${choices.join(", ")}`, isRequired: true, read };
}

function chosen<const T extends string>(given: string, choices: readonly T[]): T {
  const one = choices.find((choice) => choice === given);
  if (one !== undefined) return one;
  throw new InvalidArgumentError(`It must be one of ${choices.join(", ")}.`);
}

export function list(placeholder: string, about: string): Option<readonly string[] | undefined> {
  const read = (given: string) => {
    const items = given.split(",").map((item) => item.trim());
    if (items.every((item) => item !== "")) return items;
    throw new InvalidArgumentError("It must be a list separated by commas.");
  };
  return { placeholder, about, read };
}
