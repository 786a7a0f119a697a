import assert from "node:assert/strict";
import { execFile, execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { newApplication, newLicense, startTestServer } from "@latchkey/testkit";
import { buildTarballs } from "../scripts/build-tarballs.ts";

const root = join(import.meta.dirname, "..");
const run = promisify(execFile);
const timeout = 60_000;

const folder = mkdtempSync(join(tmpdir(), "latchkey-package-"));
after(() => rmSync(folder, { recursive: true }));
const program = await install();

const server = await startTestServer();
after(() => server[Symbol.asyncDispose]());
const product = await newApplication(server.console);
const license = await newLicense(server.console, product, { levels: ["pro"] });

/** A folder with nothing in it but the SDK, as its users have it, and what it depends on. Asks no registry. */
async function install(): Promise<string> {
  const built = await buildTarballs(join(folder, "built"));
  const ours = built.filter(({ name }) => name === "protocol" || name === "client");
  const empty = join(folder, "program");
  mkdirSync(empty);
  writeFileSync(join(empty, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const npm = (...args: string[]) => execFileSync("npm", args, { cwd: empty, encoding: "utf8", timeout });
  const valibot = npm("pack", "--silent", join(root, "node_modules/valibot")).trim();
  npm("install", "--offline", "--silent", "--ignore-scripts", `./${valibot}`, ...ours.map(({ file }) => file));
  return empty;
}

async function outputOf(file: string, source: string): Promise<string[]> {
  writeFileSync(join(program, file), source);
  const { stdout } = await run(process.execPath, [file], { cwd: program, timeout });
  return stdout.trimEnd().split("\n");
}

test("[LP-SDK-4] the README's program runs on the packed SDK", async () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const [, hello] = /```js\n(import \{ orThrow, Session \}[\s\S]*?)```/.exec(readme) ?? [];
  assert.ok(hello);
  const filledIn = hello
    .replace("http://127.0.0.1:8090", server.url)
    .replace("WEBSOCKET KEY", product.websocketApiKey)
    .replace("LICENSE KEY", license);
  assert.deepEqual(await outputOf("hello.js", filledIn), [
    "licensed, with the levels [ 'pro' ]",
    "logged out; once more: 3",
  ]);
});

test("the packed blocking form finds its worker", async () => {
  const output = await outputOf(
    "blocking.js",
    `import { orThrow } from "@latchkey/client";
    import { SyncSession, SyncUserService } from "@latchkey/client/sync";
    const url = ${JSON.stringify(server.url)};
    using session = new SyncSession({ url });
    session.connect();
    orThrow(session.initialize(${JSON.stringify(product.websocketApiKey)}, "my-device"));
    console.log(orThrow(session.authorize(${JSON.stringify(license)})).levels.join(), session.logout());
    using users = new SyncUserService({ url, applicationId: "${product.id}", apiKey: "${product.apiKeys.JS}" });
    console.log(users.isValidLogin());`,
  );
  assert.deepEqual(output, ["pro 1", "false"]);
});

test("the packed declarations say what the sources say", () => {
  const source = `import { Session, Status, type License } from "@latchkey/client";
    import { SyncSession } from "@latchkey/client/sync";
    const url = "http://127.0.0.1:8090";
    export const license: Promise<License> = new Session({ url }).authorize("ABCDEF-123456");
    export const levels: readonly string[] = new SyncSession({ url }).authorize("ABCDEF-123456").levels;
    export async function isOver(): Promise<boolean> {
      const [error, status] = await new Session({ url }).try.logout();
      return error === null && status === Status.Ok;
    }
    // @ts-expect-error: no declaration is \`any\`
    export const name: string = await new Session({ url }).logout();
    // @ts-expect-error: a license is authorized as a license
    export const login = (await license).login;
  `;
  writeFileSync(join(program, "types.ts"), source);
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "esnext", "types.ts"];
  const { stdout } = spawnSync(process.execPath, [tsc, ...options], { cwd: program, encoding: "utf8", timeout });
  assert.equal(stdout, "");
});
