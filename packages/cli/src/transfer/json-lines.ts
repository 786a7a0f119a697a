import { isUtf8 } from "node:buffer";
import { notUtf8, type ReadRow, rowBytesAtMost, rowTooLong } from "./read-row.ts";

const lineFeed = 10;

/** The rows of a file that has a JSON object on each line; holds one line at a time, and no more of it than may be. */
export async function* readJsonLines(content: AsyncIterable<Uint8Array>): AsyncGenerator<ReadRow, void> {
  let line = 1;
  for await (const bytes of linesOf(content)) {
    const read = bytes ? readLine(bytes, line) : { line, problem: rowTooLong };
    if (read) yield read;
    line++;
  }
}

/** Nothing for a line that is too long. */
async function* linesOf(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer | undefined, void> {
  let parts: Uint8Array[] = [];
  let length = 0;
  const add = (part: Uint8Array) => {
    length += part.length;
    if (length > rowBytesAtMost) parts = [];
    else parts.push(part);
  };
  const take = () => {
    const taken = length > rowBytesAtMost ? undefined : Buffer.concat(parts);
    parts = [];
    length = 0;
    return taken;
  };
  for await (const piece of content) {
    let from = 0;
    for (let end = piece.indexOf(lineFeed); end !== -1; end = piece.indexOf(lineFeed, from)) {
      add(piece.subarray(from, end));
      yield take();
      from = end + 1;
    }
    if (from < piece.length) add(piece.subarray(from));
  }
  if (length > 0) yield take();
}

function readLine(bytes: Buffer, line: number): ReadRow | undefined {
  if (!isUtf8(bytes)) return { line, problem: notUtf8 };
  const text = bytes
    .toString()
    .replace(/^\ufeff/, "")
    .trim();
  if (text === "") return undefined;
  try {
    const row: unknown = JSON.parse(text);
    return { line, row };
  } catch {
    return { line, problem: "it is not JSON" };
  }
}
