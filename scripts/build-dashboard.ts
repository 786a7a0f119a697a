// The dashboard as files that a server hands out: `packages/dashboard/dist`, made anew when a source is newer.
import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";
import { cssVariables } from "../packages/dashboard/src/theme/css-variables.ts";

const root = join(import.meta.dirname, "..");
const source = join(root, "packages/dashboard/src");
const target = join(root, "packages/dashboard/dist");
const page = join(target, "index.html");

const common = {
  absWorkingDir: root,
  outdir: target,
  entryNames: "assets/[name]-[hash]",
  chunkNames: "assets/[name]-[hash]",
  assetNames: "assets/[name]-[hash]",
  publicPath: "/",
  bundle: true,
  minify: true,
  target: "es2023",
  jsx: "automatic",
  conditions: ["browser"],
  define: { "process.env.NODE_ENV": '"production"' },
  loader: { ".woff2": "file" },
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "warning",
} as const satisfies BuildOptions;

/** What a build is made of. */
const ingredients = [
  "packages/{dashboard,protocol}/src/**/*",
  "packages/dashboard/{package,tsconfig}.json",
  "package-lock.json",
  "scripts/build-dashboard.ts",
];

/** The folder with an up-to-date build. */
export async function buildDashboard(): Promise<string> {
  if (isStale()) await bundle();
  return target;
}

function isStale(): boolean {
  if (!existsSync(page)) return true;
  const builtAtMs = statSync(page).mtimeMs;
  return globSync(ingredients, { cwd: root }).some((file) => statSync(join(root, file)).mtimeMs > builtAtMs);
}

async function bundle(): Promise<void> {
  const built = await Promise.all([
    build({
      ...common,
      entryPoints: { main: join(source, "main.tsx") },
      plugins: [themeVariables],
      format: "esm",
      splitting: true,
    }),
    // On its own, because it runs before everything else and waits for nothing.
    build({ ...common, entryPoints: { "color-scheme": join(source, "color-scheme.ts") }, format: "iife" }),
  ]);
  const files = built.flatMap(({ outputFiles }) => outputFiles);
  const before = existsSync(join(target, "assets")) ? readdirSync(join(target, "assets")) : [];
  for (const { path, contents } of files) write(path, contents);
  const written = new Set(files.map(({ path }) => path));
  for (const name of before) if (!written.has(join(target, "assets", name))) rmSync(join(target, "assets", name));
  // Last, because its age says how old the build is.
  const outputs = Object.fromEntries(built.flatMap(({ metafile }) => Object.entries(metafile.outputs)));
  write(page, filledIn(readFileSync(join(source, "index.html"), "utf8"), outputs));
}

function write(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  // Whole at once, and out of the way until then: a server may be reading, and another build be writing and clearing.
  const unfinished = join(target, `.${process.pid}-${basename(file)}`);
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
}

/** `@import "theme"` in a style sheet: the variables that Mantine's own reads. */
const themeVariables: Plugin = {
  name: "theme-variables",
  setup(building) {
    building.onResolve({ filter: /^theme$/ }, () => ({ path: "variables.css", namespace: "theme" }));
    building.onLoad({ filter: /.*/, namespace: "theme" }, () => ({ contents: cssVariables(), loader: "css" }));
  },
};

function filledIn(html: string, outputs: Metafile["outputs"]): string {
  const built = Object.entries(outputs).map(([path, output]) => ({
    ...output,
    url: urlOf(path),
  }));
  const entry = (suffix: string) => built.find(({ entryPoint }) => entryPoint?.endsWith(suffix));
  const main = entry("src/main.tsx");
  const preload = (main?.imports ?? [])
    .filter(({ kind }) => kind === "import-statement")
    .map(({ path }) => `<link rel="modulepreload" href="${urlOf(path)}" />`);
  return html
    .replace("%main%", main?.url ?? "")
    .replace("%style%", urlOf(main?.cssBundle ?? ""))
    .replace("%color-scheme%", entry("src/color-scheme.ts")?.url ?? "")
    .replace("<!-- %preload% -->", preload.join("\n    "));
}

/** Where the server has what was written here. */
function urlOf(path: string): string {
  return path.slice("packages/dashboard/dist".length);
}

if (import.meta.main) await buildDashboard();
