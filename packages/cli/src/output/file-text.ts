import type { OutputOf } from "@latchkey/protocol";
import { table } from "./layout.ts";
import { readableInstant } from "./spans.ts";

export function fileTable(files: Readonly<OutputOf<"listFiles">["files"]>): string {
  return table(
    ["NAME", "SIZE", "TRANSFERS", "LAST", "SHA-256"],
    files.map(({ name, size, transferCount, lastTransferredAt, checksum }) => [
      name,
      `${size}`,
      `${transferCount}`,
      lastTransferredAt === undefined ? "never" : readableInstant(lastTransferredAt),
      checksum,
    ]),
  );
}
