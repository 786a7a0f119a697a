import { open, readFile } from "node:fs/promises";
import type { Console } from "@latchkey/server";
import { type Failure, failed } from "../failure.ts";
import type { Input } from "../input.ts";
import { fields } from "../output/layout.ts";
import type { Output, Said } from "../output/output.ts";
import { withProgress } from "../output/progress.ts";
import { readCsv } from "./csv.ts";
import { readFirebaseHashing } from "./firebase-hashing.ts";
import { formatOf, type TransferFormat } from "./formats.ts";
import { type Imported, importRows } from "./import-rows.ts";
import { readJsonLines } from "./json-lines.ts";

interface Asked {
  readonly applicationId: string;
  /** `-`: standard input. */
  readonly path: string;
  readonly format: TransferFormat | undefined;
  readonly firebaseHashing: string | undefined;
}

interface Around {
  readonly console: Console;
  readonly input: Input;
  readonly output: Output;
}

const wipe = "\r\u001b[K";

/** Takes the accounts of a file in, and tells each row that was refused on standard error. */
export async function importFile({ console, input, output }: Around, asked: Asked): Promise<Said | Failure> {
  const firebase = await firebaseOf(asked.firebaseHashing);
  if (firebase && "exitCode" in firebase) return firebase;
  const draws = asked.path !== "-" && process.stderr.isTTY && !output.isJson;
  const content = asked.path === "-" ? input.bytes() : await bytesOf(asked.path, draws);
  if ("exitCode" in content) return content;
  const rows = (asked.format ?? formatOf(asked.path)) === "csv" ? readCsv(content) : readJsonLines(content);
  const target = { applicationId: asked.applicationId, ...(firebase && { firebase }) };
  const { sum, failure } = await importRows(console, target, rows, ({ line, reason }) => {
    output.note(`${draws ? wipe : ""}line ${line}: ${reason}`);
  });
  if (failure && sum.imported + sum.present + sum.refused === 0) return failure;
  const said = { json: sum, text: summary(sum) };
  if (!failure && sum.refused === 0) return said;
  output.say(said);
  return failure ?? failed(`${sum.refused} of the rows ${sum.refused === 1 ? "was" : "were"} refused`);
}

function summary({ imported, present, refused }: Imported): string {
  return fields({ Imported: `${imported}`, "Already there": `${present}`, Refused: `${refused}` });
}

async function bytesOf(path: string, draws: boolean): Promise<AsyncIterable<Uint8Array> | Failure> {
  try {
    const file = await open(path);
    const stat = await file.stat();
    if (stat.isDirectory()) return failed(`${path} is a directory`);
    const { size } = stat;
    const read = file.createReadStream();
    // What a pipe will bring is not known.
    return draws && stat.isFile() ? withProgress(read, size, (line) => process.stderr.write(line), Date.now) : read;
  } catch (error) {
    return unreadable(path, error);
  }
}

async function firebaseOf(path: string | undefined) {
  if (path === undefined) return undefined;
  try {
    return (
      readFirebaseHashing(await readFile(path, "utf8")) ?? failed(`${path} does not have all four hash parameters`)
    );
  } catch (error) {
    return unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): Failure {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return failed(`${path} cannot be read (${code})`);
}
