import { open, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Console } from "@latchkey/server";
import { type Failure, failed, wrongUsage } from "../failure.ts";
import type { Output, Said } from "../output/output.ts";
import { type Exported, exportRows } from "./export-rows.ts";
import { formatOf, type TransferFormat } from "./formats.ts";

interface Asked {
  readonly applicationId: string;
  readonly format: TransferFormat | undefined;
  readonly file: string | undefined;
}

interface Around {
  readonly console: Console;
  readonly output: Output;
}

/** Writes the accounts to a new file of this user's alone, or to standard output. */
export async function exportFile({ console, output }: Around, asked: Asked): Promise<Said | Failure | undefined> {
  const { applicationId, file, format = formatOf(file ?? "") } = asked;
  const sum: Exported = { exported: 0 };
  const rows = Readable.from(exportRows(console, applicationId, format, sum));
  if (file === undefined) {
    if (output.isJson) return wrongUsage("the accounts are not one JSON value: with --json, give a --file");
    const isRead = await toStandardOutput(rows);
    return sum.failure ?? (isRead ? undefined : failed("standard output was closed before the end"));
  }
  const problem = await toFile(rows, file);
  if (problem !== undefined) return problem;
  if (!sum.failure)
    return { json: { exported: sum.exported, file }, text: `exported ${sum.exported} accounts to ${file}` };
  await rm(file, { force: true });
  return sum.failure;
}

/** `false`: whoever read it has gone, as `head` does. */
async function toStandardOutput(rows: Readable): Promise<boolean> {
  try {
    await pipeline(rows, process.stdout, { end: false });
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === "EPIPE" || code === "ERR_STREAM_PREMATURE_CLOSE") return false;
    throw error;
  }
}

async function toFile(rows: Readable, file: string): Promise<Failure | undefined> {
  // Never one that is there: whoever may read that would read the hashes.
  const opened = await open(file, "wx", 0o600).catch((error: unknown) => codeOf(error));
  if (opened === "EEXIST") return failed(`${file} is there already: give another name`);
  if (typeof opened === "string") return failed(`${file} cannot be written (${opened})`);
  try {
    await pipeline(rows, opened.createWriteStream({ flush: true }));
    return undefined;
  } catch (error) {
    await rm(file, { force: true });
    const code = codeOf(error);
    if (code !== "ENOSPC" && code !== "EDQUOT" && code !== "EIO") throw error;
    return failed(`${file} cannot be written (${code})`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
