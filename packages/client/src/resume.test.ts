import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Network, newApplication, newLicense, seedsOf, startTestServer, within } from "@latchkey/testkit";
import { orThrow } from "./errors.ts";
import type { Resumption } from "./hooks.ts";
import { resumeContract } from "./resume.contract.ts";
import { Session } from "./session.ts";

const server = await startTestServer();
after(() => server[Symbol.asyncDispose]());

resumeContract((title, run) => test(title, run), seedsOf(server));

test("[LP-SDK-3] [LP-RES-5] a restart of the server is no more than a wait", async () => {
  using opened = new DisposableStack();
  const data = opened.adopt(mkdtempSync(join(tmpdir(), "latchkey-test-")), (directory) => {
    rmSync(directory, { recursive: true, force: true });
  });
  const settings = { data };
  const first = await startTestServer({ settings });
  const product = await newApplication(first.console);
  await using network = await Network.to(first.url);
  await using session = new Session({ url: network.url });
  await session.connect();
  orThrow(await session.initialize(product.websocketApiKey, "client-1"));
  orThrow(await session.authorize(await newLicense(first.console, product, { levels: ["pro"] })));
  const resumed = new Promise<Resumption>((resolve) => session.on("resumed", resolve));
  await first[Symbol.asyncDispose]();

  const license = session.getCurrentLicense();
  await using second = await startTestServer({ settings });
  network.target = second.url;
  assert.deepEqual(orThrow(await license).levels, ["pro"]);
  assert.deepEqual(await resumed, { isAuthorized: true });
});

test("a program ends when its session has, whatever the network was like", async () => {
  await using network = await Network.to(server.url);
  const product = await newApplication(server.console);
  const program = `
    import { Session } from ${JSON.stringify(import.meta.resolve("./session.ts"))};
    const session = new Session({ url: ${JSON.stringify(network.url)} });
    await session.connect();
    await session.initialize(${JSON.stringify(product.websocketApiKey)}, "client-1");
    session.on("resumed", () => void session.shutdown());
    process.send("ready");
    session.ping();
    session.authorize("ABCDEF-123456");
  `;
  const child = fork("", { execArgv: ["--input-type=module", "--eval", program] });
  await once(child, "message");
  await network.cut();
  const [exitCode] = await within(once(child, "exit"), "the program's end");
  assert.equal(exitCode, 0, "and no rejection went unhandled");
});
