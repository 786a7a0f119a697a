import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { BackupError } from "./backup-error.ts";

export const manifestFile = "manifest.json";
export const tablesFolder = "tables";
export const filesFolder = "files";

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** Names become parts of paths and statements. */
const name = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,62}$/));

const part = v.strictObject({ name, columns: v.array(name), rows: count, bytes: count, sha256 });

const manifest = v.strictObject({
  /** Of the backup's own form. */
  version: v.literal(1),
  madeAt: v.pipe(v.string(), v.isoTimestamp()),
  database: v.picklist(["sqlite", "postgres"]),
  /** The latest migration of the database. */
  schema: v.string(),
  tables: v.array(part),
  files: v.strictObject({ count, bytes: count }),
  /** What secrets in the tables are sealed with. `sha256`: it is part of the backup. */
  signingKey: v.strictObject({ fingerprint: sha256, sha256: v.exactOptional(sha256) }),
});

/** What a backup consists of. What it does not name is no part of it; what is damaged does not match it. */
export type Manifest = v.InferOutput<typeof manifest>;
export type TablePart = Manifest["tables"][number];

/** The manifest with what tells that it is whole itself. */
const sealed = v.strictObject({ manifest, sha256 });

export function manifestText(given: Manifest): string {
  return `${JSON.stringify({ manifest: given, sha256: checksumOf(given) }, undefined, 2)}\n`;
}

function checksumOf(given: Manifest): string {
  return createHash("sha256").update(JSON.stringify(given)).digest("hex");
}

export async function readManifest(directory: string): Promise<Manifest> {
  const path = join(directory, manifestFile);
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new BackupError(`${directory} is no backup: it has no ${manifestFile} that can be read`, { cause });
  });
  const written = parse(text);
  const read = v.safeParse(sealed, written);
  if (read.success && checksumOf(read.output.manifest) === read.output.sha256) return read.output.manifest;
  const isNewer = v.is(v.object({ manifest: v.object({ version: v.pipe(v.number(), v.minValue(2)) }) }), written);
  throw new BackupError(isNewer ? `${path} was written by a newer version of Latchkey` : `${path} is damaged`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
