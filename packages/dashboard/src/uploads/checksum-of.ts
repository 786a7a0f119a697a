import { Sha256 } from "@latchkey/protocol";

/** So much is hashed at a time: a few milliseconds, between which the page is free. */
const pieceBytes = 262_144;

/** The SHA-256 of a file, read in pieces, as it may be larger than the memory. Ends when `signal` is aborted. */
export async function checksumOf(
  file: Blob,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const hash = new Sha256();
  for (let from = 0; from < file.size; from += pieceBytes) {
    signal.throwIfAborted();
    // Reading waits for the browser, and with it everything else that wants to run gets its turn.
    hash.update(new Uint8Array(await file.slice(from, from + pieceBytes).arrayBuffer()));
    onProgress(Math.min(1, (from + pieceBytes) / file.size));
  }
  return hash.digest();
}
