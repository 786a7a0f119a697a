import assert from "node:assert/strict";
import { once } from "node:events";
import { after, test } from "node:test";
import { Worker } from "node:worker_threads";
import { seedsOf, startTestServer } from "@latchkey/testkit";
import { formsContract } from "./forms.contract.ts";

const server = await startTestServer();
after(() => server[Symbol.asyncDispose]());

formsContract((title, run) => test(title, run), seedsOf(server));

/** Runs a program in a thread of its own and returns the error that ended it, if any. */
async function errorOf(program: string): Promise<unknown> {
  const imports = `import { Session } from ${JSON.stringify(import.meta.resolve("./session.ts"))};`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(imports + program)}`));
  const failed = new Promise((resolve) => worker.once("error", resolve));
  const exited = once(worker, "exit").then(() => undefined);
  return Promise.race([failed, exited]);
}

test("a callback that throws is an uncaught exception, and no rejection", async () => {
  const error = await errorOf(`
    const session = new Session({ url: ${JSON.stringify(server.url)} });
    process.on("unhandledRejection", () => { throw new Error("a rejection"); });
    session.logout(() => { throw new Error("thrown by the callback"); });
  `);
  assert.ok(error instanceof Error);
  assert.equal(error.message, "thrown by the callback");
});

test("a promise that nobody looks at is never an unhandled rejection", async () => {
  const error = await errorOf(`
    const session = new Session({ url: ${JSON.stringify(server.url)} });
    session.logout();
    await session.connect();
    session.connect();
    session.ping();
    session.initialize(null, null);
    session.shutdown();
    await session.shutdown();
  `);
  assert.equal(error, undefined);
});
