import { type SettingName, settings } from "@latchkey/server";

export const settingNames = Object.keys(settings).filter(isSettingName);

function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settings, name);
}

const prefix = "LATCHKEY_";

/** Whether an environment variable claims to be a setting. */
export function isOurs(variable: string): boolean {
  return variable.startsWith(prefix);
}

/** `hashMemory` is `LATCHKEY_HASH_MEMORY` in the environment. */
export function variableOf(name: SettingName): string {
  return prefix + snakeCase(name).toUpperCase();
}

/** `hashMemory` is `hash_memory` in the file. */
export function fileKeyOf(name: SettingName): string {
  return snakeCase(name);
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
