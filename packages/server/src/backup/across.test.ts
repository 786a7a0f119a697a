import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { readConfig, systemClock } from "@latchkey/server";
import {
  checksumOf,
  must,
  newApplication,
  newLicense,
  type PostgresServer,
  RestPeer,
  startPostgres,
  startTestServer,
  storeFile,
} from "@latchkey/testkit";
import { openDatabase } from "#storage/database.ts";
import { type Dump, loadDatabase } from "#storage/load-database.ts";
import { makeBackup } from "./make-backup.ts";
import { readManifest } from "./manifest.ts";
import { restoreBackup } from "./restore-backup.ts";

const root = mkdtempSync(join(tmpdir(), "latchkey-across-"));
const takeOver = { takesOver: true, withAnotherKey: false };
/** Nothing follows the log of a database that nobody serves, and nobody is connected to it. */
const settled = ["change", "node"];
let postgres: PostgresServer;
let places = 0;

before(async () => {
  postgres = await startPostgres();
});

after(async () => {
  await postgres[Symbol.asyncDispose]();
  rmSync(root, { recursive: true });
});

function newPlace(): string {
  return join(root, `place-${++places}`);
}

function configOf(settings: Readonly<Record<string, string>>) {
  const read = readConfig(settings);
  assert.ok("config" in read);
  return read.config;
}

/** What a backup says of each table, in any order of the rows. */
async function tablesIn(directory: string): Promise<Record<string, string>> {
  const { tables } = await readManifest(directory);
  const kept = tables.filter(({ name }) => !settled.includes(name));
  const lines = (name: string) => readFileSync(join(directory, "tables", `${name}.jsonl`), "utf8").split("\n");
  return Object.fromEntries(
    kept.map(({ name, columns, rows }) => [
      `${name} ${columns.join()}`,
      `${rows} ${checksumOf(Buffer.from(lines(name).toSorted().join()))}`,
    ]),
  );
}

test("[MG-BACKUP-6] the same backup fills SQLite and PostgreSQL, and nothing changes on the way there and back", async () => {
  const data = newPlace();
  {
    await using server = await startTestServer({ settings: { data, signingKey: "" } });
    const application = await newApplication(server.console);
    await newLicense(server.console, application, { count: 1_001 });
    await storeFile(server.console, application, "setup.exe", Buffer.from("some bytes"));
    const rest = RestPeer.of(server, application);
    await rest.register("anna@example.com");
    await rest.login("anna@example.com");
  }
  // Contents are kept for a day from here on, which is the one thing that a backup changes.
  const clock = { clock: { ...systemClock, now: () => Date.UTC(2100, 0, 1) } };
  const [first, second, third] = [newPlace(), newPlace(), newPlace()];
  await makeBackup(configOf({ data }), clock, first);

  const signingKey = readFileSync(join(first, "signing.key"), "utf8").trim();
  const moved = configOf({ data: newPlace(), database: await postgres.newDatabase(), signingKey });
  await restoreBackup(moved, first, takeOver);
  await makeBackup(moved, clock, second);
  const back = configOf({ data: newPlace(), signingKey });
  await restoreBackup(back, second, takeOver);
  await makeBackup(back, clock, third);

  const tables = await tablesIn(first);
  assert.deepEqual(await tablesIn(second), tables);
  assert.deepEqual(await tablesIn(third), tables);
  await using server = await startTestServer({ settings: { data: back.dataDirectory, signingKey } });
  const { fault, position } = await must(server.console, "verifyAudit", {});
  assert.equal(fault, undefined, "the audit log is not what it was");
  assert.ok(position > 0);
});

test("[MG-BACKUP-7] the key that secrets are sealed with comes along, or has to be given", async () => {
  const data = newPlace();
  {
    await using server = await startTestServer({ settings: { data, signingKey: "" } });
    await newApplication(server.console);
  }
  const directory = newPlace();
  await makeBackup(configOf({ data }), { clock: systemClock }, directory);
  const another = "another key of thirty-two characters";
  const database = await postgres.newDatabase();
  for (const settings of [{ signingKey: another }, { database }, { database, signingKey: another }]) {
    const config = configOf({ data: newPlace(), ...settings });
    await assert.rejects(restoreBackup(config, directory, takeOver), /sealed with another signing key/);
  }
  await restoreBackup(configOf({ data: newPlace(), database, signingKey: another }), directory, {
    ...takeOver,
    withAnotherKey: true,
  });
  const target = newPlace();
  await restoreBackup(configOf({ data: target }), directory, takeOver);
  assert.equal(readFileSync(join(target, "signing.key"), "utf8"), readFileSync(join(data, "signing.key"), "utf8"));
});

test("[MG-BACKUP-8] rows of an earlier version are migrated, those of a later one are refused", async () => {
  const at = Date.UTC(2026, 0, 1);
  const columns = ["id", "name", "version", "websocket_api_key", "settings", "account_count", "created_at"];
  const dump = (schema: string): Dump => ({
    schema,
    tables: [{ name: "application", columns }],
    async *rows() {
      yield [["A", "Old product", "1.0", "key", "{}", 0, at]];
    },
  });
  const urls = [await postgres.newDatabase(), ""];
  for (const database of urls) {
    const config = configOf({ data: newPlace(), database, signingKey: "x".repeat(32) }).database;
    await assert.rejects(loadDatabase(config, dump("9999-not-yet"), true), { name: "NewerDataError" });
    await loadDatabase(config, dump("0001-core"), true);
    await using db = await openDatabase(config);
    const [application] = await db.selectFrom("application").selectAll().execute();
    assert.deepEqual([application?.name, application?.pausedAt], ["Old product", null]);
  }
});
