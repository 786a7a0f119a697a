// `npm test`, `npm test -- packages/server`, `npm test -- packages/server/src/gate.test.ts`, `npm test -- LP-OUT-2`
import { existsSync, globSync } from "node:fs";
import { join, normalize, sep } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";

const root = join(import.meta.dirname, "..");
const folders = ["packages", "e2e", "examples", "conformance", "bench"];

function testFilesIn(places: string[]): string[] {
  const files = globSync(`{${folders.join(",")}}/**/*.test.ts`, { cwd: root, exclude: ["**/node_modules"] }).sort();
  if (places.length === 0) return files;
  const wanted = places.map((place) => normalize(place).replace(/[/\\]$/, ""));
  return files.filter((file) => wanted.some((place) => file === place || file.startsWith(place + sep)));
}

const args = process.argv.slice(2);
const places = args.filter((arg) => existsSync(join(root, arg)));
const testNamePatterns = args.filter((arg) => !places.includes(arg));

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => {
    stopping.abort();
  });

let testCount = 0;
const results = run({
  cwd: root,
  files: testFilesIn(places).map((file) => join(root, file)),
  testNamePatterns,
  concurrency: 2,
  timeout: 120_000,
  signal: stopping.signal,
});
results.on("test:summary", ({ file, counts, success }) => {
  // The summary of the whole run counts a file without tests as a test, so the files' own summaries are added up.
  if (file !== undefined) testCount += counts.tests;
  else if (!success) process.exitCode = 1;
});
results.on("end", () => {
  if (testCount > 0 || stopping.signal.aborted) return;
  console.error(`No test found for: ${args.join(" ") || folders.join(", ")}`);
  process.exitCode = 1;
});
results.compose(new spec()).pipe(process.stdout);
