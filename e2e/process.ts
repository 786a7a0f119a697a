import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { openConsole, readConfig, systemClock } from "@latchkey/server";
import { within } from "@latchkey/testkit";

const command = new URL("../packages/cli/bin/latchkey.js", import.meta.url).pathname;

/** Starts the command as a process of its own, to be killed. */
export async function serve(directory: string) {
  const wide = {
    LATCHKEY_SIGN_INS_PER_ADDRESS: "100000",
    LATCHKEY_SIGN_INS_PER_IDENTITY: "100000",
    LATCHKEY_SESSION_ACTIONS_PER_MINUTE: "100000",
    LATCHKEY_ADDRESS_ACTIONS_PER_MINUTE: "1000000",
    LATCHKEY_METRICS_PORT: "off",
    LATCHKEY_UNINITIALIZED_PER_ADDRESS: "10000",
  };
  const child = spawn(process.execPath, [command, "serve", "--data", directory, "--port", "0"], {
    env: { ...process.env, ...wide },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ready = Promise.withResolvers<string>();
  createInterface(child.stdout).on("line", (line) => {
    const url = /^listening on (http:\S+)$/.exec(line)?.[1];
    if (url) ready.resolve(url);
  });
  child.once("exit", () => {
    ready.reject(new Error("the server stopped before it was ready"));
  });
  return {
    url: await within(ready.promise, "the server to listen", 30_000),
    async kill() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

/** The operator's entrance to the data of a server that does not run. */
export async function openOffice(directory: string) {
  const read = readConfig({ data: directory });
  if ("problems" in read) throw new Error(read.problems.join());
  const log = { info: () => undefined, error: () => undefined };
  return { config: read.config, console: await openConsole(read.config, { clock: systemClock, log }) };
}

/** Is over after so many counts. */
export function countdown(left: number): { count: () => void; over: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    count: () => {
      if (--left === 0) resolve();
    },
    over: promise,
  };
}
