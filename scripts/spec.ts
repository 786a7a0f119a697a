// Rule coverage: what the documents define, what docs/claimed-rules.txt claims to hold, and what tests prove.
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const ruleDocuments = ["docs/PROTOCOL.md", "docs/USER-SERVICE.md", "docs/MANAGEMENT.md"];
const claimsFile = "docs/claimed-rules.txt";
const testFiles = "{packages,e2e,examples,conformance,bench}/**/*.{test,contract,scenarios}.ts";

/** Ids that open a list item `- **LP-OUT-2** …` or a table row `| **US-LOGOUT-4** | …`. */
function definedIn(document: string): string[] {
  return idsMatching(/^\s*[-*|] +\*\*([A-Z]+-[A-Z0-9]+-\d+)\*\*/gm, document);
}

function claimedIn(claims: string): string[] {
  return idsMatching(/^([A-Z]+-[A-Z0-9]+-\d+)\s*(?:#.*)?$/gm, claims);
}

/** Ids in brackets, as titles carry them; a comment proves nothing. */
function testedIn(source: string): string[] {
  const code = source.replace(/^\s*(\/\/|\/?\*).*$/gm, "");
  return idsMatching(/\[((?:LP|US|MG)-[A-Z0-9]+-\d+)\]/g, code);
}

function idsMatching(pattern: RegExp, text: string): string[] {
  return Array.from(text.matchAll(pattern), ([, id = ""]) => id);
}

function repeated(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}

function read(file: string): string {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

const definitions = ruleDocuments.flatMap((file) => definedIn(read(file)));
const defined = new Set(definitions);
const claimed = new Set(claimedIn(read(claimsFile)));
const tests = globSync(testFiles, { cwd: root, exclude: ["**/node_modules"] })
  .sort()
  .flatMap((file) => testedIn(read(file)).map((id) => ({ id, file })));
const tested = new Set(tests.map(({ id }) => id));

const faults = [
  ...repeated(definitions).map((id) => `${id} is defined twice`),
  ...[...claimed].filter((id) => !defined.has(id)).map((id) => `${id} is claimed, but no document defines it`),
  ...[...claimed].filter((id) => !tested.has(id)).map((id) => `${id} is claimed, but no test names it`),
  ...tests.filter(({ id }) => !defined.has(id)).map(({ id, file }) => `${id} in ${file} is defined by no document`),
];
const unclaimed = [...tested].filter((id) => defined.has(id) && !claimed.has(id));

for (const fault of new Set(faults)) console.error(fault);
console.log(
  `${defined.size} rules, ${claimed.size} claimed, ${tested.size} named by tests, ${unclaimed.length} tested but not claimed`,
);
if (faults.length > 0) process.exitCode = 1;
