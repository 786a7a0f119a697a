import type { DatabaseFacts } from "@latchkey/server";
import { type Check, failure, ok, warning } from "./check.ts";

const name = "database server";
const oldestPostgres = 15;
const slowMs = 20;

/** Version and distance of a PostgreSQL; SQLite comes with the program and is no server. */
export function checkDatabaseServer({ version, major, latencyMs }: DatabaseFacts): Check {
  const message = `${version}, answers within ${latencyMs} ms`;
  if (major < oldestPostgres)
    return failure(name, {
      message,
      why: `nothing is tested with versions before ${oldestPostgres}`,
      remedy: "upgrade the database",
    });
  if (latencyMs <= slowMs) return ok(name, message);
  return warning(name, {
    message,
    why: "every request waits for a few answers of the database, one after another",
    remedy: "bring server and database into the same network, or look for what keeps the database busy",
  });
}
