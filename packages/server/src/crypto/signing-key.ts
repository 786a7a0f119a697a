import { hkdfSync, randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "#config.ts";

const keyBytes = 32;
export const signingKeyFile = "signing.key";

/** There is no key to sign with; the message says what to do. */
export class SigningKeyError extends Error {
  override readonly name = "SigningKeyError";
}

/** What is sealed by one key can be opened by no other's. */
export type Purpose =
  | "download links"
  | "provider secrets"
  | "management keys"
  | "recovery codes"
  | "second factors"
  | "management answers"
  | "audit log"
  | "backups"
  | "webhook secrets";

/** The key that something is sealed with: from the settings, or else made once in the data directory, for one server only. */
export function signingKey(
  { signingKey: given, database, dataDirectory }: Pick<Config, "signingKey" | "database" | "dataDirectory">,
  purpose: Purpose,
): Buffer {
  if (given !== "") return derive(given, purpose);
  if (database.kind === "postgres")
    throw new SigningKeyError(
      "signingKey is not set: with PostgreSQL, give every node the same 32 characters or more, in LATCHKEY_SIGNING_KEY or as signing_key in latchkey.toml",
    );
  const path = join(dataDirectory, signingKeyFile);
  if (!existsSync(path)) writeKey(path);
  const text = readFileSync(path, "utf8").trim();
  if (text.length < keyBytes) throw new SigningKeyError(`${path} is damaged: remove it, and a new one is made`);
  return derive(text, purpose);
}

/** The same of the keys that the settings had before. */
export function formerSigningKeys(
  { formerSigningKeys: given }: Pick<Config, "formerSigningKeys">,
  purpose: Purpose,
): Buffer[] {
  return given.map((text) => derive(text, purpose));
}

function derive(text: string, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync("sha256", text, "", purpose, keyBytes));
}

/** Under another name first: a crash leaves a whole key or none. */
function writeKey(path: string): void {
  const part = `${path}.part`;
  const descriptor = openSync(part, "w", 0o600);
  try {
    writeSync(descriptor, `${randomBytes(keyBytes).toString("base64url")}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(part, path);
}
