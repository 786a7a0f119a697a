#!/usr/bin/env node
// Plain JavaScript that an older Node can read too, so that it gets an answer and not a syntax error.
import { existsSync } from "node:fs";
import os from "node:os";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major > 24 || (major === 24 && minor >= 7)) {
  // Password hashes run in libuv's thread pool, whose size is read once, at its first use: a thread for each core,
  // and some for files and names, which must not wait behind them.
  process.env.UV_THREADPOOL_SIZE ??= String(os.availableParallelism() + 4);
  const built = "../dist/main.js";
  const isSource = existsSync(new URL("../src/main.ts", import.meta.url));
  const { main } = await (isSource ? import("../src/main.ts") : import(built));
  await main(process.argv.slice(2));
} else {
  console.error(`latchkey: needs Node 24.7 or later, and this is v${process.versions.node}`);
  process.exitCode = 1;
}
