import type { OutputOf } from "@latchkey/protocol";
import type { File } from "#storage/tables.ts";

/** A file as the operator sees it. */
export function fileOutput(file: File): OutputOf<"addFile">["file"] {
  const { name, checksum, size, createdAt, transferCount, lastTransferredAt } = file;
  return { name, checksum, size, createdAt, transferCount, ...(lastTransferredAt !== null && { lastTransferredAt }) };
}
