import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { InputOf } from "@latchkey/protocol";
import type { Console } from "@latchkey/server";
import { openDatabase } from "@latchkey/server/storage/database.ts";
import { must, newApplication, newLicense, type Product, RawPeer, within } from "@latchkey/testkit";
import { countdown, openOffice, serve } from "./process.ts";

const kills = 5;
const clients = 8;
/** Each kill comes at another moment of the load: after this many answers at either door. */
const answersBefore = (kill: number) => ({ live: kill * 23, userService: kill * 5 });

/** What the server has answered with success, and so must still be true after it was killed. */
interface Acknowledged {
  readonly accounts: Set<string>;
  /** Resume ids of sessions that were authorized, or logged out, and asked for nothing since. */
  readonly authorized: Set<string>;
  readonly loggedOut: Set<string>;
  readonly liveTokens: Set<string>;
  readonly deadTokens: Set<string>;
}

test("[MG-AUDIT-1][LP-OUT-4][US-LOGOUT-20][US-SESS-7] whatever was answered is still true after kill -9 at any moment, and a restart", async () => {
  const directory = mkdtempSync(join(tmpdir(), "latchkey-kill-"));
  const application = await prepare(directory);
  const done: Acknowledged = {
    accounts: new Set(),
    authorized: new Set(),
    loggedOut: new Set(),
    liveTokens: new Set(),
    deadTokens: new Set(),
  };
  for (let kill = 1; kill <= kills; kill++) {
    const server = await serve(directory);
    const live = countdown(answersBefore(kill).live);
    const userService = countdown(answersBefore(kill).userService);
    const load = Array.from({ length: clients }, (_, n) => [
      driveLive(server.url, application, `kill-${kill}-${n}`, done, live.count),
      driveUserService(server.url, application, `kill-${kill}-${n}@example.com`, done, userService.count),
    ]).flat();
    await within(Promise.all([live.over, userService.over]), "enough answers", 60_000);
    await server.kill();
    await Promise.all(load);
    await verify(directory, application, done);
  }
  assert.ok(done.accounts.size > 0 && done.loggedOut.size > 0 && done.authorized.size > 0 && done.deadTokens.size > 0);
  rmSync(directory, { recursive: true });
});

async function prepare(directory: string): Promise<Product & { licenses: readonly string[] }> {
  const { console } = await openOffice(directory);
  await using _ = console;
  const application = await newApplication(console, {
    accountsPerAddressPerDay: null,
    registrationsPerAddressPerDay: null,
    enableMultipleLogins: true,
    maxConcurrentLogins: 0,
  });
  const licenses = await Promise.all(Array.from({ length: clients }, () => newLicense(console, application)));
  return { ...application, licenses };
}

/** Signs up, then opens session after session, and leaves every other one logged out, for as long as the server lives. */
async function driveLive(
  url: string,
  { websocketApiKey, licenses }: Product & { licenses: readonly string[] },
  login: string,
  done: Acknowledged,
  count: () => void,
): Promise<void> {
  await using peers = new AsyncDisposableStack();
  try {
    for (let n = 0; ; n++) {
      const peer = peers.use(await RawPeer.connect(url));
      await peer.request(0, { websocket_api_key: websocketApiKey, client_id: login });
      if (n === 0 && (await peer.request(1, { login, password: "secret" }))["status"] === 1) done.accounts.add(login);
      const { status } = await peer.request(2, { license: licenses[n % licenses.length] });
      assert.equal(status, 1);
      count();
      if (n % 2 === 0) {
        done.authorized.add(peer.resumeId);
      } else if ((await peer.request(5))["status"] === 1) {
        done.loggedOut.add(peer.resumeId);
        count();
      }
    }
  } catch (error) {
    // The server is gone: what was not answered may be either way.
    if (error instanceof assert.AssertionError) throw error;
  }
}

async function driveUserService(
  url: string,
  { id, apiKeys }: Product,
  email: string,
  done: Acknowledged,
  count: () => void,
): Promise<void> {
  const base = `${url}/${id}/${apiKeys.REST ?? ""}/users`;
  try {
    await fetch(`${base}/register`, { method: "POST", body: JSON.stringify({ email, password: "secret" }) });
    done.accounts.add(email);
    for (let n = 0; ; n++) {
      const response = await fetch(`${base}/login`, {
        method: "POST",
        body: JSON.stringify({ login: email, password: "secret" }),
      });
      const { "user-token": token } = (await response.json()) as { "user-token": string };
      count();
      if (n % 2 === 0) done.liveTokens.add(token);
      else if ((await fetch(`${base}/logout`, { headers: { "user-token": token } })).ok) done.deadTokens.add(token);
    }
  } catch {
    // As above.
  }
}

/** What the audit log tells of, sealed before the kill or not. */
async function recordsIn(console: Console, applicationId: string): Promise<Set<string | undefined>> {
  const records = new Set<string | undefined>();
  for (let page: InputOf<"listAudit"> = { applicationId }; ;) {
    const { entries, nextCursor } = await must(console, "listAudit", page);
    for (const { recordId } of entries) records.add(recordId);
    if (nextCursor === undefined) return records;
    page = { applicationId, cursor: nextCursor };
  }
}

async function verify(directory: string, { id }: Product, done: Acknowledged): Promise<void> {
  const { config, console } = await openOffice(directory);
  await using _ = console;
  const { accounts } = await must(console, "listAccounts", { applicationId: id });
  const known = new Set(accounts.map(({ login, email }) => login ?? email));
  for (const account of done.accounts) assert.ok(known.has(account), `the account ${account} is gone`);

  const told = await recordsIn(console, id);
  for (const { id: account } of accounts) assert.ok(told.has(account), `the audit log does not tell of ${account}`);
  assert.equal((await must(console, "verifyAudit", {})).fault, undefined);

  const db = await openDatabase(config.database);
  const rows = await db.selectFrom("session").select(["secretHash", "authorizationId"]).execute();
  await db.destroy();
  const authorized = new Set(rows.filter((row) => row.authorizationId !== null).map((row) => row.secretHash));
  const holds = (secret: string) => authorized.has(createHash("sha256").update(secret).digest("hex"));
  for (const secret of [...done.authorized, ...done.liveTokens]) assert.ok(holds(secret), "an authorization is gone");
  for (const secret of [...done.loggedOut, ...done.deadTokens]) assert.ok(!holds(secret), "a logout did not last");
}
