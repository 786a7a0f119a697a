// Where the single executable begins, as `bin/latchkey.js` is where the sources and the package do.
import os from "node:os";
import { main } from "./main.ts";

// Read at the first use of libuv's thread pool: a thread for each core to hash passwords, and some for files and names.
process.env["UV_THREADPOOL_SIZE"] ??= String(os.availableParallelism() + 4);
await main(process.argv.slice(2));
