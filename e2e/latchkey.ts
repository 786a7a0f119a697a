import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { within } from "@latchkey/testkit";

const launcher = fileURLToPath(new URL("../packages/cli/bin/latchkey.js", import.meta.url));
/** Gone when the tests of the file are done. */
export const root = mkdtempSync(join(tmpdir(), "latchkey-command-"));
const deadlineMs = 30_000;
/** A server on PostgreSQL does not make one. */
const signingKey = "what the links of tests are sealed with";
let directories = 0;

after(() => {
  rmSync(root, { recursive: true });
});

export function newDirectory(): string {
  return join(root, `data-${++directories}`);
}

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface How {
  readonly environment?: Readonly<Record<string, string>>;
  readonly nodeArgs?: readonly string[];
  /** What comes on its standard input. */
  readonly typed?: string | Uint8Array;
}

export function start(args: readonly string[], { environment = {}, nodeArgs = [] }: How = {}) {
  // Most of a command's time is Node reading its sources; they are read a few hundred times here.
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: join(root, "compiled"),
    LATCHKEY_SIGNING_KEY: signingKey,
    ...environment,
  };
  return spawn(process.execPath, [...nodeArgs, launcher, ...args], { env, stdio: ["pipe", "pipe", "pipe"] });
}

/** Runs a command to its end. */
export async function latchkey(args: readonly string[], how: How = {}): Promise<Run> {
  const child = start(args, how);
  // It may not want to read all of it.
  child.stdin.on("error", () => undefined);
  child.stdin.end(how.typed);
  const stdout = child.stdout.toArray();
  const stderr = child.stderr.toArray();
  try {
    const [code] = await within(once(child, "close"), `"latchkey ${args.join(" ")}" to end`, deadlineMs);
    return { code, stdout: (await stdout).join(""), stderr: (await stderr).join("") };
  } finally {
    child.kill("SIGKILL");
  }
}

/** What a command prints with `--json`: one value, and nothing else on standard output. */
export async function json<T>(...args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await latchkey([...args, "--json"]);
  assert.deepEqual([code, stderr], [0, ""], args.join(" "));
  return JSON.parse(stdout) as T;
}

export interface Served extends AsyncDisposable {
  readonly url: string;
  /** What it said before it was ready, and its last line was the one that said so. */
  readonly lines: readonly string[];
  kill(signal: NodeJS.Signals): void;
  /** Resolves when it has logged this. */
  logged(event: string): Promise<void>;
  /** The exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
}

export async function serve(data: string, ...args: readonly string[]): Promise<Served> {
  const child = start(["serve", "--port", "0", "--data", data, ...args], {
    environment: { LATCHKEY_METRICS_PORT: "off" },
  });
  const exited = once(child, "exit").then(([code, signal]) => code ?? signal);
  const log = createInterface(child.stderr);
  const seen: string[] = [];
  log.on("line", (line) => seen.push(line));
  const lines: string[] = [];
  const ready = (async () => {
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      const [url] = /http:\/\/[^"]+/.exec(line) ?? [];
      if (url) return url;
    }
    throw new Error(`it ended before it was ready: ${seen.join("\n")}`);
  })();
  const url = await within(ready, "the server to be ready", deadlineMs);
  return {
    url,
    lines,
    get exited() {
      return within(exited, "the server to end", deadlineMs);
    },
    kill: (signal) => void child.kill(signal),
    async logged(event) {
      const isIt = (line: string) => line.includes(`"event":"${event}"`);
      const happens = async () => {
        while (!seen.some(isIt)) await once(log, "line");
      };
      await within(happens(), `the server to log ${event}`);
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** One clear line on standard error, nothing on standard output, and exit code 1. */
export async function refuses(says: RegExp, args: readonly string[], how?: How): Promise<void> {
  const { code, stdout, stderr } = await latchkey(args, how);
  assert.deepEqual([code, stdout], [1, ""], `${args.join(" ")}: ${stderr}`);
  assert.match(stderr, says);
  assert.match(stderr, /^latchkey: [^\n]+\n$/, "one line");
}
