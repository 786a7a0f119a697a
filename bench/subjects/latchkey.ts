// The product itself, as `startServer` gives it, with what the benchmarks need of rows.
import type { ApplicationSettings } from "@latchkey/protocol";
import { type Console, readConfig, startServer, systemClock } from "@latchkey/server";
import { insertAccount, takeIdentity } from "@latchkey/server/storage/accounts.ts";
import { openDatabase } from "@latchkey/server/storage/database.ts";
import { databaseFile } from "@latchkey/server/storage/dialects/sqlite.ts";
import { insertSession } from "@latchkey/server/storage/sessions.ts";
import type {
  AccountId,
  ApplicationId,
  AuthorizationId,
  Db,
  NewAccount,
  SessionId,
} from "@latchkey/server/storage/tables.ts";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createHash, randomUUID, randomUUIDv7 } from "node:crypto";
import { serveParent } from "../child.ts";
import { dataDirectory } from "./data-directory.ts";
import { settledRss } from "./settled-rss.ts";

export interface Product {
  readonly url: string;
  readonly id: string;
  readonly websocketApiKey: string;
  /** The kind of key that JavaScript clients have. */
  readonly apiKey: string;
  readonly licenses: readonly string[];
}

const owned = new AsyncDisposableStack();
let running: {
  readonly data: string;
  readonly db: Db;
  readonly console: Console;
  readonly applicationId: ApplicationId;
  readonly accountId: AccountId;
};

const latchkeyCommands = {
  start,
  restart,
  addLicenses,
  pauseLicense,
  pauseApplication,
  openUserSessions,
  addAddressee,
  settledRss,
};
export type LatchkeyCommands = typeof latchkeyCommands;
serveParent(latchkeyCommands, owned);

interface Where {
  /** Where its database is; absent: in a folder of its own. */
  readonly data?: string;
  readonly port?: string;
}

/** Limits that one client address would meet at once are out of the way; everything else is as it comes. */
async function open({ data = dataDirectory(owned), port = "0" }: Where) {
  const read = readConfig({
    data,
    port,
    metricsPort: "0",
    // The load generator answers no pings.
    pingInterval: "1h",
    signInsPerIdentity: "1000000",
    signInsPerAddress: "1000000",
    sessionActionsPerMinute: "1000000000",
    addressActionsPerMinute: "1000000000",
    uninitializedPerAddress: "1000000",
    linkRequestsPerIdentity: "1000000",
    linkRequestsPerAddress: "1000000",
  });
  if ("problems" in read) throw new Error(read.problems.join("; "));
  const log = { info: () => undefined, error: console.error };
  const server = owned.use(await startServer(read.config, { clock: systemClock, log }));
  const db = await openDatabase(read.config.database);
  owned.defer(() => db.destroy());
  return { data, server, db };
}

/** A server on the data of one that is gone. */
async function restart(where: Where): Promise<void> {
  await open(where);
}

async function start({ licenses: count, ...where }: Where & { readonly licenses: number }): Promise<Product> {
  const { data, server, db } = await open(where);
  const settings: Partial<ApplicationSettings> = { accountsPerAddressPerDay: null };
  const created = await server.console.call("createApplication", { name: "Benchmark", settings });
  if (!created.ok) throw new Error("no application");
  const { id, websocketApiKey, apiKeys } = created.output.application;
  const licensed = await server.console.call("createLicenses", { applicationId: id, count });
  if (!licensed.ok) throw new Error("no licenses");
  running = { data, db, console: server.console, applicationId: asId(id), accountId: await newAccount(db, asId(id)) };
  const licenses = licensed.output.licenses.map(({ license }) => license);
  return { url: server.url, id, websocketApiKey, apiKey: apiKeys.JS ?? "", licenses };
}

/** Adds rows as they are after `createLicenses`, in one statement, with keys that are numbered from `from` on. */
function addLicenses({ from, count }: { readonly from: number; readonly count: number }): void {
  const { data, applicationId } = running;
  const database = new DatabaseSync(join(data, databaseFile));
  database
    .prepare(
      `with recursive number (n) as (select ? union all select n + 1 from number where n < ?)
       insert into license (id, application_id, key, levels, client_policy, created_at)
       select printf('scale-%012d', n), ?, printf('SCALE-%012d', n), '[]', 'any', 1 from number`,
    )
    .run(from, from + count - 1, applicationId);
  database.close();
}

/** Answers when it was called, on the clock that all processes of a machine share. */
async function pauseLicense({ license }: { readonly license: string }): Promise<number> {
  const calledAt = Number(process.hrtime.bigint()) / 1e6;
  const paused = await running.console.call("pauseLicense", { license, applicationId: running.applicationId });
  if (!paused.ok) throw new Error("not paused");
  return calledAt;
}

async function pauseApplication(): Promise<number> {
  const calledAt = Number(process.hrtime.bigint()) / 1e6;
  const paused = await running.console.call("pauseApplication", { applicationId: running.applicationId });
  if (!paused.ok) throw new Error("not paused");
  return calledAt;
}

/** Opens user-service sessions without the password hash that a login would cost; answers their tokens. */
async function openUserSessions({ count }: { readonly count: number }): Promise<string[]> {
  const { db, applicationId, accountId } = running;
  const now = Date.now();
  const tokens = Array.from({ length: count }, () => randomUUID().toUpperCase());
  await db.transaction().execute(async (tx) => {
    for (const token of tokens) {
      await insertSession(tx, {
        id: asId<SessionId>(randomUUIDv7()),
        applicationId,
        door: "user-service",
        secretHash: createHash("sha256").update(token).digest("hex"),
        address: "127.0.0.1",
        authorizationId: asId<AuthorizationId>(randomUUIDv7()),
        accountId,
        createdAt: now,
        lastSeenAt: now,
      });
    }
  });
  return tokens;
}

/** An account that mails reach; answers their address. */
async function addAddressee(): Promise<string> {
  const { db, applicationId } = running;
  const email = "bench@example.com";
  const id = await newAccount(db, applicationId, { email, passwordHash: "of nothing" });
  await takeIdentity(db, applicationId, email, id);
  return email;
}

async function newAccount(db: Db, applicationId: ApplicationId, given: Partial<NewAccount> = {}): Promise<AccountId> {
  const { id } = await insertAccount(db, {
    id: asId<AccountId>(randomUUID().toUpperCase()),
    applicationId,
    login: "bench",
    email: null,
    passwordHash: null,
    status: "enabled",
    levels: "[]",
    comment: null,
    locale: null,
    properties: "{}",
    signUpDoor: null,
    signUpAddress: null,
    createdAt: Date.now(),
    updatedAt: null,
    lastLoginAt: null,
    blacklistedAt: null,
    ...given,
  });
  return id;
}

function asId<Id extends string>(text: string): Id {
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- rows made behind the server's back
  return text as Id;
}
