import { isUtf8 } from "node:buffer";
import { accountRow } from "@latchkey/protocol";
import { CsvError, parse } from "csv-parse";
import { notUtf8, type ReadRow, rowBytesAtMost, rowTooLong } from "./read-row.ts";

/** What is written of an account, in this order; `properties`, `levels` and `roles` are JSON. */
const writtenColumns = [
  "id",
  "login",
  "email",
  "passwordHash",
  "status",
  "levels",
  "roles",
  "comment",
  "locale",
  "properties",
  "createdAt",
  "updatedAt",
  "lastLoginAt",
  "blacklistedAt",
] as const;

export const csvHeading = writtenColumns.join(",");

export function csvLine(row: Readonly<Record<string, unknown>>): string {
  return writtenColumns.map((column) => cellOf(row[column])).join(",");
}

function cellOf(value: unknown): string {
  if (value === undefined) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const columns = new Set(Object.keys(accountRow.entries));
const propertyPrefix = "properties.";
/** More columns than anybody has; empty cells have no bytes by which they could be counted. */
const cellsAtMost = 1000;

/** Never leaves this file. */
class TooManyCells extends Error {}

interface Line {
  readonly line: number;
  /** Nothing for one that is not UTF-8. */
  readonly cells: readonly (string | undefined)[];
}

/** The rows of a CSV file, whose first line says what its columns are. */
export async function* readCsv(content: AsyncIterable<Uint8Array>): AsyncGenerator<ReadRow, void> {
  let header: readonly string[] | undefined;
  for await (const read of linesOf(content)) {
    if ("end" in read) {
      yield read;
      return;
    }
    if (header) {
      yield readRecord(header, read);
      continue;
    }
    header = read.cells.map((cell) => cell?.trim() ?? "");
    const problem = problemOf(header);
    if (problem === undefined) continue;
    yield { line: read.line, end: problem };
    return;
  }
}

/** The lines in which a piece of the file ends are read before the next piece is. */
async function* linesOf(content: AsyncIterable<Uint8Array>): AsyncGenerator<Line | Broken, void> {
  const lines: Line[] = [];
  const parser = parse({
    // A letter for each byte, so that what is not UTF-8 is seen.
    encoding: "latin1",
    record_delimiter: ["\r\n", "\n"],
    max_record_size: rowBytesAtMost,
    relax_column_count: true,
    skip_empty_lines: true,
    cast: (text, { index }) => {
      if (index >= cellsAtMost) throw new TooManyCells();
      return text;
    },
    on_record: (cells: readonly string[], { lines: line }) => {
      lines.push({ line, cells: cells.map(fromBytes) });
      return null;
    },
  });
  parser.on("error", () => undefined).resume();
  const drain = () => lines.splice(0);
  for await (const piece of withoutMark(content)) {
    const error = await new Promise<unknown>((resolve) => parser.write(piece, resolve));
    yield* drain();
    if (!error) continue;
    yield broken(parser.info.lines, error);
    return;
  }
  const error = await new Promise<unknown>((resolve) => {
    parser.once("error", resolve).once("end", () => {
      resolve(undefined);
    });
    parser.end();
  });
  yield* drain();
  if (error) yield broken(parser.info.lines, error);
}

type Broken = Extract<ReadRow, { readonly end: string }>;

function broken(line: number, error: unknown): Broken {
  if (error instanceof TooManyCells) return { line, end: `it has more than ${cellsAtMost} cells` };
  if (!(error instanceof CsvError)) throw error;
  return { line, end: error.code === "CSV_MAX_RECORD_SIZE" ? rowTooLong : "it is not CSV" };
}

function fromBytes(text: string): string | undefined {
  const bytes = Buffer.from(text, "latin1");
  return isUtf8(bytes) ? bytes.toString() : undefined;
}

/** Leaves out the mark that some programs begin a UTF-8 file with. */
async function* withoutMark(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let isFirst = true;
  for await (const piece of content) {
    const hasMark = isFirst && piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf;
    isFirst = false;
    yield hasMark ? piece.subarray(3) : piece;
  }
}

function problemOf(header: readonly string[]): string | undefined {
  const unknown = header.find((name) => !columns.has(name) && !name.startsWith(propertyPrefix));
  if (unknown !== undefined) return `there is no column "${unknown}"; there are ${[...columns].join(", ")}`;
  const twice = header.find((name, at) => header.indexOf(name) !== at);
  return twice === undefined ? undefined : `the column "${twice}" is there twice`;
}

function readRecord(header: readonly string[], { line, cells }: Line): ReadRow {
  if (cells.includes(undefined)) return { line, problem: notUtf8 };
  if (cells.length !== header.length)
    return { line, problem: `it has ${cells.length} cells, and the first line ${header.length}` };
  const row: Record<string, unknown> = {};
  const properties: Record<string, unknown> = {};
  for (const [at, name] of header.entries()) {
    const text = cells[at] ?? "";
    if (text === "") continue;
    if (name.startsWith(propertyPrefix)) properties[name.slice(propertyPrefix.length)] = text;
    else row[name] = valueOf(name, text);
  }
  if (Object.keys(properties).length === 0) return { line, row };
  return { line, row: { ...row, properties: { ...objectOf(row["properties"]), ...properties } } };
}

function valueOf(name: string, text: string): unknown {
  if (name === "properties") return fromJson(text);
  if (name === "levels" || name === "roles")
    return text.startsWith("[") ? fromJson(text) : text.split(",").map((item) => item.trim());
  if (name.endsWith("At") && /^\d{1,15}$/.test(text)) return Number(text);
  return text;
}

/** What is no JSON stays the text that it is, and is refused as such. */
function fromJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

function objectOf(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
