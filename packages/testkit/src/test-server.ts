import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApplicationSettings, InputOf, KeyKind, OperationName, OutputOf } from "@latchkey/protocol";
import {
  type Clock,
  type Console,
  type DashboardFiles,
  type Log,
  readConfig,
  startServer,
  systemClock,
} from "@latchkey/server";
import { openDatabase } from "@latchkey/server/storage/database.ts";
import type { Db } from "@latchkey/server/storage/tables.ts";

export interface TestServerOptions {
  readonly clock?: Clock;
  /** Settings by name, as text; a free port and a temporary data directory unless given. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Absent: the server has no dashboard. */
  readonly dashboard?: DashboardFiles;
}

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly metricsUrl: string | undefined;
  readonly console: Console;
  /** What the server logged: `event fields`. */
  readonly logged: readonly string[];
  readonly dataDirectory: string;
  /** A second way to the same database, for states that no operation of today can bring about. */
  readonly db: Db;
}

/** A test does more in a minute than one client may. */
const wideLimits = {
  registrationsPerAddress: "1000",
  linkRequestsPerAddress: "1000",
  linkPagesPerAddress: "1000",
  sessionActionsPerMinute: "1000000",
  addressActionsPerMinute: "1000000",
  uninitializedPerAddress: "1000",
};

/** A whole server of a test's own. */
export async function startTestServer({
  clock = systemClock,
  settings = {},
  dashboard,
}: TestServerOptions = {}): Promise<TestServer> {
  await using opened = new AsyncDisposableStack();
  const data = settings["data"] ?? temporaryDirectory(opened);
  const signingKey = "what the links of tests are sealed with";
  const read = readConfig({
    port: "0",
    metricsPort: "off",
    location: "test",
    signingKey,
    ...wideLimits,
    ...settings,
    data,
  });
  if ("problems" in read) throw new Error(read.problems.join("; "));
  const logged: string[] = [];
  const server = opened.use(
    await startServer(read.config, { clock, log: collectingLog(logged), ...(dashboard && { dashboard }) }),
  );
  const db = await openDatabase(read.config.database);
  opened.defer(() => db.destroy());
  const running = opened.move();
  return {
    url: server.url,
    metricsUrl: server.metricsUrl,
    console: server.console,
    logged,
    dataDirectory: data,
    db,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function temporaryDirectory(opened: AsyncDisposableStack): string {
  const directory = mkdtempSync(join(tmpdir(), "latchkey-test-"));
  opened.defer(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}

function collectingLog(lines: string[]): Log {
  const collect = (event: string, fields?: object) => {
    lines.push(`${event} ${JSON.stringify(fields ?? {})}`);
  };
  return { info: collect, error: collect };
}

/** Calls an operation that must succeed. */
export async function must<N extends OperationName>(
  console: Console,
  name: N,
  input: InputOf<N>,
): Promise<OutputOf<N>> {
  const outcome = await console.call(name, input);
  if (!outcome.ok) throw new Error(`${name} came to ${JSON.stringify(outcome)}`);
  return outcome.output;
}

export interface Product {
  readonly id: string;
  readonly websocketApiKey: string;
  readonly apiKeys: Readonly<Partial<Record<KeyKind, string>>>;
}

/** An application of a test's own. */
export async function newApplication(console: Console, settings: Partial<ApplicationSettings> = {}): Promise<Product> {
  const { application } = await must(console, "createApplication", { name: "Test product", settings });
  return application;
}

/** A license of an application, by its key. */
export async function newLicense(
  console: Console,
  { id }: Product,
  plan: Partial<InputOf<"createLicenses">> = {},
): Promise<string> {
  const { licenses } = await must(console, "createLicenses", { applicationId: id, count: 1, ...plan });
  return licenses[0]?.license ?? "";
}
