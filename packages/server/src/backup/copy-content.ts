import type { FileStore, ObjectName } from "#files/file-store.ts";
import { ContentMismatchError, verified } from "#files/verified.ts";
import { BackupError } from "./backup-error.ts";

/** Copies a content from one store to another, as far as it is what its name says. */
export async function copyContent(
  content: ObjectName & { readonly size: number },
  from: FileStore,
  to: FileStore,
): Promise<void> {
  try {
    await to.put(content, content.size, verifiedContent(content, from));
  } catch (error) {
    const isAbsent = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isAbsent && !(error instanceof ContentMismatchError)) throw error;
    throw new BackupError(`the content ${content.checksum} of a file is missing or damaged`, { cause: error });
  }
}

export async function* verifiedContent(
  content: ObjectName & { readonly size: number },
  from: FileStore,
): AsyncGenerator<Uint8Array> {
  // No store is asked for nothing.
  const bytes = content.size === 0 ? [] : await from.read(content, { from: 0, to: content.size - 1 });
  yield* verified(asyncOf(bytes), content);
}

async function* asyncOf(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* bytes;
}
