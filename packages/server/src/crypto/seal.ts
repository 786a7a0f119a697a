import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** Encloses text so that whoever carries it can neither read nor change it. */
export class Seal {
  readonly #readKey: () => Buffer;
  #key: Buffer | undefined;

  /** The key is read when it is first needed: most commands seal nothing. */
  constructor(readKey: () => Buffer) {
    this.#readKey = readKey;
  }

  /** Throws when there is none. */
  demandKey(): Buffer {
    return (this.#key ??= this.#readKey());
  }

  close(text: string): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, this.demandKey(), nonce, { authTagLength: tagBytes });
    const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString("base64url");
  }

  /** `undefined`: not sealed with this key, or changed since. */
  open(sealed: string): string | undefined {
    const bytes = Buffer.from(sealed, "base64url");
    // One spelling for each: what decodes alike but looks different was not made by us.
    if (bytes.length < nonceBytes + tagBytes || bytes.toString("base64url") !== sealed) return undefined;
    const nonce = bytes.subarray(0, nonceBytes);
    const decipher = createDecipheriv(algorithm, this.demandKey(), nonce, { authTagLength: tagBytes });
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    try {
      return decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, "utf8") + decipher.final("utf8");
    } catch {
      return undefined;
    }
  }
}
