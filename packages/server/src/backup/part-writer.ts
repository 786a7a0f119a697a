import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";

/** Writes a new file for its owner alone, counting and hashing what goes by. */
export class PartWriter implements AsyncDisposable {
  readonly #handle: FileHandle;
  readonly #hash = createHash("sha256");
  #bytes = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async open(path: string): Promise<PartWriter> {
    return new PartWriter(await open(path, "wx", 0o600));
  }

  async write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    await this.#handle.writeFile(bytes);
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
  }

  /** What has been written is on disk. */
  async finish(): Promise<{ readonly bytes: number; readonly sha256: string }> {
    await this.#handle.sync();
    return { bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }
}
