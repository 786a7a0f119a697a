import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { isFull } from "./is-full.ts";
import { syncDirectory } from "./sync-directory.ts";
import { type ByteRange, type FileStore, type ObjectName, objectPath, StorageFullError } from "./file-store.ts";

/** Contents in a directory. With several nodes it has to be one that they share. */
export class DirectoryStore implements FileStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async put(object: ObjectName, _size: number, content: AsyncIterable<Uint8Array>): Promise<void> {
    const path = this.#pathOf(object);
    const part = partOf(path);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    try {
      await write(part, content);
      await rename(part, path);
    } catch (error) {
      await rm(part, { force: true });
      throw isFull(error) ? new StorageFullError("the disk is full", { cause: error }) : error;
    }
    // The name and its folder have to survive a crash as well.
    await syncDirectory(dirname(path));
    await syncDirectory(this.#root);
  }

  async read(object: ObjectName, { from, to }: ByteRange): Promise<Readable> {
    const handle = await open(this.#pathOf(object));
    return createReadStream("", { fd: handle, start: from, end: to });
  }

  async delete(object: ObjectName): Promise<void> {
    const path = this.#pathOf(object);
    await rm(partOf(path), { force: true });
    await rm(path, { force: true });
  }

  #pathOf(object: ObjectName): string {
    return join(this.#root, objectPath(object));
  }
}

function partOf(path: string): string {
  return `${path}.part`;
}

async function write(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  await using handle = await open(path, "wx", 0o600);
  for await (const chunk of content) await handle.writeFile(chunk);
  await handle.sync();
}
