import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { type PostgresServer, startPostgres } from "@latchkey/testkit";
import { type DatabaseConfig, databaseKit, openDatabase } from "#storage/database.ts";
import { changeLogContract } from "./change-log.contract.ts";

let postgres: PostgresServer;
before(async () => {
  postgres = await startPostgres();
});
after(() => postgres[Symbol.asyncDispose]());

changeLogContract("SQLite", () => {
  const directory = mkdtempSync(join(tmpdir(), "latchkey-change-log-"));
  return openTwice({ kind: "sqlite", directory }, () => {
    rmSync(directory, { recursive: true });
  });
});

changeLogContract("PostgreSQL", async () =>
  openTwice({ kind: "postgres", url: await postgres.newDatabase(), connections: 10 }, () => undefined),
);

/** Two processes' views of one database. */
async function openTwice(config: DatabaseConfig, cleanUp: () => void) {
  const kit = databaseKit(config);
  const db = await openDatabase(config, kit);
  const another = await openDatabase(config);
  return {
    db,
    another,
    kit,
    async [Symbol.asyncDispose]() {
      await db.destroy();
      await another.destroy();
      cleanUp();
    },
  };
}
