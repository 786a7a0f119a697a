import type { Console } from "@latchkey/server";
import { pageAtMost } from "@latchkey/protocol";
import type { Failure } from "../failure.ts";
import { jsonRecord } from "../output/json-record.ts";
import { refused } from "../refused.ts";
import { csvHeading, csvLine } from "./csv.ts";
import type { TransferFormat } from "./formats.ts";

/** What an export has come to so far. */
export interface Exported {
  exported: number;
  failure?: Failure;
}

/** The accounts of an application as the lines of a file, a page at a time. */
export async function* exportRows(
  console: Console,
  applicationId: string,
  format: TransferFormat,
  sum: Exported,
): AsyncGenerator<string, void> {
  let cursor: string | undefined;
  let isFirst = true;
  do {
    const page = { limit: pageAtMost, ...(cursor !== undefined && { cursor }) };
    const outcome = await console.call("exportAccounts", { applicationId, ...page });
    if (!outcome.ok) {
      sum.failure = refused(outcome);
      return;
    }
    if (isFirst && format === "csv") yield `${csvHeading}\n`;
    isFirst = false;
    const lines = outcome.output.rows.map((row) => {
      const record = jsonRecord(row);
      return `${format === "csv" ? csvLine(record) : JSON.stringify(record)}\n`;
    });
    sum.exported += lines.length;
    if (lines.length > 0) yield lines.join("");
    cursor = outcome.output.nextCursor;
  } while (cursor !== undefined);
}
