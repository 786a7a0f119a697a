import { importedAtMost, type InputOf } from "@latchkey/protocol";
import type { Console } from "@latchkey/server";
import { type Failure, failed } from "../failure.ts";
import { refused } from "../refused.ts";
import type { ReadRow } from "./read-row.ts";
import { rowRefusalText } from "./row-refusals.ts";

interface Refusal {
  readonly line: number;
  readonly reason: string;
}

/** What an import has come to so far. */
export interface Imported {
  imported: number;
  present: number;
  refused: number;
  /** The first ones: a file may have millions. */
  readonly refusals: Refusal[];
}

/** In the order of the file, whether or not they are rows. */
type Entry = Exclude<ReadRow, { readonly end: string }>;

const refusalsKept = 100;

/** Sends the rows on as they are read, some hundreds at a time; each refusal is told at once. */
export async function importRows(
  console: Console,
  target: Omit<InputOf<"importAccounts">, "rows">,
  rows: AsyncIterable<ReadRow>,
  tell: (refusal: Refusal) => void,
): Promise<{ readonly sum: Imported; readonly failure?: Failure }> {
  const sum: Imported = { imported: 0, present: 0, refused: 0, refusals: [] };
  const refuse = (line: number, reason: string) => {
    sum.refused++;
    if (sum.refusals.length < refusalsKept) sum.refusals.push({ line, reason });
    tell({ line, reason });
  };
  const send = async (batch: readonly Entry[]) => {
    const asked = batch.flatMap((entry) => ("row" in entry ? [entry.row] : []));
    const outcome = await console.call("importAccounts", { ...target, rows: asked });
    if (!outcome.ok) return refused(outcome);
    const results = outcome.output.results.values();
    for (const entry of batch) {
      const result = "row" in entry ? results.next().value : undefined;
      if ("problem" in entry) refuse(entry.line, entry.problem);
      else if (result?.outcome === "refused") refuse(entry.line, rowRefusalText(result));
      else if (result) sum[result.outcome]++;
    }
    return undefined;
  };

  let batch: Entry[] = [];
  let end: Failure | undefined;
  for await (const read of rows) {
    if ("end" in read) end = failed(`line ${read.line}: ${read.end}; nothing from there on was read`);
    else batch.push(read);
    if (batch.length < importedAtMost) continue;
    const failure = await send(batch);
    if (failure) return { sum, failure };
    batch = [];
  }
  // Also for a file without any row: the application has to be there.
  const failure = (await send(batch)) ?? end;
  return { sum, ...(failure && { failure }) };
}
