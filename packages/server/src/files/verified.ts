import { createHash } from "node:crypto";

/** A content is not what it was said to be. */
export class ContentMismatchError extends Error {
  override readonly name = "ContentMismatchError";
}

/**
 * Passes a content on and throws when it is not what was announced. The last piece is held back until that is known, so
 * nobody ever gets all of a wrong one.
 */
export async function* verified(
  content: AsyncIterable<Uint8Array>,
  announced: { readonly checksum: string; readonly size: number },
): AsyncGenerator<Uint8Array, void> {
  const hash = createHash("sha256");
  let size = 0;
  let held: Uint8Array | undefined;
  for await (const piece of content) {
    if (held) yield held;
    held = piece;
    size += piece.length;
    if (size > announced.size) throw new ContentMismatchError("the content is longer than announced");
    hash.update(piece);
  }
  if (size !== announced.size || hash.digest("hex") !== announced.checksum)
    throw new ContentMismatchError("the content is not what was announced");
  if (held) yield held;
}
