import { join } from "node:path";
import type { Config } from "@latchkey/server";
import { masked } from "./settings/masked.ts";

/** Where the data is, for people: a folder, or a URL without its password. */
export function databasePlace({ database }: Config): string {
  return database.kind === "sqlite" ? join(database.directory) : masked(database.url);
}
