import { createHmac, timingSafeEqual } from "node:crypto";

/** Hashes of secrets that nobody can check guesses against without the key: the database alone is not enough. */
export class KeyedHash {
  readonly #readKey: () => Buffer;
  #key: Buffer | undefined;

  /** The key is read when it is first needed: most commands hash nothing. */
  constructor(readKey: () => Buffer) {
    this.#readKey = readKey;
  }

  of(secret: string): string {
    this.#key ??= this.#readKey();
    return createHmac("sha256", this.#key).update(secret).digest("hex");
  }

  matches(secret: string, hash: string): boolean {
    return timingSafeEqual(Buffer.from(this.of(secret), "hex"), Buffer.from(hash, "hex"));
  }
}
