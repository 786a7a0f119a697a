// `npm run check`, or some of its steps: `npm run check -- lint types`
import { exec } from "node:child_process";
import { join } from "node:path";

const inRoot = { cwd: join(import.meta.dirname, ".."), maxBuffer: Infinity };

type Done = (error: Error | null, stdout: string, stderr: string) => void;
type Step = (done: Done) => void;

const steps: Record<string, Step> = {
  format: (done) => exec("prettier --check .", inRoot, done),
  lint: (done) => exec("eslint --max-warnings 0 .", inRoot, done),
  types: (done) =>
    exec("tsc -p tsconfig.json && tsc -p tsconfig.portable.json && tsc -p packages/dashboard", inRoot, done),
  borders: (done) => exec("depcruise packages e2e examples bench conformance scripts", inRoot, done),
  "dead-code": (done) => exec("knip", inRoot, done),
  generated: (done) => exec("node scripts/generate.ts --check", inRoot, done),
  schemas: (done) => exec("node scripts/schemas.ts", inRoot, done),
  spec: (done) => exec("node scripts/spec.ts", inRoot, done),
  packages: (done) => exec("node scripts/packages.ts", inRoot, done),
};
const atOnce = 2;

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(steps, name));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(", ")}. The steps are ${Object.keys(steps).join(", ")}.`);
  process.exit(2);
}
const waiting = Object.entries(steps).filter(([name]) => wanted.length === 0 || wanted.includes(name));
await Promise.all(Array.from({ length: atOnce }, runWaiting));

async function runWaiting(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) await runStep(...next);
}

async function runStep(name: string, step: Step): Promise<void> {
  const startedAt = performance.now();
  const { passed, output } = await outcomeOf(step);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${passed ? "✔" : "✖"} ${name} (${seconds} s)`);
  if (passed) return;
  console.log(`${output.trimEnd()}\n  again: npm run check -- ${name}\n`);
  process.exitCode = 1;
}

function outcomeOf(step: Step): Promise<{ passed: boolean; output: string }> {
  return new Promise((resolve) => {
    step((error, stdout, stderr) => resolve({ passed: error === null, output: stdout + stderr }));
  });
}
