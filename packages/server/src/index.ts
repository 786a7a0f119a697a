export { BackupError } from "./backup/backup-error.ts";
export { makeBackup } from "./backup/make-backup.ts";
export { restoreBackup } from "./backup/restore-backup.ts";
export { type Clock, systemClock, type Timer } from "./clock.ts";
export { CertificateError } from "./crypto/certificate-error.ts";
export { SigningKeyError } from "./crypto/signing-key.ts";
export {
  type Config,
  misfit,
  type ReadConfig,
  readConfig,
  readDuration,
  type SettingName,
  settings,
} from "./config.ts";
export type { Console } from "./console.ts";
export type { ProcessUsage } from "./cluster/keep-gauges.ts";
export type { Judgment } from "./gate.ts";
export { tryDelivery } from "./mail/try-delivery.ts";
export type { DashboardFiles } from "./doors/dashboard/dashboard-files.ts";
export { describeError, lineLog, type Log } from "./report/log.ts";
export { openConsole, type RunningServer, startServer, type Surroundings } from "./server.ts";
export { type DatabaseFacts, inspectDatabase } from "./storage/inspect-database.ts";
export { NewerDataError } from "./storage/database.ts";
export { DataDirectoryError } from "./storage/dialects/data-directory.ts";
