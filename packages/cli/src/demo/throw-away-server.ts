import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { isSea } from "node:sea";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { ExitCode } from "../failure.ts";
import { isOurs, variableOf } from "../settings/setting-names.ts";

/** What this very command is started by, after the name of its program; the single executable is the command itself. */
const launcher = isSea() ? [] : [fileURLToPath(new URL("../../bin/latchkey.js", import.meta.url))];
const signals = ["SIGINT", "SIGTERM"] as const;

/** A server with an empty data directory of its own, on a free port. Both are gone when it is disposed. */
export interface ThrowAwayServer extends AsyncDisposable {
  readonly url: string;
  readonly data: string;
}

/** A process of its own, so that the blocking calls of the SDK, which stop this thread, get their answers. */
export async function startThrowAwayServer(): Promise<ThrowAwayServer> {
  await using opened = new AsyncDisposableStack();
  const data = mkdtempSync(join(tmpdir(), "latchkey-demo-"));
  const remove = () => {
    rmSync(data, { recursive: true, force: true });
  };
  opened.defer(remove);
  const args = [...launcher, "serve", "--json", "--port", "0", "--data", data];
  const child = spawn(process.execPath, args, { env: plainEnvironment(), stdio: ["ignore", "pipe", "pipe"] });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  opened.defer(async () => {
    child.kill("SIGTERM");
    await exited;
  });
  const abort = () => {
    child.kill("SIGKILL");
    remove();
    process.exit(ExitCode.failed);
  };
  for (const signal of signals) process.once(signal, abort);
  opened.defer(() => {
    for (const signal of signals) process.off(signal, abort);
  });
  const url = await urlOf(child, child.stdout);
  const running = opened.move();
  return { url, data, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** The settings of this run are not the demo's. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !isOurs(name));
  // A server that is there to stay may want that port.
  return { ...Object.fromEntries(others), [variableOf("metricsPort")]: "off" };
}

async function urlOf(child: ChildProcess, stdout: Readable): Promise<string> {
  const said: string[] = [];
  child.stderr?.on("data", (text: Buffer) => said.push(text.toString()));
  for await (const line of createInterface(stdout)) {
    const ready: unknown = JSON.parse(line);
    if (typeof ready === "object" && ready !== null && "url" in ready) return String(ready.url);
  }
  throw new Error(`the throw-away server did not start: ${said.join("")}`);
}
