import { after, test } from "node:test";
import { seedsOf, startTestServer } from "@latchkey/testkit";
import { userServiceCallsContract } from "./user-service-calls.contract.ts";

const server = await startTestServer();
after(() => server[Symbol.asyncDispose]());

userServiceCallsContract((title, run) => test(title, run), seedsOf(server));
