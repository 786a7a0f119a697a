import { sql } from "kysely";
import { type DatabaseConfig, openDatabase } from "./database.ts";

/** What a database server tells of itself. */
export interface DatabaseFacts {
  readonly version: string;
  readonly major: number;
  /** Of a statement that does nothing, at its best. */
  readonly latencyMs: number;
  /** How far our clock is ahead of its. */
  readonly aheadMs: number;
}

const tries = 5;

/** Asks a PostgreSQL, whose best answer tells most of the way there and of its clock. SQLite is no server: nothing. */
export async function inspectDatabase(config: DatabaseConfig, now: () => number): Promise<DatabaseFacts | undefined> {
  if (config.kind === "sqlite") return undefined;
  await using db = await openDatabase(config);
  const answers = [];
  for (let n = 0; n < tries; n++) {
    const askedAt = now();
    const { rows } = await sql<{ version: string; at: number }>`
      select current_setting('server_version') as version,
        (extract(epoch from clock_timestamp()) * 1000)::bigint as at`.execute(db);
    const latencyMs = now() - askedAt;
    for (const { version, at } of rows) answers.push({ version, latencyMs, aheadMs: askedAt + latencyMs / 2 - at });
  }
  const [best] = answers.toSorted((one, other) => one.latencyMs - other.latencyMs);
  return best && { ...best, version: `PostgreSQL ${best.version}`, major: Number.parseInt(best.version, 10) };
}
