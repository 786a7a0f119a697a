// `npm run build:binary`: the command in one file, with Node and everything else that it needs (docs/adr/0028).
import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { type BuildOptions, buildSync } from "esbuild";
import { buildDashboard } from "./build-dashboard.ts";

const root = join(import.meta.dirname, "..");
const inside = join(import.meta.dirname, "binary");

const bundled = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node26",
  legalComments: "eof",
  logLevel: "warning",
} as const satisfies BuildOptions;

/** Builds the executable for the kind of system that this one is. */
export async function buildBinary(output: string): Promise<void> {
  const dashboard = await buildDashboard();
  mkdirSync(dirname(output), { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), "latchkey-build-"));
  try {
    const part = `${output}.part`;
    const configuration = join(folder, "sea.json");
    writeFileSync(
      configuration,
      JSON.stringify({
        main: bundleCommand(join(folder, "main.mjs")),
        mainFormat: "module",
        output: part,
        disableExperimentalSEAWarning: true,
        assets: {
          "#sync-worker": bundleWorker(join(folder, "worker.mjs")),
          "bcrypt.node": bcryptAddon(),
          ...assetsIn(dashboard),
        },
      }),
    );
    execFileSync(process.execPath, ["--build-sea", configuration], { stdio: "pipe" });
    // One that runs cannot be written to, but it can be replaced.
    renameSync(part, output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function bundleCommand(outfile: string): string {
  buildSync({
    ...bundled,
    entryPoints: [join(root, "packages/cli/src/executable.ts")],
    outfile,
    // What is found by its place among files has to be found among the assets instead.
    alias: { "node-gyp-build": join(inside, "node-gyp-build.cjs") },
    define: { "import.meta.resolve": "resolveAsset", __dirname: '""' },
    inject: [join(inside, "resolve-asset.ts")],
    // Packages that are CommonJS ask for Node's own modules in their way.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  return outfile;
}

/** What the blocking calls of the SDK run in a thread of their own, which `latchkey demo` shows. */
function bundleWorker(outfile: string): string {
  buildSync({ ...bundled, entryPoints: [join(root, "packages/client/src/sync/worker.ts")], outfile });
  return outfile;
}

function bcryptAddon(): string {
  const bcrypt = createRequire(join(root, "packages/server/package.json")).resolve("bcrypt");
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- it has no types
  const finder: { resolve(folder: string): string } = createRequire(bcrypt)("node-gyp-build");
  return finder.resolve(dirname(bcrypt));
}

function assetsIn(dashboard: string): Record<string, string> {
  const files = globSync(["index.html", "assets/*"], { cwd: dashboard });
  return Object.fromEntries(files.map((file) => [`dashboard/${file.replaceAll(sep, "/")}`, join(dashboard, file)]));
}

if (import.meta.main) {
  const output = join(root, "build/latchkey");
  await buildBinary(output);
  console.log(`${output} (${Math.round(statSync(output).size / 1e6)} MB)`);
}
