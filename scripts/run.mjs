// The one file that must run on an old Node: it installs what the lockfile names, then hands over to the packaged Node.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { isatty } from "node:tty";
import { fileURLToPath } from "node:url";

const tasks = {
  start: ["packages/cli/bin/latchkey.js", "serve"],
  test: ["scripts/test.ts"],
  check: ["scripts/check.ts"],
  build: ["scripts/build-tarballs.ts"],
  "build:binary": ["scripts/build-binary.ts"],
  generate: ["scripts/generate.ts"],
  bench: ["bench/main.ts"],
};

const root = fileURLToPath(new URL("..", import.meta.url));
const binFolder = join(root, "node_modules", ".bin");
const onWindows = process.platform === "win32";
const packagedNode = onWindows ? join(root, "node_modules/node/bin/node.exe") : join(binFolder, "node");

const [name, ...args] = process.argv.slice(2);
if (!Object.hasOwn(tasks, name)) {
  console.error(`usage: node scripts/run.mjs ${Object.keys(tasks).join("|")} [args]`);
  process.exit(2);
}
const reason = reasonToInstall();
if (reason) install(reason);
if (name === "start") spawnSync(packagedNode, ["scripts/build-dashboard.ts"], { cwd: root, stdio: ["ignore", 2, 2] });
runTask(tasks[name], args);

function reasonToInstall() {
  const lock = join(root, "package-lock.json");
  const installedLock = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedLock)) return "nothing is installed yet";
  const installed = packagesOf(installedLock);
  for (const [path, wanted] of Object.entries(packagesOf(lock))) {
    if (!path.startsWith("node_modules/") || wanted.optional || wanted.link) continue;
    if (installed[path]?.version !== wanted.version) return `${path} is not at ${wanted.version}`;
  }
  if (!existsSync(packagedNode)) return "the packaged Node is missing";
  return undefined;
}

function packagesOf(lockfile) {
  return JSON.parse(readFileSync(lockfile, "utf8")).packages;
}

function install(reason) {
  console.error(`Installing dependencies: ${reason}.`);
  // npm replaces the packaged Node, so it must not run on it. Its warnings are about the system's Node, which runs
  // nothing of ours. `include`: with a NODE_ENV of production every start would find the same packages missing.
  const path = process.env.PATH.split(delimiter).filter((folder) => folder !== binFolder);
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--include=dev", "--loglevel=error"], {
    cwd: root,
    env: { ...process.env, PATH: path.join(delimiter) },
    shell: onWindows,
    stdio: ["inherit", 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
}

function runTask([script, ...firstArgs], args) {
  process.env.PATH = [binFolder, process.env.PATH].join(delimiter);
  const child = spawn(packagedNode, [script, ...firstArgs, ...args], { cwd: root, stdio: "inherit" });

  // Ctrl-C in a terminal reaches the child by itself; a second one would turn its graceful end into a forced one.
  const inTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor));
  process.on("SIGINT", () => inTerminal || child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));

  // A signal to npm kills the shell between npm and this process, and the shell passes nothing on.
  const parent = process.ppid;
  const stopWithoutParent = () => process.ppid === parent || child.kill("SIGTERM");
  if (process.env.npm_lifecycle_event) setInterval(stopWithoutParent, 250).unref();

  child.on("error", (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
}
