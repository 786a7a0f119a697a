// `npm run bench`, or some of its groups: `npm run bench -- live --seconds 1 --json figures.json`
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Comparison } from "./compare.ts";
import { live } from "./groups/live.ts";
import { passwords } from "./groups/passwords.ts";
import { userService } from "./groups/user-service.ts";
import { table } from "./table.ts";

const groups: Readonly<Record<string, (seconds: number) => Promise<Comparison[]>>> = {
  live,
  "user-service": userService,
  passwords,
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

const comparisons: Comparison[] = [];
for (const [name, group] of Object.entries(groups)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  for (const comparison of await group(seconds)) {
    comparisons.push(comparison);
    console.log(table(comparison));
  }
}
if (values.json !== undefined)
  writeFileSync(values.json, JSON.stringify({ node: process.version, seconds, comparisons }, null, 2));
