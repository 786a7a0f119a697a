import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { type PostgresServer, startPostgres } from "@latchkey/testkit";
import { type DatabaseConfig, openDatabase } from "./database.ts";
import { storageContract } from "./storage.contract.ts";

let postgres: PostgresServer;
before(async () => {
  postgres = await startPostgres();
});
after(() => postgres[Symbol.asyncDispose]());

storageContract("SQLite", () => {
  const directory = mkdtempSync(join(tmpdir(), "latchkey-storage-"));
  return openTwice({ kind: "sqlite", directory }, () => {
    rmSync(directory, { recursive: true });
  });
});

storageContract("PostgreSQL", async () =>
  openTwice({ kind: "postgres", url: await postgres.newDatabase(), connections: 10 }, () => undefined),
);

/** Two processes' views of one database. */
async function openTwice(config: DatabaseConfig, cleanUp: () => void) {
  const db = await openDatabase(config);
  const another = await openDatabase(config);
  return {
    db,
    another,
    async [Symbol.asyncDispose]() {
      await db.destroy();
      await another.destroy();
      cleanUp();
    },
  };
}
