import type { Migration } from "kysely/migration";
import * as core from "./0001-core.ts";

/** Forward only, in order of their names; a released one is never edited. */
export const migrations: Readonly<Record<string, Migration>> = { "0001-core": core };
