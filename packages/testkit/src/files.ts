import { createHash } from "node:crypto";
import type { Console } from "@latchkey/server";
import type { OutputOf } from "@latchkey/protocol";
import { packet } from "./live.ts";
import type { RawPeer } from "./raw-peer.ts";
import { must, type Product } from "./test-server.ts";

export function checksumOf(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** A content in pieces, as it would come over a network. */
export async function* inPieces(content: Uint8Array, pieceBytes = 65_536): AsyncGenerator<Uint8Array, void> {
  for (let from = 0; from < content.length; from += pieceBytes) yield content.subarray(from, from + pieceBytes);
}

/** Puts a file of an application where links lead to. */
export async function storeFile(
  console: Console,
  { id }: Product,
  name: string,
  content: Uint8Array,
): Promise<OutputOf<"addFile">["file"]> {
  const about = { checksum: checksumOf(content), size: content.length, content: inPieces(content) };
  return (await must(console, "addFile", { applicationId: id, name, ...about })).file;
}

/** A link that an authorized client is given. */
export async function linkTo(peer: RawPeer, filename: string, resumeAt?: number): Promise<string> {
  const answer = await peer.request(packet.createFileDownloadUrl, {
    filename,
    ...(resumeAt !== undefined && { resume_at: resumeAt }),
  });
  if (answer["status"] !== 1) throw new Error(`create_file_download_url came to ${answer.frame}`);
  return String(answer["presigned_url"]);
}
