// `npm run bench`, or some of its groups: `npm run bench -- live --seconds 1 --json figures.json`
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Comparison } from "./compare.ts";
import type { Figures } from "./figures.ts";
import { connections } from "./groups/connections.ts";
import { live } from "./groups/live.ts";
import { passwords } from "./groups/passwords.ts";
import { sameWork } from "./groups/same-work.ts";
import { scale } from "./groups/scale.ts";
import { storm } from "./groups/storm.ts";
import { userService } from "./groups/user-service.ts";
import { figuresTable, table } from "./table.ts";

const groups: Readonly<Record<string, (seconds: number) => Promise<(Comparison | Figures)[]>>> = {
  live,
  "user-service": userService,
  passwords,
  "same-work": sameWork,
  connections,
  storm,
  scale,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** How long one slice of one subject takes. */
    seconds: { type: "string", default: "0.5" },
    /** Where the figures are written for machines. */
    json: { type: "string" },
  },
});
const seconds = Number(values.seconds);
const unknown = positionals.find((name) => !Object.hasOwn(groups, name));
if (unknown !== undefined || !(seconds > 0)) {
  console.error(`usage: npm run bench -- [${Object.keys(groups).join("] [")}] [--seconds N] [--json FILE]`);
  process.exit(2);
}

const results: (Comparison | Figures)[] = [];
for (const [name, group] of Object.entries(groups)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  for (const result of await group(seconds)) {
    results.push(result);
    console.log("columns" in result ? figuresTable(result) : table(result));
  }
}
if (values.json !== undefined)
  writeFileSync(values.json, JSON.stringify({ node: process.version, seconds, results }, null, 2));
