import { settings } from "@latchkey/server";
import { readableDuration } from "../output/spans.ts";
import { masked } from "./masked.ts";
import type { SettingOrigin, Source } from "./merge-settings.ts";

export interface ShownSetting {
  readonly name: string;
  readonly value: string;
  readonly source: Source;
  /** What it is called where it comes from. */
  readonly from: string;
}

/** Every setting as it may be shown to anybody who looks over the operator's shoulder. */
export function shownSettings(origins: readonly SettingOrigin[]): ShownSetting[] {
  return origins.map((origin) => {
    const { name, source, label } = origin;
    const text = origin.text ?? defaultText(name);
    return { name, value: shown(name, text), source, from: label };
  });
}

function shown(name: SettingOrigin["name"], text: string): string {
  if (settings[name].isSecret) return text && "***";
  return name === "database" ? masked(text) : text;
}

function defaultText(name: SettingOrigin["name"]): string {
  const { default: value, unit } = settings[name];
  if (typeof value === "number") return unit === "ms" ? readableDuration(value) : String(value);
  return typeof value === "string" ? value : value.join(",");
}
