import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { StatementSync } from "node:sqlite";
import { DatabaseSync } from "node:sqlite";
import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  Driver,
  Kysely,
  QueryResult,
  TransactionSettings,
} from "kysely";
import { SelectQueryNode, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import type { Turn } from "./write-queue.ts";
import { WriteQueue } from "./write-queue.ts";

/** The file of the database inside a data directory. */
export const databaseFile = "latchkey.db";

/** SQLite in a data directory: one writer, whose commits are shared, and one reader that sees committed rows only. */
export function sqliteDialect(directory: string): Dialect {
  return {
    createDriver: () => new SqliteDriver(directory),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SharedCommitAdapter(),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  };
}

class SharedCommitAdapter extends SqliteAdapter {
  /** The write queue takes many at a time; without this only one would ever come as far as it. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  /** Migrations run in one `begin immediate`, which is their lock. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

type Parameter = null | number | bigint | string | Uint8Array;
interface Prepared {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
}

const preparedAtMost = 500;

/** A connection to the file that keeps its prepared statements. */
class Handle {
  readonly database: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();

  constructor(file: string, pragmas: readonly string[]) {
    this.database = new DatabaseSync(file);
    for (const pragma of pragmas) this.database.exec(`pragma ${pragma}`);
  }

  run({ sql, parameters }: CompiledQuery): QueryResult<never> {
    const { statement, returnsRows } = this.#prepare(sql);

    if (returnsRows) return { rows: statement.all(...(parameters as Parameter[])) as never[] };
    const { changes } = statement.run(...(parameters as Parameter[]));
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  #prepare(sql: string): Prepared {
    let prepared = this.#prepared.get(sql);
    if (!prepared) {
      if (this.#prepared.size >= preparedAtMost) this.#prepared.clear();
      const statement = this.database.prepare(sql);
      prepared = { statement, returnsRows: statement.columns().length > 0 };
      this.#prepared.set(sql, prepared);
    }
    return prepared;
  }
}

/** The data directory cannot be used; the message says why and what to do. */
export class DataDirectoryError extends Error {
  override readonly name = "DataDirectoryError";
}

/**
 * Makes this the one server of a data directory: commands may write beside it, a second server may not. The system
 * gives the lock back however the process ends.
 */
export function lockDataDirectory(directory: string): Disposable {
  makeDirectory(directory);
  const lock = new DatabaseSync(join(directory, "server.lock"));
  try {
    lock.exec("pragma locking_mode = exclusive; begin exclusive");
  } catch (cause) {
    lock.close();
    if (isBusy(cause)) throw new DataDirectoryError(`another server runs on ${directory}`, { cause });
    throw cause;
  }
  return {
    [Symbol.dispose]: () => {
      lock.close();
    },
  };
}

function makeDirectory(directory: string): void {
  try {
    makeMissing(resolve(directory));
    if (!statSync(directory).isDirectory()) throw new DataDirectoryError(`${directory} is a file, not a directory`);
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    if (cause instanceof DataDirectoryError) throw cause;
    throw new DataDirectoryError(`the data directory ${directory} cannot be written to`, { cause });
  }
}

/** One by one: told to do it all, Node never comes back from a parent that takes no child, such as /proc. */
function makeMissing(directory: string): void {
  if (existsSync(directory)) return;
  makeMissing(dirname(directory));
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    // Another process that starts at the same moment may have been faster.
    if (!existsSync(directory)) throw error;
  }
}

class SqliteDriver implements Driver {
  readonly #directory: string;
  #opened: { writer: Handle; reader: Handle; queue: WriteQueue } | undefined;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async init(): Promise<void> {
    makeDirectory(this.#directory);
    const file = join(this.#directory, databaseFile);
    const pragmas = ["synchronous = full", "foreign_keys = on", "temp_store = memory", "cache_size = -65536"];
    // While it opens it may wait for another process that opens or closes the file; the event loop is not busy yet.
    const writer = new Handle(file, ["busy_timeout = 5000", "journal_mode = wal", ...pragmas, "busy_timeout = 0"]);
    chmodSync(file, 0o600);
    const reader = new Handle(file, ["busy_timeout = 1000", "query_only = on", ...pragmas]);
    this.#opened = { writer, reader, queue: new WriteQueue(writer.database, isBusy) };
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    if (!this.#opened) throw new Error("the database is closed");
    return new SqliteConnection(this.#opened.writer, this.#opened.reader, this.#opened.queue);
  }

  async beginTransaction(connection: SqliteConnection, _: TransactionSettings): Promise<void> {
    await connection.begin();
  }

  async commitTransaction(connection: SqliteConnection): Promise<void> {
    await connection.commit();
  }

  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    connection.rollback();
  }

  async releaseConnection(): Promise<void> {
    // A connection is a view of the two handles; there is nothing to give back.
  }

  async destroy(): Promise<void> {
    this.#opened?.queue.close();
    this.#opened?.reader.database.close();
    this.#opened?.writer.database.close();
    this.#opened = undefined;
  }
}

/** Reads outside a transaction go to the reader; a lone write takes a turn of its own; a transaction holds one. */
class SqliteConnection implements DatabaseConnection {
  readonly #writer: Handle;
  readonly #reader: Handle;
  readonly #queue: WriteQueue;
  #turn: Turn | undefined;

  constructor(writer: Handle, reader: Handle, queue: WriteQueue) {
    this.#writer = writer;
    this.#reader = reader;
    this.#queue = queue;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#turn) return this.#writer.run(query);
    if (SelectQueryNode.is(query.query)) return this.#reader.run(query);
    const turn = await this.#queue.enter();
    let result: QueryResult<R>;
    try {
      result = this.#writer.run(query);
    } catch (error) {
      turn.abandon();
      throw error;
    }
    await turn.commit();
    return result;
  }

  async begin(): Promise<void> {
    this.#turn = await this.#queue.enter();
    this.#writer.database.exec("savepoint turn");
  }

  async commit(): Promise<void> {
    this.#writer.database.exec("release turn");
    const turn = this.#turn;
    this.#turn = undefined;
    await turn?.commit();
  }

  rollback(): void {
    // The statement that failed may have ended the transaction as a whole, and the savepoint with it.
    if (this.#writer.database.isTransaction) this.#writer.database.exec("rollback to turn; release turn");
    this.#turn?.abandon();
    this.#turn = undefined;
  }

  // eslint-disable-next-line require-yield
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error("streaming is not supported");
  }
}

function isBusy(error: unknown): boolean {
  return sqliteCode(error) === 5;
}

/** The primary result code of an error of SQLite's own. */
function sqliteCode(error: unknown): number | undefined {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number"
    ? error.errcode & 0xff
    : undefined;
}
