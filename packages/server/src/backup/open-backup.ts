import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { signingKeyFile } from "#crypto/signing-key.ts";
import { DirectoryStore } from "#files/directory-store.ts";
import { contentsOf } from "#storage/contents-of.ts";
import { type Row, rowsAtATime, type SnapshotTable } from "#storage/dialects/snapshot.ts";
import type { Dump } from "#storage/load-database.ts";
import { BackupError } from "./backup-error.ts";
import { verifiedContent } from "./copy-content.ts";
import { filesFolder, type Manifest, readManifest, tablesFolder } from "./manifest.ts";

const row = v.array(v.union([v.string(), v.number(), v.null()]));

/** A backup that is whole. */
export interface Backup {
  readonly manifest: Manifest;
  readonly dump: Dump;
  readonly files: DirectoryStore;
}

/** Compares all of a backup with its manifest before anything of it is used. */
export async function openBackup(directory: string): Promise<Backup> {
  const manifest = await readManifest(directory);
  const { schema, tables, signingKey } = manifest;
  const folder = join(directory, tablesFolder);
  const parts = tables.map(({ name, sha256 }) => ({ path: partOf(folder, name), sha256 }));
  if (signingKey.sha256 !== undefined) parts.push({ path: join(directory, signingKeyFile), sha256: signingKey.sha256 });
  for (const { path, sha256 } of parts) {
    if ((await checksumOf(path)) !== sha256) throw new BackupError(`${path} is missing or damaged: use another backup`);
  }
  const dump: Dump = { schema, tables, rows: (table) => rowsOf(folder, table) };
  const files = new DirectoryStore(join(directory, filesFolder));
  await verifyFiles(dump, files);
  return { manifest, dump, files };
}

function partOf(folder: string, name: string): string {
  return join(folder, `${name}.jsonl`);
}

async function checksumOf(path: string): Promise<string | undefined> {
  const hash = createHash("sha256");
  try {
    const pieces: AsyncIterable<Uint8Array> = createReadStream(path);
    for await (const piece of pieces) hash.update(piece);
    return hash.digest("hex");
  } catch {
    return undefined;
  }
}

async function verifyFiles(dump: Dump, files: DirectoryStore): Promise<void> {
  for await (const content of contentsOf(dump)) {
    try {
      for await (const _ of verifiedContent(content, files));
    } catch (cause) {
      throw new BackupError(`the content ${content.checksum} of a file is missing or damaged: use another backup`, {
        cause,
      });
    }
  }
}

async function* rowsOf(folder: string, { name }: SnapshotTable): AsyncGenerator<Row[]> {
  let rows: Row[] = [];
  for await (const line of linesOf(partOf(folder, name))) {
    if (rows.push(v.parse(row, JSON.parse(line))) < rowsAtATime) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

/** By their ends alone: Node's readline also ends a line where a text has a line separator of Unicode in it. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of createReadStream(path, "utf8")) {
    const lines = `${rest}${String(piece)}`.split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
