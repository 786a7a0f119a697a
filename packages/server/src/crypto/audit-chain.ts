import { createHmac } from "node:crypto";

/** What a hash is made for; a code of one purpose is none of the other. */
type Purpose = "entry" | "head";

/**
 * Makes the hashes that chain the entries of the audit log. They take a key that is not in the database: who can write
 * there still cannot make a chain that fits.
 */
export class AuditChain {
  readonly #readKey: () => Buffer;
  #key: Buffer | undefined;

  /** The key is read when it is first needed: most commands seal nothing. */
  constructor(readKey: () => Buffer) {
    this.#readKey = readKey;
  }

  /** Of an entry and the hash of the one before it. */
  entry(hashBefore: string, fields: readonly (string | number | null)[]): string {
    return this.#hash("entry", [hashBefore, ...fields]);
  }

  head(fields: readonly (string | number)[]): string {
    return this.#hash("head", fields);
  }

  /** An array has one spelling in JSON, so that no two entries look alike. */
  #hash(purpose: Purpose, fields: readonly (string | number | null)[]): string {
    this.#key ??= this.#readKey();
    return createHmac("sha256", this.#key)
      .update(JSON.stringify([purpose, ...fields]))
      .digest("hex");
  }
}
