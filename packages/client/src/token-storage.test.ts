import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newApplication, seedsOf, startTestServer } from "@latchkey/testkit";
import { tokenStorageContract } from "./token-storage.contract.ts";
import { UserService } from "./user-service.ts";
import { LocalFaultCode } from "./user-service-fault.ts";

const server = await startTestServer();
after(() => server[Symbol.asyncDispose]());

/** A page's storage: Node has its own behind a flag only. */
class PageStorage {
  readonly #texts = new Map<string, string>();

  getItem(key: string): string | null {
    return this.#texts.get(key) ?? null;
  }

  setItem(key: string, text: string): void {
    this.#texts.set(key, text);
  }

  removeItem(key: string): void {
    this.#texts.delete(key);
  }
}

function setLocalStorage(value: unknown): void {
  Object.defineProperty(globalThis, "localStorage", { configurable: true, value });
}

before(() => setLocalStorage(new PageStorage()));

tokenStorageContract((title, run) => test(title, run), seedsOf(server));

test("where there is no localStorage, calls that need it fail, and say so", async () => {
  setLocalStorage(undefined);
  const { id, apiKeys } = await newApplication(server.console);
  const options = { url: server.url, applicationId: id, apiKey: apiKeys.JS! };
  const users = new UserService({ ...options, tokenStorage: "localStorage" });
  await assert.rejects(users.getCurrentUser(), { code: LocalFaultCode.unexpected });
});
