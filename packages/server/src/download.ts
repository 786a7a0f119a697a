import type { DownloadClaim } from "#files/download-links.ts";
import { countTransfer, findFileById } from "#storage/files.ts";
import type { ServerResources } from "./context.ts";

/** What may be downloaded: the end of a file from an offset on. */
export interface Download {
  readonly file: NonNullable<Awaited<ReturnType<typeof findFileById>>>;
  readonly offset: number;
}

export type DownloadRefusal = "linkExpired" | "notAuthorized" | "fileNotFound";

/** What a link leads to at this moment: its authorization holds, and the file is there and of the same application. */
export async function findDownload(
  { db, clock, downloads }: ServerResources,
  { file: id, authorization, offset, until }: DownloadClaim,
): Promise<{ readonly download: Download } | { readonly refused: DownloadRefusal }> {
  if (clock.now() >= until) return { refused: "linkExpired" };
  const held = await downloads.authorizationOf(authorization);
  if (!held) return { refused: "notAuthorized" };
  const file = await findFileById(db, id);
  if (!file || file.applicationId !== held.applicationId) return { refused: "fileNotFound" };
  return { download: { file, offset } };
}

/** Counts what has arrived at the end of the file, wherever it began: of a transfer in several parts that is one. */
export async function endTransfer({ db, clock }: ServerResources, { file }: Download): Promise<void> {
  await countTransfer(db, file.id, clock.now());
}
