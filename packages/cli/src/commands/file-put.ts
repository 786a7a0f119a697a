import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { consoleCommand } from "../command.ts";
import { failed, wrongUsage } from "../failure.ts";
import { requiredText, text } from "../options.ts";
import { fileTable } from "../output/file-text.ts";
import { jsonRecord } from "../output/json-record.ts";
import { withProgress } from "../output/progress.ts";
import { refused } from "../refused.ts";

const pieceBytes = 1_048_576;

export const filePut = consoleCommand({
  name: "file put",
  about: "store a file under a name, instead of what has that name",
  argument: "PATH",
  options: {
    app: requiredText("ID", "the application"),
    name: requiredText("N", "what programs ask for; 4 to 255 characters"),
    sha256: text("HEX", "what its SHA-256 has to be, or nothing is stored"),
  },
  async run({ console, output }, { app, name, sha256 }, path) {
    if (sha256 !== undefined && !/^[0-9a-f]{64}$/i.test(sha256)) return wrongUsage("a SHA-256 has 64 digits in hex");
    const measured = await measure(path);
    if ("problem" in measured) return failed(measured.problem);
    const { size, checksum } = measured;
    if (sha256 !== undefined && sha256.toLowerCase() !== checksum)
      return failed(`the SHA-256 of ${path} is ${checksum}, not ${sha256.toLowerCase()}: nothing was stored`);
    const read = createReadStream(path, { highWaterMark: pieceBytes });
    const draws = process.stderr.isTTY && !output.isJson;
    const content = draws ? withProgress(read, size, (line) => process.stderr.write(line), Date.now) : read;
    const outcome = await console.call("addFile", { applicationId: app, name, checksum, size, content });
    // Refused early, it was not read.
    read.destroy();
    if (!outcome.ok) return refused(outcome);
    output.json(jsonRecord(outcome.output.file));
    output.text(fileTable([outcome.output.file]));
    return undefined;
  },
});

type Measured = { readonly size: number; readonly checksum: string } | { readonly problem: string };

/** Read once before it is stored: where it is stored wants to know, and verifies, what it gets. */
async function measure(path: string): Promise<Measured> {
  try {
    if (!(await stat(path)).isFile()) return { problem: `${path} is not a file` };
    const hash = createHash("sha256");
    let size = 0;
    const read: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark: pieceBytes });
    for await (const piece of read) {
      hash.update(piece);
      size += piece.length;
    }
    return { size, checksum: hash.digest("hex") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return { problem: `${path} cannot be read (${code})` };
  }
}
