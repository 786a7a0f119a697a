import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Config } from "#config.ts";
import { signingKeyFile } from "#crypto/signing-key.ts";
import { DirectoryStore } from "#files/directory-store.ts";
import { type FileStore, StorageFullError } from "#files/file-store.ts";
import { isFull } from "#files/is-full.ts";
import { openFileStore } from "#files/open-file-store.ts";
import { syncDirectory } from "#files/sync-directory.ts";
import { contentsOf } from "#storage/contents-of.ts";
import { keepAllContents } from "#storage/contents.ts";
import { databaseKit, openDatabase } from "#storage/database.ts";
import type { Snapshot, SnapshotTable } from "#storage/dialects/snapshot.ts";
import type { Clock } from "#clock.ts";
import { BackupError } from "./backup-error.ts";
import { copyContent } from "./copy-content.ts";
import { keyFingerprint } from "./key-fingerprint.ts";
import { filesFolder, type Manifest, manifestFile, manifestText, type TablePart, tablesFolder } from "./manifest.ts";
import { PartWriter } from "./part-writer.ts";

/** Longer than any backup takes. */
const keptMs = 86_400_000;
/** What Kysely keeps of its own: the latest migration is all that a backup says of it. */
const ofMigrations = /^kysely_/;

/**
 * Writes all that a server has, as it is at one instant, while servers go on writing. Under its name it is there whole or
 * not at all.
 */
export async function makeBackup(config: Config, { clock }: { clock: Clock }, directory: string): Promise<Manifest> {
  const target = resolve(directory);
  const part = `${target}.part`;
  if (existsSync(target)) throw new BackupError(`${directory} is there already: name a place that is not`);
  await makePart(part);
  try {
    const manifest = await writeAll(config, clock, part);
    await rename(part, target);
    await syncDirectory(dirname(target));
    return manifest;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    if (error instanceof StorageFullError || isFull(error))
      throw new BackupError(`there is not enough room for the backup in ${dirname(target)}`, { cause: error });
    throw error;
  }
}

async function makePart(part: string): Promise<void> {
  try {
    await mkdir(part, { mode: 0o700 });
  } catch (cause) {
    const is = existsSync(part);
    throw new BackupError(
      is
        ? `${part} is in the way: a backup is being made there, or was broken off and can be removed`
        : `${part} cannot be made`,
      { cause },
    );
  }
}

async function writeAll(config: Config, clock: Clock, part: string): Promise<Manifest> {
  const madeAt = new Date(clock.now()).toISOString();
  const kit = databaseKit(config.database);
  await using db = await openDatabase(config.database, kit);
  // The rows come first, then the objects they speak of: those never change, and none is dropped meanwhile. The other
  // way around the rows would speak of objects that came later.
  await keepAllContents(db, clock.now() + keptMs);
  await using snapshot = await kit.snapshot();
  const tables = await writeTables(snapshot, join(part, tablesFolder));
  const manifest: Manifest = {
    version: 1,
    madeAt,
    database: config.database.kind,
    schema: await schemaOf(snapshot),
    tables,
    files: await copyFiles(snapshot, openFileStore(config), join(part, filesFolder)),
    signingKey: await copyKey(config, part),
  };
  await using writer = await PartWriter.open(join(part, manifestFile));
  await writer.write(manifestText(manifest));
  await writer.finish();
  await syncDirectory(part);
  return manifest;
}

async function schemaOf({ tables, rows }: Snapshot): Promise<string> {
  const table = tables.find(({ name }) => name === "kysely_migration");
  if (!table) throw new Error("the database was never migrated");
  const name = table.columns.indexOf("name");
  const names: string[] = [];
  for await (const some of rows(table)) names.push(...some.map((row) => String(row[name])));
  return names.toSorted().at(-1) ?? "";
}

async function writeTables(snapshot: Snapshot, folder: string): Promise<TablePart[]> {
  await mkdir(folder, { mode: 0o700 });
  const parts: TablePart[] = [];
  for (const table of snapshot.tables) {
    if (!ofMigrations.test(table.name)) parts.push(await writeTable(snapshot, table, folder));
  }
  await syncDirectory(folder);
  return parts;
}

/** A row a line, as a JSON array in the order of the columns. */
async function writeTable(snapshot: Snapshot, table: SnapshotTable, folder: string): Promise<TablePart> {
  await using writer = await PartWriter.open(join(folder, `${table.name}.jsonl`));
  let count = 0;
  for await (const rows of snapshot.rows(table)) {
    await writer.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    count += rows.length;
  }
  const { name, columns } = table;
  return { name, columns: [...columns], rows: count, ...(await writer.finish()) };
}

async function copyFiles(snapshot: Snapshot, from: FileStore, folder: string): Promise<Manifest["files"]> {
  await mkdir(folder, { mode: 0o700 });
  const to = new DirectoryStore(folder);
  let count = 0;
  let bytes = 0;
  for await (const content of contentsOf(snapshot)) {
    await copyContent(content, from, to);
    count += 1;
    bytes += content.size;
  }
  await syncDirectory(folder);
  return { count, bytes };
}

/** A key from the settings is kept with the settings, which are no part of a backup. */
async function copyKey(config: Config, part: string): Promise<Manifest["signingKey"]> {
  const fingerprint = keyFingerprint(config);
  if (config.signingKey !== "") return { fingerprint };
  await using writer = await PartWriter.open(join(part, signingKeyFile));
  await writer.write(await readFile(join(config.dataDirectory, signingKeyFile), "utf8"));
  const { sha256 } = await writer.finish();
  return { fingerprint, sha256 };
}
