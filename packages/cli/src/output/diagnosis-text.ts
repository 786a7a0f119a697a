import type { Check } from "../doctor/check.ts";
import type { ShownSetting } from "../settings/shown-settings.ts";
import { table } from "./layout.ts";

/** What doctor looked at, and then what it found: what it is, why it matters, and what to do. */
export function diagnosisText(settings: readonly ShownSetting[], checks: readonly Check[]): string {
  const settingsTable = table(
    ["SETTING", "VALUE", "FROM"],
    settings.map(({ name, value, from }) => [name, value || "-", from]),
  );
  const checksTable = table(
    ["CHECK", "RESULT", ""],
    checks.map(({ name, result, message }) => [name, result, message]),
  );
  return [settingsTable, checksTable, ...checks.filter(({ why }) => why !== undefined).map(findingText)].join("\n\n");
}

function findingText({ name, result, message, why, remedy }: Check): string {
  return table(
    [`${result}:`, `${name}: ${message}`],
    [
      ["why", why ?? ""],
      ["do", remedy ?? ""],
    ],
  );
}
