import type { Fields } from "./fields.ts";
import { numberIn, textIn } from "./fields.ts";
import type { AnswerStatus } from "./result.ts";
import { Result } from "./result.ts";

/**
 * A file that was fetched. Its status is `file_checksum_mismatch` where what came is not what the server holds: then it
 * must not be used. Of a download that did not begin at 0 nobody can tell.
 */
export class FileDownload extends Result<"createFileDownloadUrl"> {
  /** What came, from the byte on that was asked for; empty where it was written elsewhere, and unless `good()`. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of the whole file. */
  readonly size: number;
  /** The SHA-256 of the whole file, in hex. */
  readonly checksum: string;

  constructor(status: AnswerStatus<"createFileDownloadUrl">, output: Fields, bytes = new Uint8Array()) {
    super(status);
    this.bytes = bytes;
    this.size = numberIn(output, "fileSize");
    this.checksum = textIn(output, "fileChecksum");
  }
}
