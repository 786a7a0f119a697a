import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type SettingName, settings } from "@latchkey/server";
import { parse, TomlError } from "smol-toml";
import { type MergedSettings, mergeSettings, settingsFile } from "./merge-settings.ts";
import { variableOf } from "./setting-names.ts";

/** The settings of this process: flags, its environment, the file in the data directory, defaults. */
export function loadSettings(
  flags: Readonly<Partial<Record<SettingName, string>>>,
  environment: Readonly<Record<string, string | undefined>>,
): MergedSettings {
  const directory = flags.data ?? environment[variableOf("data")] ?? settings.data.default;
  const read = readSettingsFile(join(directory, settingsFile));
  return "problem" in read ? { problems: [read.problem] } : mergeSettings({ flags, environment, file: read.file });
}

function readSettingsFile(path: string): { file: Readonly<Record<string, unknown>> } | { problem: string } {
  try {
    return { file: parse(readFileSync(path, "utf8")) };
  } catch (error) {
    // Whether the directory itself will do is judged by whoever opens it.
    if (isAbsence(error)) return { file: {} };
    return { problem: `${path} cannot be read: ${reasonOf(error)}` };
  }
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // What follows the first line quotes the file, which may hold a password.
  const [first = ""] = error.message.split("\n");
  return error instanceof TomlError ? `line ${error.line}: ${first}` : first;
}
