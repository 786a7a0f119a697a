import {
  BackupError,
  CertificateError,
  type Config,
  DataDirectoryError,
  NewerDataError,
  SigningKeyError,
} from "@latchkey/server";

/** What SQLite's primary result codes mean to whoever runs the command. */
const sqliteReasons = new Map([
  [5, "is locked by another process: try again when that is done"],
  [6, "is locked by another process: try again when that is done"],
  [8, "cannot be written to"],
  [10, "cannot be read or written: the disk fails"],
  [11, "is damaged: restore it from a backup"],
  [13, "cannot be written to: the disk is full"],
  [14, "cannot be opened"],
  [26, "is not a database: restore it from a backup"],
]);

/** Why PostgreSQL turns a client away, by its SQLSTATE. */
const postgresReasons = new Map([
  ["28000", "does not let this user in"],
  ["28P01", "does not accept this user's password"],
  ["3D000", "has no such database"],
  ["53300", "has no connection left"],
  ["57P03", "is not ready yet: try again in a moment"],
  ["42501", "does not give this user the rights it needs"],
]);

/**
 * One clear line for an error that the world outside causes; `undefined` for any other, which is a bug. Never the text
 * of an error that may quote a URL, and with it a password.
 */
export function explain(error: unknown, config: Config): string | undefined {
  if (error instanceof NewerDataError) return `${error.message}: use that version, or another data directory`;
  if (!(error instanceof Error)) return undefined;
  const speaksForItself = [BackupError, DataDirectoryError, CertificateError, SigningKeyError];
  if (speaksForItself.some((kind) => error instanceof kind)) return error.message;
  const facts = factsOf(error);
  const reason = explainListening(facts, config) ?? explainSqlite(facts, config) ?? explainPostgres(facts, config);
  return reason ?? explain(error.cause, config);
}

interface Facts {
  readonly code: string;
  readonly syscall: unknown;
  readonly hostname: unknown;
  readonly sqliteCode: number | undefined;
}

function factsOf(error: Error): Facts {
  // Several addresses were tried, and each has failed: the first speaks for them all.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const fields: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(first ?? error));
  const { code = "", syscall, hostname, errcode } = fields;
  const sqliteCode = typeof errcode === "number" ? errcode & 0xff : undefined;
  return { code: String(code), syscall, hostname, sqliteCode };
}

function explainListening({ code, syscall, hostname }: Facts, { host, port }: Config): string | undefined {
  if (syscall === "getaddrinfo" && hostname === host) return `the host ${host} is not known`;
  if (syscall !== "listen") return undefined;
  if (code === "EADDRINUSE") return `port ${port} of ${host} is in use: stop what uses it, or give another --port`;
  if (code === "EADDRNOTAVAIL") return `the host ${host} is not an address of this machine`;
  if (code === "EACCES") return `port ${port} may not be used by this user: give a --port above 1023`;
  return `it cannot listen on port ${port} of ${host} (${code})`;
}

function explainSqlite({ sqliteCode, code }: Facts, { database }: Config): string | undefined {
  if (database.kind !== "sqlite" || code !== "ERR_SQLITE_ERROR") return undefined;
  const reason = sqliteCode === undefined ? undefined : sqliteReasons.get(sqliteCode);
  return `the database in ${database.directory} ${reason ?? `cannot be used (SQLite's code ${sqliteCode})`}`;
}

function explainPostgres({ code, syscall }: Facts, { database }: Config): string | undefined {
  if (database.kind !== "postgres") return undefined;
  const place = placeOf(database.url);
  if (place === undefined) return "the database's URL cannot be read";
  const reason = postgresReasons.get(code);
  if (reason) return `PostgreSQL at ${place} ${reason}`;
  if (syscall === undefined) return undefined;
  return `PostgreSQL at ${place} cannot be reached (${code})`;
}

function placeOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}
