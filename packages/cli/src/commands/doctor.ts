import { existsSync } from "node:fs";
import { inspectDatabase, openConsole, systemClock } from "@latchkey/server";
import { command, type Surroundings } from "../command.ts";
import { databasePlace } from "../database-place.ts";
import { type Check, failure, ok } from "../doctor/check.ts";
import { checkBackup } from "../doctor/check-backup.ts";
import { checkCertificate } from "../doctor/check-certificate.ts";
import { checkClock, checkDatabaseClock } from "../doctor/check-clock.ts";
import { checkDataDirectory } from "../doctor/check-data-directory.ts";
import { checkDatabaseServer } from "../doctor/check-database-server.ts";
import { checkDescriptors } from "../doctor/check-descriptors.ts";
import { checkDisk } from "../doctor/check-disk.ts";
import { checkExposure, checkProxies } from "../doctor/check-exposure.ts";
import { checkMail } from "../doctor/check-mail.ts";
import { checkPasswords } from "../doctor/check-passwords.ts";
import { checkPort } from "../doctor/check-port.ts";
import { checkSchemas } from "../doctor/check-schemas.ts";
import { checkSecretFiles } from "../doctor/check-secret-files.ts";
import { checkSigningKey } from "../doctor/check-signing-key.ts";
import { explain } from "../explain.ts";
import { failed } from "../failure.ts";
import { lastBackupAt } from "../last-backup.ts";
import { diagnosisText } from "../output/diagnosis-text.ts";
import { shownSettings } from "../settings/shown-settings.ts";

export const doctor = command({
  name: "doctor",
  about: "print every setting and where it comes from, and check what a server needs",
  settings: ["host", "port"],
  async run(surroundings) {
    const { config, origins, output } = surroundings;
    const settings = shownSettings(origins);
    const now = Date.now();
    const ofDatabase = await checkDatabase(surroundings, now);
    const checks: readonly Check[] = [
      ok("node", process.version),
      // After the database, which makes the directory where there is none.
      ...checkDirectory(surroundings),
      ...ofDatabase,
      checkSecretFiles(config),
      checkSigningKey(config),
      checkCertificate(config, now),
      checkExposure(config),
      checkProxies(config),
      await checkPort(config),
      checkDescriptors(),
      await checkMail(config),
      checkBackup(lastBackupAt(config), now),
    ];
    output.json({ settings, checks });
    output.text(diagnosisText(settings, checks));
    return checks.some(({ result }) => result === "failed") ? failed() : undefined;
  },
});

/** On PostgreSQL there may be none: files are in a bucket, or there were none yet. */
function checkDirectory({ config }: Surroundings): Check[] {
  const { database, dataDirectory } = config;
  if (database.kind === "postgres" && !existsSync(dataDirectory)) return [];
  const check = checkDataDirectory(dataDirectory);
  return check.result === "failed" ? [check] : [check, checkDisk(dataDirectory)];
}

async function checkDatabase({ config, log }: Surroundings, now: number): Promise<Check[]> {
  const name = "database";
  const why = "nothing works without it";
  const storedAt = [lastBackupAt(config) ?? 0];
  try {
    await using console = await openConsole(config, { clock: systemClock, log });
    const listed = await console.call("listApplications", {});
    if (!listed.ok) return [failure(name, { message: "it cannot be read", why, remedy: "look at the log" })];
    const { applications } = listed.output;
    const facts = await inspectDatabase(config.database, Date.now);
    storedAt.push(...applications.map(({ createdAt }) => createdAt));
    return [
      ok(name, `${databasePlace(config)} is open and up to date, applications: ${applications.length}`),
      ...(facts ? [checkDatabaseServer(facts), checkDatabaseClock(facts.aheadMs)] : []),
      checkClock(now, storedAt),
      checkPasswords(applications),
      checkSchemas(applications),
    ];
  } catch (error) {
    const remedy = "see what its own log says";
    return [
      failure(name, { message: explain(error, config) ?? String(error), why, remedy }),
      checkClock(now, storedAt),
    ];
  }
}
