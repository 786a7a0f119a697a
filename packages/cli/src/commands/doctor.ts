import { openConsole, systemClock } from "@latchkey/server";
import { command, type Surroundings } from "../command.ts";
import { databasePlace } from "../database-place.ts";
import type { Check } from "../doctor/check.ts";
import { checkClock } from "../doctor/check-clock.ts";
import { checkDataDirectory } from "../doctor/check-data-directory.ts";
import { checkMail } from "../doctor/check-mail.ts";
import { checkPasswords } from "../doctor/check-passwords.ts";
import { checkSchemas } from "../doctor/check-schemas.ts";
import { checkPort } from "../doctor/check-port.ts";
import { explain } from "../explain.ts";
import { failed } from "../failure.ts";
import { table } from "../output/layout.ts";
import { type ShownSetting, shownSettings } from "../settings/shown-settings.ts";

export const doctor = command({
  name: "doctor",
  about: "print every setting and where it comes from, and check what a server needs",
  settings: ["host", "port"],
  async run(surroundings) {
    const { config, origins, output } = surroundings;
    const settings = shownSettings(origins);
    const ofDatabase = await checkDatabase(surroundings);
    const checks: readonly Check[] = [
      { name: "node", result: "ok", message: process.version },
      // After the database, which makes the directory where there is none.
      ...(config.database.kind === "sqlite" ? [checkDataDirectory(config.dataDirectory)] : []),
      ...ofDatabase,
      await checkPort(config),
      checkMail(config),
    ];
    output.json({ settings, checks });
    output.text(`${settingsText(settings)}\n\n${checksText(checks)}`);
    return checks.some(({ result }) => result === "failed") ? failed() : undefined;
  },
});

async function checkDatabase({ config, log }: Surroundings): Promise<Check[]> {
  const name = "database";
  try {
    await using console = await openConsole(config, { clock: systemClock, log });
    const listed = await console.call("listApplications", {});
    if (!listed.ok) return [{ name, result: "failed", message: "cannot be read" }];
    const { applications } = listed.output;
    const message = `${databasePlace(config)} is open and up to date, applications: ${applications.length}`;
    const storedAt = applications.map(({ createdAt }) => createdAt);
    return [
      { name, result: "ok", message },
      checkClock(Date.now(), storedAt),
      checkPasswords(applications),
      checkSchemas(applications),
    ];
  } catch (error) {
    const message = explain(error, config) ?? String(error);
    return [{ name, result: "failed", message }, checkClock(Date.now(), [])];
  }
}

function settingsText(settings: readonly ShownSetting[]): string {
  return table(
    ["SETTING", "VALUE", "FROM"],
    settings.map(({ name, value, from }) => [name, value || "-", from]),
  );
}

function checksText(checks: readonly Check[]): string {
  return table(
    ["CHECK", "RESULT", ""],
    checks.map(({ name, result, message }) => [name, result, message]),
  );
}
