// `npm run build`: the packages as npm gets them. In the workspace everything runs from its sources (docs/adr/0002).
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { buildDashboard } from "./build-dashboard.ts";

const root = join(import.meta.dirname, "..");
const packages = ["protocol", "client", "server", "cli"] as const;
const isTest = /\.(test|test-d|contract|scenarios)\.ts$/;

export type PackageName = (typeof packages)[number];

export interface Tarball {
  readonly name: PackageName;
  readonly file: string;
}

/** Builds and packs every package into a folder, which is emptied first; a tarball each, in the order of their imports. */
export async function buildTarballs(into: string): Promise<readonly Tarball[]> {
  const dashboard = await buildDashboard();
  rmSync(into, { recursive: true, force: true });
  compile(into);
  for (const name of packages) complete(name, join(into, name));
  cpSync(dashboard, join(into, "cli/dashboard"), { recursive: true });
  const folders = packages.map((name) => join(into, name));
  const pack = ["pack", "--silent", "--ignore-scripts", "--pack-destination", into, ...folders];
  const files = execFileSync("npm", pack, { cwd: into, encoding: "utf8" }).trim().split("\n");
  return packages.map((name, n) => ({ name, file: join(into, files[n] ?? "") }));
}

/** JavaScript and declarations of all packages, into `<package>/dist`. Whether the types hold is not asked here. */
function compile(into: string): void {
  const configuration = ts.readConfigFile(join(root, "tsconfig.json"), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(configuration.config, ts.sys, root);
  const sources = globSync(`packages/{${packages.join()}}/src/**/*.ts`, { cwd: root });
  const program = ts.createProgram(
    sources.filter((file) => !isTest.test(file)).map((file) => join(root, file)),
    {
      ...options,
      noEmit: false,
      declaration: true,
      rewriteRelativeImportExtensions: true,
      // What the oldest Node of the SDK understands (LP-SDK-4).
      target: ts.ScriptTarget.ES2024,
      rootDir: join(root, "packages"),
      outDir: into,
    },
  );
  const { diagnostics } = program.emit(undefined, (file, text) => {
    const path = join(into, relative(into, file).replace(/^(\w+).src/, "$1/dist"));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  });
  for (const { messageText } of diagnostics) throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
}

/** Everything else a tarball holds. */
function complete(name: PackageName, folder: string): void {
  const from = join(root, "packages", name);
  for (const extra of ["README.md", "bin"]) {
    if (existsSync(join(from, extra))) cpSync(join(from, extra), join(folder, extra), { recursive: true });
  }
  cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  const manifest = readFileSync(join(from, "package.json"), "utf8");
  writeFileSync(join(folder, "package.json"), manifest.replace(/"\.\/src\/([^"]*)\.ts"/g, '"./dist/$1.js"'));
}

if (import.meta.main) {
  const into = join(root, "dist");
  for (const { file } of await buildTarballs(into)) console.log(file);
}
