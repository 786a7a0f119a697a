import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { type Command, consoleCommand } from "../command.ts";
import { failed, wrongUsage } from "../failure.ts";
import { requiredText, text } from "../options.ts";
import { fileTable } from "../output/file-text.ts";
import { jsonRecord } from "../output/json-record.ts";
import { withProgress } from "../output/progress.ts";
import { listed, listOptions, readPages } from "../pages.ts";
import { refused } from "../refused.ts";

const pieceBytes = 1_048_576;

const app = requiredText("ID", "the application");
const name = requiredText("N", "what programs ask for; 4 to 255 characters");

export const file: readonly Command[] = [
  consoleCommand({
    name: "file put",
    about: "store a file under a name, instead of what has that name",
    argument: "PATH",
    options: { app, name, sha256: text("HEX", "what its SHA-256 has to be, or nothing is stored") },
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
      const { file: stored } = outcome.output;
      return { json: jsonRecord(stored), text: fileTable([stored]) };
    },
  }),
  consoleCommand({
    name: "file list",
    about: "list the files of an application",
    options: { app, ...listOptions(["name", "created"]) },
    async run({ console }, { app, limit, cursor, ...list }) {
      const found = await readPages({ limit, cursor }, async (page) => {
        const outcome = await console.call("listFiles", { applicationId: app, ...listed(list), ...page });
        if (!outcome.ok) return refused(outcome);
        const { files: records, ...next } = outcome.output;
        return { records, ...next };
      });
      if ("exitCode" in found) return found;
      const { records: files, ...note } = found;
      return { json: files.map(jsonRecord), text: fileTable(files), ...note };
    },
  }),
  consoleCommand({
    name: "file delete",
    about: "delete a file; links to it lead nowhere any more",
    options: { app, name },
    destroys: "the file",
    async run({ console }, { app, name }) {
      const outcome = await console.call("deleteFile", { applicationId: app, name });
      return outcome.ok ? { json: { name }, text: `deleted ${name}` } : refused(outcome);
    },
  }),
];

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
