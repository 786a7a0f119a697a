// node conformance/seed-latchkey.ts --url http://… --data DIRECTORY [--database postgres://…]: seeds a Latchkey that runs
// on this database, for `run.ts --seed`. A line of JSON in, a line out, see README.md.
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { lineLog, openConsole, readConfig, systemClock } from "@latchkey/server";
import { latchkeySeeder } from "./latchkey-seeder.ts";
import type { Fields } from "./vectors.ts";

const {
  url = "",
  data = "./latchkey-data",
  database = "",
} = parseArgs({
  options: { url: { type: "string" }, data: { type: "string" }, database: { type: "string" } },
}).values;

const read = readConfig({ data, database });
if ("problems" in read) throw new Error(read.problems.join("; "));
const log = lineLog(
  (line) => process.stderr.write(line),
  () => systemClock.now(),
);
await using console = await openConsole(read.config, { clock: systemClock, log });
const seeder = latchkeySeeder(console, url);

for await (const line of createInterface(process.stdin)) {
  process.stdout.write(`${JSON.stringify(await answerTo(line))}\n`);
}

async function answerTo(line: string): Promise<object> {
  try {
    const request: unknown = JSON.parse(line);
    if (!isRequest(request)) throw new Error("neither seed nor operator");
    if (request.operator === undefined) {
      return { values: await seeder.seed(request.seed ?? {}, { title: "", rules: [], steps: [] }) };
    }
    await seeder.operate?.(request.operator, request.app ?? "", request.with ?? {});
    return { values: {} };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

interface Request {
  readonly seed?: Fields;
  readonly operator?: string;
  readonly app?: string;
  readonly with?: Fields;
}

function isRequest(value: unknown): value is Request {
  return typeof value === "object" && value !== null && ("seed" in value || "operator" in value);
}
