import type { Fields } from "./fields.ts";
import { numberIn, textIn } from "./fields.ts";
import type { AnswerStatus } from "./result.ts";
import { Result } from "./result.ts";

/** What the server knows of a file. Its fields are empty unless `good()`. */
export class FileMetadata extends Result<"getFileMetadata"> {
  /** The SHA-256 of the whole file, in hex. */
  readonly checksum: string;
  readonly size: number;
  readonly transferCount: number;
  /** The Unix second of the last transfer; 0 when there was none. */
  readonly lastTransferredAt: number;

  constructor(status: AnswerStatus<"getFileMetadata">, output: Fields) {
    super(status);
    this.checksum = textIn(output, "checksum");
    this.size = numberIn(output, "size");
    this.transferCount = numberIn(output, "transferCount");
    this.lastTransferredAt = numberIn(output, "lastTransferredAt");
  }
}
