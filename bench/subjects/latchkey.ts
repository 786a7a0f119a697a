// The product itself, as `startServer` gives it, with what the benchmarks need of rows.
import type { ApplicationSettings } from "@latchkey/protocol";
import { readConfig, startServer, systemClock } from "@latchkey/server";
import { insertAccount } from "@latchkey/server/storage/accounts.ts";
import { openDatabase } from "@latchkey/server/storage/database.ts";
import { insertSession } from "@latchkey/server/storage/sessions.ts";
import type { AccountId, ApplicationId, AuthorizationId, Db, SessionId } from "@latchkey/server/storage/tables.ts";
import { createHash, randomUUID, randomUUIDv7 } from "node:crypto";
import { serveParent } from "../child.ts";
import { dataDirectory } from "./data-directory.ts";

export interface Product {
  readonly url: string;
  readonly id: string;
  readonly websocketApiKey: string;
  /** The kind of key that JavaScript clients have. */
  readonly apiKey: string;
  readonly licenses: readonly string[];
}

const owned = new AsyncDisposableStack();
let running: { readonly db: Db; readonly applicationId: ApplicationId; readonly accountId: AccountId };

const latchkeyCommands = { start, openUserSessions };
export type LatchkeyCommands = typeof latchkeyCommands;
serveParent(latchkeyCommands, owned);

/** Limits that one client address would meet at once are out of the way; everything else is as it comes. */
async function start({ licenses: count }: { readonly licenses: number }): Promise<Product> {
  const read = readConfig({
    data: dataDirectory(owned),
    port: "0",
    // The load generator answers no pings.
    pingInterval: "1h",
    signInsPerIdentity: "1000000",
    signInsPerAddress: "1000000",
    sessionActionsPerMinute: "1000000000",
    addressActionsPerMinute: "1000000000",
  });
  if ("problems" in read) throw new Error(read.problems.join("; "));
  const log = { info: () => undefined, error: console.error };
  const server = owned.use(await startServer(read.config, { clock: systemClock, log }));
  const db = await openDatabase(read.config.database);
  owned.defer(() => db.destroy());

  const settings: Partial<ApplicationSettings> = { accountsPerAddressPerDay: null };
  const created = await server.console.call("createApplication", { name: "Benchmark", settings });
  if (!created.ok) throw new Error("no application");
  const { id, websocketApiKey, apiKeys } = created.output.application;
  const licensed = await server.console.call("createLicenses", { applicationId: id, count });
  if (!licensed.ok) throw new Error("no licenses");
  running = { db, applicationId: asId(id), accountId: await newAccount(db, asId(id)) };
  const licenses = licensed.output.licenses.map(({ license }) => license);
  return { url: server.url, id, websocketApiKey, apiKey: apiKeys.JS ?? "", licenses };
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
        clientId: null,
        address: "127.0.0.1",
        nodeId: null,
        leaseUntil: null,
        authorizationId: asId<AuthorizationId>(randomUUIDv7()),
        accountId,
        licenseId: null,
        expiresAt: null,
        createdAt: now,
        lastSeenAt: now,
        disabledAt: null,
      });
    }
  });
  return tokens;
}

async function newAccount(db: Db, applicationId: ApplicationId): Promise<AccountId> {
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
  });
  return id;
}

function asId<Id extends string>(text: string): Id {
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- rows made behind the server's back
  return text as Id;
}
