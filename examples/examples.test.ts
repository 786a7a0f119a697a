import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, test } from "node:test";
import type { Product, TestServer } from "@latchkey/testkit";
import { eventually, must, Network, newApplication, newLicense, startTestServer } from "@latchkey/testkit";

let server: TestServer;
let product: Product;
before(async () => {
  server = await startTestServer();
  product = await newApplication(server.console, { accountsPerAddressPerDay: null });
});
after(() => server[Symbol.asyncDispose]());

interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs an example with these lines on standard input. */
function run(example: string, lines: readonly string[], url = server.url): Promise<Run> {
  return new Promise((resolve) => {
    const file = `${import.meta.dirname}/${example}.ts`;
    const env = { ...process.env, LATCHKEY_URL: url };
    const child = execFile(process.execPath, [file], { env, timeout: 30_000 }, (error, stdout, stderr) => {
      resolve({ exitCode: error ? Number(error.code ?? -1) : 0, stdout, stderr });
    });
    child.stdin?.end(lines.map((line) => `${line}\n`).join(""));
  });
}

function printed(exitCode: number, labels: readonly string[], ...lines: readonly string[]): Run {
  const prompts = labels.map((label) => `${label}: `).join("");
  return { exitCode, stdout: `${prompts}${lines.map((line) => `${line}\n`).join("")}`, stderr: "" };
}

const connected = "Connected to server location: test";
const nobodyHome = "http://127.0.0.1:9";
const connectFailed = "could not connect to ws://127.0.0.1:9/live: no WebSocket server answers there";

const logoutLabels = ["Websocket API key", "Client ID", "License"];
const logout = (exitCode: number, ...lines: readonly string[]) => printed(exitCode, logoutLabels, ...lines);

// Each is a process of its own with data of its own: they may run side by side.
describe("examples", { concurrency: 2 }, () => {
  for (const form of ["promise", "try", "callback", "sync"]) {
    // As in the C++ programs: the tuple form has one error for everything, the others print the status.
    const refused = (operation: string, context: string, status: number, name: string) =>
      form === "try"
        ? `${context} failed: ${name} (${status} : status)`
        : `${operation} returned status: ${status} (${name})`;

    test(`[LP-OUT-1] examples/logout/${form}.ts logs out of a license`, async () => {
      const license = await newLicense(server.console, product);
      const outcome = await run(`logout/${form}`, [product.websocketApiKey, "client-1", license]);
      assert.deepEqual(outcome, logout(0, connected, "Logged out successfully"));
    });

    test(`examples/logout/${form}.ts says what was refused`, async () => {
      const { websocketApiKey } = product;
      const unknownKey = ["BA0123456789ABCDEFGHI", "client-1", "ABCDEF-123456"];
      const shortId = [websocketApiKey, "abc", "ABCDEF-123456"];
      const unknownLicense = [websocketApiKey, "client-1", "ABCDEF-123456"];
      assert.deepEqual(
        await Promise.all(
          [unknownKey, shortId, unknownLicense, [websocketApiKey]].map((lines) => run(`logout/${form}`, lines)),
        ),
        [
          logout(1, connected, refused("Initialize", "Logout", 600, "app_not_found")),
          logout(1, connected, refused("Initialize", "Logout", 500, "client_id_too_short")),
          logout(1, connected, refused("Authorize", "Logout", 100, "license_not_found")),
          logout(1, connected, refused("Initialize", "Logout", 500, "client_id_too_short")),
        ],
      );
    });

    test(`examples/logout/${form}.ts says that there is no server`, async () => {
      const context = form === "callback" ? "Connect" : "Logout";
      const outcome = await run(`logout/${form}`, ["key", "client-1", "ABCDEF-123456"], nobodyHome);
      assert.deepEqual(outcome, logout(1, `${context} failed: ${connectFailed} (connect_failed : transport)`));
    });
  }

  const accountLabels = [
    "Websocket API key",
    "Client ID",
    "Login",
    "Password",
    "Comment (optional)",
    "License (optional, leave empty to skip)",
  ];
  const account = (exitCode: number, ...lines: readonly string[]) => printed(exitCode, accountLabels, ...lines);

  for (const form of ["promise", "try", "callback", "sync"]) {
    const refused = (status: number, name: string) =>
      form === "try"
        ? `Create-account failed: ${name} (${status} : status)`
        : `Create-account returned status: ${status} (${name})`;

    test(`[LP-ACC-3] [LP-ACC-5] examples/create-account/${form}.ts creates an account, with a license or without`, async () => {
      const { websocketApiKey } = product;
      const example = `create-account/${form}`;
      const license = await newLicense(server.console, product);
      const anna = [websocketApiKey, "client-1", `anna-${form}`, "secret", "", ""];
      const bert = [websocketApiKey, "client-1", `bert-${form}`, "secret", "a comment", license];
      assert.deepEqual(await run(example, anna), account(0, connected, "Account created successfully"));
      assert.deepEqual(await run(example, bert), account(0, connected, "Account created successfully"));
      assert.deepEqual(await run(example, anna), account(1, connected, refused(202, "app_user_already_exists")));
      const again = bert.with(2, `cara-${form}`);
      assert.deepEqual(await run(example, again), account(1, connected, refused(106, "license_already_linked")));
    });

    test(`[LP-ACC-4] examples/create-account/${form}.ts says when to try again`, async () => {
      const strict = await newApplication(server.console, { accountsPerAddressPerDay: 0 });
      const lines = [strict.websocketApiKey, "client-1", "anna", "secret", "", ""];
      const outcome = await run(`create-account/${form}`, lines);
      const retryAfter = /^Retry after: (\d+) seconds$/m.exec(outcome.stdout)?.[1];
      assert.ok(Number(retryAfter) > 0, outcome.stdout);
      const retry = `Retry after: ${retryAfter} seconds`;
      const refusal = refused(5, "too_many_requests");
      assert.deepEqual(outcome, account(1, connected, ...(form === "try" ? [retry, refusal] : [refusal, retry])));
    });

    test(`examples/create-account/${form}.ts says that there is no server`, async () => {
      const context = form === "callback" ? "Connect" : "Create-account";
      const outcome = await run(`create-account/${form}`, ["key", "client-1", "anna", "secret"], nobodyHome);
      assert.deepEqual(outcome, account(1, `${context} failed: ${connectFailed} (connect_failed : transport)`));
    });
  }

  test("[LP-VAL-1] examples/session-values/promise.ts keeps a text and deletes it", async () => {
    const labels = ["Websocket API key", "Client ID", "Text to keep"];
    const run1 = await run("session-values/promise", [product.websocketApiKey, "client-1", "a note"]);
    const lines = ["Kept: a note", "Deleted; it is now: 700 (store_value_not_found)"];
    assert.deepEqual(run1, printed(0, labels, ...lines));
    const long = await run("session-values/promise", [product.websocketApiKey, "client-1", "x".repeat(16_385)]);
    assert.deepEqual(long, printed(1, labels, "The text is too long: 701 (store_out_of_memory)"));
  });

  test("[LP-SDK-3] examples/stay-authorized/promise.ts goes on after a lost connection, until it is disconnected", async () => {
    await using network = await Network.to(server.url);
    const watched = await newApplication(server.console);
    const { id: applicationId, websocketApiKey } = watched;
    const license = await newLicense(server.console, watched, { durationMs: 86_400_000 });
    const running = run("stay-authorized/promise", [websocketApiKey, "client-1", license], network.url);
    const sessionWith = async (isConnected: boolean) => {
      const { sessions } = await must(server.console, "findSessions", { applicationId });
      return sessions.find(({ connected, licenseId }) => connected === isConnected && licenseId !== undefined);
    };

    await eventually("the authorization", async () => (await sessionWith(true)) !== undefined);
    await network.refuse();
    await network.cut();
    await eventually("the loss", async () => (await sessionWith(false)) !== undefined);
    await network.heal();
    await eventually("the resume", async () => (await sessionWith(true)) !== undefined);
    await must(server.console, "extendLicense", { applicationId, license, durationMs: 1_000 });
    const { id: sessionId } = (await sessionWith(true))!;
    await must(server.console, "endSession", { sessionId });

    const { stdout, ...rest } = await running;
    const { expiresAt } = (await must(server.console, "showLicense", { applicationId, license })).license;
    assert.deepEqual(rest, { exitCode: 0, stderr: "" });
    assert.deepEqual(
      stdout
        .slice(stdout.lastIndexOf(": Auth") + 2)
        .trimEnd()
        .split("\n"),
      [
        "Authorized",
        "The connection was lost and is back, still authorized",
        `The license was extended until ${Math.floor((expiresAt ?? 0) / 1000)}`,
        "Event 1 (disconnect)",
        "The server has ended the session: 4100 (disconnected from panel)",
      ],
    );
  });

  const userLabels = ["Application ID", "API key", "Username", "Password"];
  const users = (exitCode: number, ...lines: readonly string[]) => printed(exitCode, userLabels, ...lines);

  for (const form of ["promise", "callback", "sync"]) {
    test(`[US-LOGOUT-1] examples/user-service-logout/${form}.ts logs in and out`, async () => {
      const { id, apiKeys } = await newApplication(server.console);
      const base = `${server.url}/${id}/${apiKeys.JS}`;
      const email = "alice@wonderland.com";
      const body = JSON.stringify({ email, password: "white rabbit" });
      assert.equal((await fetch(`${base}/users/register`, { method: "POST", body })).status, 200);

      const example = `user-service-logout/${form}`;
      const lines = [id, apiKeys.JS ?? "", email, "white rabbit"];
      assert.deepEqual(await run(example, lines), users(0, "User has been logged in", "User has been logged out"));
      assert.deepEqual(await run(example, lines.with(3, "wrong")), users(1, "Login failed: 3003"));
      assert.deepEqual(await run(example, lines, nobodyHome), users(1, "Login failed: 90000"));
    });
  }
});
