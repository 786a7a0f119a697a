import type { Migration } from "kysely/migration";
import type { DatabaseKit } from "../dialects/kit.ts";
import * as core from "./0001-core.ts";
import * as changeLog from "./0002-change-log.ts";
import * as variablesAndValues from "./0003-variables-and-values.ts";
import * as resume from "./0004-resume.ts";
import * as files from "./0005-files.ts";

/** Forward only, in order of their names; a released one is never edited. */
export function migrationsOn(kit: DatabaseKit): Record<string, Migration> {
  return {
    "0001-core": core,
    "0002-change-log": { up: (db) => changeLog.up(db, kit) },
    "0003-variables-and-values": variablesAndValues,
    "0004-resume": resume,
    "0005-files": files,
  };
}
