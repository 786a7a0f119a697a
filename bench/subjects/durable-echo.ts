// The baseline of authorize and logout: a `ws` echo that makes the same durable writes through bare `node:sqlite`.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openDatabase } from "@latchkey/server/storage/database.ts";
import { databaseFile } from "@latchkey/server/storage/dialects/sqlite.ts";
import { WebSocketServer } from "ws";
import { serveParent } from "../child.ts";
import { dataDirectory } from "./data-directory.ts";
import { listening } from "./listening.ts";

const owned = new AsyncDisposableStack();
const server = createServer();

const durableEchoCommands = { start };
export type DurableEchoCommands = typeof durableEchoCommands;
serveParent(durableEchoCommands, owned);

/** `each`: one commit per request; `shared`: one for all requests that arrived in the same turn of the event loop. */
async function start(plan: { readonly commits: "each" | "shared"; readonly licenses: readonly string[] }) {
  const database = await openBare();
  insertLicenses(database, plan.licenses);
  const write = writer(database);
  const durably = plan.commits === "each" ? commitEach(database) : commitShared(database);
  new WebSocketServer({ server }).on("connection", (socket) => {
    const session = insertSession(database);
    socket.on("message", (data: Buffer) => {
      const packet: unknown = JSON.parse(data.toString());
      durably(
        () => write(session, licenseOf(packet)),
        () => socket.send(JSON.stringify(packet)),
      );
    });
  });
  return listening(server, owned);
}

/** The server's own schema, so that the same rows and indexes are written. */
async function openBare(): Promise<DatabaseSync> {
  const directory = dataDirectory(owned);
  await (await openDatabase({ kind: "sqlite", directory })).destroy();
  const database = new DatabaseSync(join(directory, databaseFile));
  owned.defer(() => database.close());
  database.exec("pragma journal_mode = wal; pragma synchronous = full");
  database.exec(`insert into application (id, name, version, websocket_api_key, settings, created_at)
    values ('application', 'Bench', '1.0', 'key', '{}', 0)`);
  return database;
}

function insertLicenses(database: DatabaseSync, keys: readonly string[]): void {
  const insert = database.prepare(`insert into license
    (id, application_id, key, levels, client_policy, created_at) values (?, 'application', ?, '[]', 'any', 0)`);
  database.exec("begin");
  for (const key of keys) insert.run(randomUUID(), key);
  database.exec("commit");
}

function insertSession(database: DatabaseSync): string {
  const id = randomUUID();
  database
    .prepare(
      `insert into session (id, application_id, door, secret_hash, address, created_at, last_seen_at)
       values (?, 'application', 'live', ?, '127.0.0.1', 0, 0)`,
    )
    .run(id, id);
  return id;
}

function licenseOf(packet: unknown): string | undefined {
  if (typeof packet !== "object" || packet === null || !("license" in packet)) return undefined;
  return typeof packet.license === "string" ? packet.license : undefined;
}

function writer(database: DatabaseSync): (session: string, license: string | undefined) => void {
  const useLicense = database.prepare(`update license
    set last_used_at = ?, activated_at = coalesce(activated_at, ?) where application_id = 'application' and key = ?
    returning id`);
  const authorize = database.prepare(`update session
    set authorization_id = ?, license_id = ?, expires_at = null, last_seen_at = ? where id = ?`);
  const logout = database.prepare(`update session
    set authorization_id = null, account_id = null, license_id = null, expires_at = null where id = ?`);
  return (session, license) => {
    if (license === undefined) {
      logout.run(session);
      return;
    }
    const now = Date.now();
    const id = useLicense.get(now, now, license)?.["id"] ?? null;
    authorize.run(randomUUID(), id, now, session);
  };
}

type Durably = (write: () => void, answer: () => void) => void;

function commitEach(database: DatabaseSync): Durably {
  const begin = database.prepare("begin immediate");
  const commit = database.prepare("commit");
  return (write, answer) => {
    begin.run();
    write();
    commit.run();
    answer();
  };
}

function commitShared(database: DatabaseSync): Durably {
  const begin = database.prepare("begin immediate");
  const commit = database.prepare("commit");
  let waiting: { readonly write: () => void; readonly answer: () => void }[] = [];
  const flush = () => {
    const batch = waiting;
    waiting = [];
    begin.run();
    for (const { write } of batch) write();
    commit.run();
    for (const { answer } of batch) answer();
  };
  return (write, answer) => {
    if (waiting.length === 0) setImmediate(flush);
    waiting.push({ write, answer });
  };
}
