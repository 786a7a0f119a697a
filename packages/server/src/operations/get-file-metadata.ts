import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, refusedFileName } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findFile } from "#storage/files.ts";

export async function getFileMetadata(
  { db }: Context,
  { applicationId }: CallerOf<"getFileMetadata">,
  { filename }: InputOf<"getFileMetadata">,
): Promise<Answer<"getFileMetadata">> {
  const refusal = refusedFileName(filename);
  if (refusal) return refuse(refusal);
  const file = await findFile(db, { applicationId, name: filename });
  if (!file) return refuse("fileNotFound");
  const { checksum, size, transferCount, lastTransferredAt } = file;
  return done({
    checksum,
    size,
    transferCount,
    ...(lastTransferredAt !== null && { lastTransferredAt: Math.floor(lastTransferredAt / 1000) }),
  });
}
