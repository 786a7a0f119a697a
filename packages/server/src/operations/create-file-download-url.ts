import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, refusedFileName } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findFile } from "#storage/files.ts";

/** The link is good for a download that begins soon, and for no longer than the caller's authorization (LP-FILE-1). */
export async function createFileDownloadUrl(
  { db, now, config, downloadLinks }: Context,
  { applicationId, authorization }: CallerOf<"createFileDownloadUrl">,
  { filename, resumeAt = 0 }: InputOf<"createFileDownloadUrl">,
): Promise<Answer<"createFileDownloadUrl">> {
  const refusal = refusedFileName(filename);
  if (refusal) return refuse(refusal);
  const file = await findFile(db, { applicationId, name: filename });
  if (!file) return refuse("fileNotFound");
  if (resumeAt < 0 || resumeAt > file.size) return refuse("fileResumeOffsetInvalid");
  const until = now + config.downloadUrlTtl;
  const claim = { file: file.id, authorization: authorization.id, offset: resumeAt, until };
  return done({ presignedUrl: downloadLinks.issue(claim), fileSize: file.size, fileChecksum: file.checksum });
}
