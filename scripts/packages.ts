// A step of `npm run check`: builds the tarballs, asks publint and attw about them, and weighs the SDK.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { build } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { buildTarballs, type Tarball } from "./build-tarballs.ts";

/** What a program that imports the whole SDK grows by at most (LP-SDK-4). */
const budgetBytes = 12 * 1024;
/** The packages are ES modules alone; nobody can `require` them under these. */
const withoutModules: readonly string[] = ["node10", "node16-cjs"];

const into = mkdtempSync(join(tmpdir(), "latchkey-packages-"));
try {
  const faults: string[] = [];
  for (const tarball of await buildTarballs(into)) {
    const found = [...(await packagingFaults(tarball)), ...(await typesFaults(tarball))];
    faults.push(...found.map((fault) => `${tarball.name}: ${fault}`));
  }
  const sizeBytes = await clientSize();
  console.log(`client: ${sizeBytes} of ${budgetBytes} bytes, minified and gzipped`);
  if (sizeBytes > budgetBytes) faults.push(`client: ${sizeBytes - budgetBytes} bytes too many`);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
} finally {
  rmSync(into, { recursive: true });
}

async function packagingFaults({ file }: Tarball): Promise<string[]> {
  const { buffer: tarball } = Uint8Array.from(readFileSync(file));
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

async function typesFaults({ name, file }: Tarball): Promise<string[]> {
  // A command, which nobody imports.
  if (name === "cli") return [];
  const checked = await checkPackage(createPackageFromTarballData(readFileSync(file)));
  if (!checked.types) return ["has no types"];
  const problems = checked.problems.filter(
    (problem) => !("resolutionKind" in problem) || !withoutModules.includes(problem.resolutionKind),
  );
  return problems.map((problem) => JSON.stringify(problem));
}

async function clientSize(): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "../packages/client/src/index.ts")],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
  });
  return outputFiles.reduce((size, { contents }) => size + gzipSync(contents).length, 0);
}
