import { chmodSync } from "node:fs";
import { join } from "node:path";
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, Kysely, KyselyProps, QueryResult } from "kysely";
import { SelectQueryNode, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, Transaction } from "kysely";
import { makeDirectory } from "./data-directory.ts";
import type { DirectDialect } from "./direct.ts";
import { isBusy, SqliteHandle } from "./sqlite-handle.ts";
import type { Turn } from "./write-queue.ts";
import { WriteQueue } from "./write-queue.ts";

/** The file of the database inside a data directory. */
export const databaseFile = "latchkey.db";

/** SQLite in a data directory: one writer, whose commits are shared, and one reader that sees committed rows only. */
export function sqliteDialect(directory: string): Dialect {
  const dialect: Dialect = {
    createDriver: () => driver,
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SharedCommitAdapter(driver),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
  const driver = new SqliteDriver(directory, dialect);
  return dialect;
}

class SharedCommitAdapter extends SqliteAdapter implements DirectDialect {
  readonly #driver: SqliteDriver;

  constructor(driver: SqliteDriver) {
    super();
    this.#driver = driver;
  }

  /** The write queue takes many at a time; without this only one would ever come as far as it. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  /** Migrations run in one `begin immediate`, which is their lock. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  runDirectly(query: CompiledQuery, parameters: readonly unknown[], isInTransaction: boolean): Promise<object[]> {
    return this.#driver.runDirectly(query, parameters, isInTransaction);
  }

  transactDirectly<DB, T>(
    db: Kysely<DB>,
    work: (tx: Kysely<DB>) => Promise<T>,
    keeps: (outcome: T) => boolean,
  ): Promise<T> {
    return this.#driver.transactDirectly(db, work, keeps);
  }
}

interface Opened {
  readonly writer: SqliteHandle;
  /** Sees committed rows only. */
  readonly reader: SqliteHandle;
  readonly queue: WriteQueue;
}

class SqliteDriver implements Driver {
  readonly #directory: string;
  readonly #props: Pick<KyselyProps, "config" | "dialect">;
  #opened: Opened | undefined;

  constructor(directory: string, dialect: Dialect) {
    this.#directory = directory;
    this.#props = { config: { dialect }, dialect };
  }

  async init(): Promise<void> {
    makeDirectory(this.#directory);
    const file = join(this.#directory, databaseFile);
    const pragmas = ["synchronous = full", "foreign_keys = on", "temp_store = memory", "cache_size = -65536"];
    // While it opens it may wait for another process that opens or closes the file; the event loop is not busy yet.
    const writer = new SqliteHandle(file, [
      "busy_timeout = 5000",
      "journal_mode = wal",
      ...pragmas,
      "busy_timeout = 0",
    ]);
    chmodSync(file, 0o600);
    const reader = new SqliteHandle(file, ["busy_timeout = 1000", "query_only = on", ...pragmas]);
    this.#opened = { writer, reader, queue: new WriteQueue(writer.database, isBusy) };
  }

  async acquireConnection(): Promise<SqliteConnection> {
    return new SqliteConnection(this.#open);
  }

  get #open(): Opened {
    if (!this.#opened) throw new Error("the database is closed");
    return this.#opened;
  }

  /** Runs a statement of a hot path without the query builder's own machinery, which costs as much as the statement. */
  async runDirectly({ query, sql }: CompiledQuery, parameters: readonly unknown[], isInTransaction: boolean) {
    const { writer, reader, queue } = this.#open;
    if (isInTransaction) {
      if (!writer.database.isTransaction) throw new Error("a transaction was used after its end");
      return writer.runRenamed(sql, parameters);
    }
    if (SelectQueryNode.is(query)) return reader.runRenamed(sql, parameters);
    return writeAlone(queue, () => writer.runRenamed(sql, parameters));
  }

  async transactDirectly<DB, T>(
    db: Kysely<DB>,
    work: (tx: Kysely<DB>) => Promise<T>,
    keeps: (outcome: T) => boolean,
  ): Promise<T> {
    const connection = new SqliteConnection(this.#open);
    const executor = db.getExecutor().withConnectionProvider({ provideConnection: (use) => use(connection) });
    await connection.begin();
    try {
      const outcome = await work(new Transaction<DB>({ ...this.#props, driver: this, executor }));
      if (keeps(outcome)) await connection.commit();
      else connection.rollback();
      return outcome;
    } catch (error) {
      connection.rollback();
      throw error;
    }
  }

  async beginTransaction(connection: SqliteConnection): Promise<void> {
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
  readonly #opened: Opened;
  #turn: Turn | undefined;

  constructor(opened: Opened) {
    this.#opened = opened;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { writer, reader, queue } = this.#opened;
    if (this.#turn) return writer.run(query);
    if (SelectQueryNode.is(query.query)) return reader.run(query);
    return writeAlone(queue, () => writer.run(query));
  }

  async begin(): Promise<void> {
    this.#turn = await this.#opened.queue.enter();
    this.#opened.writer.database.exec("savepoint turn");
  }

  async commit(): Promise<void> {
    this.#opened.writer.database.exec("release turn");
    const turn = this.#turn;
    this.#turn = undefined;
    await turn?.commit();
  }

  /** Does nothing once the turn is over: the savepoint that is open then is somebody else's. */
  rollback(): void {
    if (!this.#turn) return;
    const { database } = this.#opened.writer;
    // The statement that failed may have ended the transaction as a whole, and the savepoint with it.
    if (database.isTransaction) database.exec("rollback to turn; release turn");
    this.#turn.abandon();
    this.#turn = undefined;
  }

  // eslint-disable-next-line require-yield
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error("streaming is not supported");
  }
}

/** One statement is atomic by itself: it needs a turn, and no savepoint. */
async function writeAlone<T>(queue: WriteQueue, write: () => T): Promise<T> {
  const turn = await queue.enter();
  let result: T;
  try {
    result = write();
  } catch (error) {
    turn.abandon();
    throw error;
  }
  await turn.commit();
  return result;
}
