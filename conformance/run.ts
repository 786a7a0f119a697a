// node conformance/run.ts --url ws://… --seed COMMAND|FILE [--only TEXT]: plays every vector at a server, see README.md.
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { isOperated, play } from "./play.ts";
import { commandSeeder, fileSeeder } from "./seeders.ts";
import { serverFlows } from "./vectors.ts";

const {
  url,
  seed,
  only = "",
} = parseArgs({
  options: { url: { type: "string" }, seed: { type: "string" }, only: { type: "string" } },
}).values;
if (url === undefined || seed === undefined) {
  console.error("usage: node conformance/run.ts --url ws://HOST:PORT --seed COMMAND|FILE.json [--only TITLE-OR-RULE]");
  process.exit(2);
}

await using opened = new AsyncDisposableStack();
const seeder = existsSync(seed) ? fileSeeder(seed) : opened.use(commandSeeder(seed));
const counts = { passed: 0, failed: 0, "left out": 0 };
for (const flow of serverFlows()) {
  const name = `[${flow.rules.join(" ")}] ${flow.title}`;
  if (!name.includes(only)) continue;
  if (isOperated(flow) && !seeder.operate) {
    counts["left out"]++;
    console.log(`- ${name}: needs an operator, which a seeding file is not`);
    continue;
  }
  try {
    await play(flow, { url, seeder });
    counts.passed++;
    console.log(`✔ ${name}`);
  } catch (error) {
    counts.failed++;
    console.log(`✖ ${name}\n    ${error instanceof Error ? error.message : String(error)}`);
  }
}
console.log(
  Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(", "),
);
// A run that played nothing proves nothing.
if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
