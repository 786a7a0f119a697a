import { type Config, misfit, readConfig, type SettingName, settings } from "@latchkey/server";
import { hintFor } from "./nearest-name.ts";
import { fileKeyOf, isOurs, settingNames, variableOf } from "./setting-names.ts";

export const settingsFile = "latchkey.toml";

/** Where settings can come from, the first one that names a setting wins. */
export interface SettingSources {
  readonly flags: Readonly<Partial<Record<SettingName, string>>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly file: Readonly<Record<string, unknown>>;
}

export type Source = "flag" | "environment" | "file" | "default";

export interface SettingOrigin {
  readonly name: SettingName;
  /** As it was given; `undefined`: the default. */
  readonly text: string | undefined;
  readonly source: Source;
  /** What it is called there: `--port`, `LATCHKEY_PORT`, `port in latchkey.toml`. */
  readonly label: string;
}

export type MergedSettings =
  { readonly config: Config; readonly origins: readonly SettingOrigin[] } | { readonly problems: readonly string[] };

/** Every setting, where it comes from, and the server's configuration that they make; or all that is wrong with them. */
export function mergeSettings(sources: SettingSources): MergedSettings {
  const problems = [...unknownVariables(sources.environment), ...unknownKeys(sources.file)];
  const origins = settingNames.map((name) => originOf(name, sources, problems));
  for (const origin of origins) problems.push(...misfits(origin));
  if (problems.length > 0) return { problems };
  const given = origins.flatMap(({ name, text }) => (text === undefined ? [] : [[name, text] as const]));
  const read = readConfig(Object.fromEntries(given));
  return "problems" in read ? read : { config: read.config, origins };
}

function originOf(name: SettingName, { flags, environment, file }: SettingSources, problems: string[]): SettingOrigin {
  const flag = flags[name];
  if (flag !== undefined) return { name, text: flag, source: "flag", label: `--${name}` };
  const variable = variableOf(name);
  const text = environment[variable];
  if (text !== undefined) return { name, text, source: "environment", label: variable };
  const key = fileKeyOf(name);
  if (!Object.hasOwn(file, key)) return { name, text: undefined, source: "default", label: "default" };
  const label = `${key} in ${settingsFile}`;
  const written = textOf(file[key]);
  if (written === undefined) problems.push(`${label} must be text, a whole number or a list of text`);
  return { name, text: written, source: "file", label };
}

function misfits({ name, text, label }: SettingOrigin): string[] {
  if (text === undefined || settings[name].read(text) !== undefined) return [];
  return [misfit(label, text, settings[name])];
}

function unknownVariables(environment: SettingSources["environment"]): string[] {
  const known = settingNames.map(variableOf);
  return Object.keys(environment)
    .filter((variable) => isOurs(variable) && !known.includes(variable))
    .map((variable) => `${variable} is not a setting${hintFor(variable, known)}`);
}

function unknownKeys(file: SettingSources["file"]): string[] {
  // The file lies in the data directory, so it cannot say where that is.
  const known = settingNames.filter((name) => name !== "data").map(fileKeyOf);
  return Object.keys(file)
    .filter((key) => !known.includes(key))
    .map((key) => `${key} in ${settingsFile} is not a setting${hintFor(key, known)}`);
}

/** A value of the file in the form that a flag would have. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(",");
  return undefined;
}
