import assert from "node:assert/strict";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { seedsOf, startTestServer } from "@latchkey/testkit";
import type { Ending } from "./connection.ts";
import { sessionContract } from "./session.contract.ts";
import { Session } from "./session.ts";

const server = await startTestServer();
after(() => server[Symbol.asyncDispose]());

sessionContract((title, run) => test(title, run), seedsOf(server));

test("[LP-CONN-6] a server that goes down says that it restarts", async () => {
  await using passing = await startTestServer();
  const session = new Session({ url: passing.url });
  await session.connect();
  const ending = new Promise<Ending>((resolve) => session.on("shutdown", resolve));
  await passing[Symbol.asyncDispose]();
  assert.equal((await ending).closeCode, 1012);
});

test("connect fails in time where nobody answers", async () => {
  const silence = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => silence.once("listening", resolve));
  const { port } = silence.address() as AddressInfo;
  const session = new Session({ url: `http://127.0.0.1:${port}`, timeoutMs: 50 });
  await assert.rejects(session.connect(), { code: "connect_failed", message: /: not open within 50 ms$/ });
  silence.close();
});
