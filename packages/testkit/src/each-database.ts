import { after, before, suite } from "node:test";
import { type PostgresServer, startPostgres } from "./postgres.ts";

/** Settings that give a server an empty database of its own. */
export type NewDatabase = () => Promise<Readonly<Record<string, string>>>;

type Kind = "SQLite" | "PostgreSQL";

/** Declares the same tests for SQLite and for a real PostgreSQL, which the suite has for itself. */
export function onEachDatabase(name: string, declare: (newDatabase: NewDatabase, kind: Kind) => void): void {
  suite(`${name} on SQLite`, () => {
    declare(() => Promise.resolve({}), "SQLite");
  });
  suite(`${name} on PostgreSQL`, () => {
    let postgres: PostgresServer;
    before(async () => {
      postgres = await startPostgres();
    });
    declare(async () => ({ database: await postgres.newDatabase() }), "PostgreSQL");
    after(() => postgres[Symbol.asyncDispose]());
  });
}
