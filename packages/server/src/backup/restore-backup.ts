import { existsSync, readdirSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "#config.ts";
import { signingKeyFile } from "#crypto/signing-key.ts";
import { StorageFullError } from "#files/file-store.ts";
import { isFull } from "#files/is-full.ts";
import { openFileStore } from "#files/open-file-store.ts";
import { syncDirectory } from "#files/sync-directory.ts";
import { contentsOf } from "#storage/contents-of.ts";
import { lockDataDirectory, makeDirectory } from "#storage/dialects/data-directory.ts";
import { loadDatabase, NotEmptyError } from "#storage/load-database.ts";
import type { Settled } from "#storage/settle-restored.ts";
import { BackupError } from "./backup-error.ts";
import { copyContent } from "./copy-content.ts";
import { keyFingerprint } from "./key-fingerprint.ts";
import type { Manifest } from "./manifest.ts";
import { type Backup, openBackup } from "./open-backup.ts";
import { PartWriter } from "./part-writer.ts";

/** What an operator may have put there before: the settings are no part of a backup. */
const settingsFile = "latchkey.toml";

export interface RestoreOptions {
  /** The server that the backup was made of has ended, and nothing has changed there since. */
  readonly takesOver: boolean;
  /** The key is lost that secrets in the backup are sealed with. */
  readonly withAnotherKey: boolean;
}

export interface Restored {
  readonly manifest: Manifest;
  readonly settled: Settled;
}

/** Fills the empty place that the settings name: with all of the backup, or with nothing. */
export async function restoreBackup(config: Config, directory: string, options: RestoreOptions): Promise<Restored> {
  const backup = await openBackup(directory);
  demandKey(config, directory, backup.manifest, options);
  try {
    const settled =
      config.database.kind === "sqlite"
        ? await intoDirectory(config, directory, backup, options)
        : await fill(config, directory, backup, options);
    return { manifest: backup.manifest, settled };
  } catch (error) {
    if (error instanceof NotEmptyError) throw new BackupError("the database is not empty: name another one");
    if (error instanceof StorageFullError || isFull(error))
      throw new BackupError("there is not enough room to restore the backup", { cause: error });
    throw error;
  }
}

function demandKey(
  config: Config,
  directory: string,
  { signingKey: { fingerprint, sha256 } }: Manifest,
  { withAnotherKey }: RestoreOptions,
): void {
  if (withAnotherKey || bringsKey(config, sha256)) return;
  if (config.signingKey !== "" && keyFingerprint(config) === fingerprint) return;
  const place = sha256 === undefined ? "the one that its server had" : `the text of ${join(directory, signingKeyFile)}`;
  throw new BackupError(
    `secrets in the backup are sealed with another signing key: give ${place} in LATCHKEY_SIGNING_KEY, or do without them (--another-key)`,
  );
}

/** The key of the backup becomes that of the data directory. */
function bringsKey({ signingKey, database }: Config, sha256: string | undefined): boolean {
  return sha256 !== undefined && signingKey === "" && database.kind === "sqlite";
}

async function intoDirectory(config: Config, directory: string, backup: Backup, options: RestoreOptions) {
  const { dataDirectory } = config;
  const wasThere = existsSync(dataDirectory);
  if (wasThere && readdirSync(dataDirectory).some((name) => name !== settingsFile))
    throw new BackupError(`${dataDirectory} is not empty: name a directory that is, or that is not there`);
  const lock = lockDataDirectory(dataDirectory);
  try {
    return await fill(config, directory, backup, options);
  } catch (error) {
    for (const name of readdirSync(dataDirectory)) {
      if (name !== settingsFile) await rm(join(dataDirectory, name), { recursive: true });
    }
    if (!wasThere) await rm(dataDirectory, { recursive: true });
    throw error;
  } finally {
    lock[Symbol.dispose]();
  }
}

/** The database comes last: it is what makes the rest count. */
async function fill(config: Config, directory: string, backup: Backup, { takesOver }: RestoreOptions) {
  const { manifest, dump, files } = backup;
  makeDirectory(config.dataDirectory);
  if (bringsKey(config, manifest.signingKey.sha256)) await copyKey(directory, config.dataDirectory);
  const store = openFileStore(config);
  for await (const content of contentsOf(dump)) await copyContent(content, files, store);
  return loadDatabase(config.database, dump, takesOver);
}

async function copyKey(from: string, to: string): Promise<void> {
  await using writer = await PartWriter.open(join(to, signingKeyFile));
  await writer.write(await readFile(join(from, signingKeyFile), "utf8"));
  await writer.finish();
  await syncDirectory(to);
}
