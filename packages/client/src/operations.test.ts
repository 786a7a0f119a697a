import { after, test } from "node:test";
import { seedsOf, startTestServer } from "@latchkey/testkit";
import { operationsContract } from "./operations.contract.ts";

const server = await startTestServer();
after(() => server[Symbol.asyncDispose]());

operationsContract((title, run) => test(title, run), seedsOf(server));
