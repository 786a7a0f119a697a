import { ChangeLog } from "#cluster/change-log.ts";
import { ExpiryWatch } from "#cluster/expiry-watch.ts";
import { Limiter } from "#cluster/limiter.ts";
import { NodeLease } from "#cluster/node-lease.ts";
import { Roster } from "#cluster/roster.ts";
import { RunningDownloads } from "#cluster/running-downloads.ts";
import { SessionActivity } from "#cluster/session-activity.ts";
import { Upkeep } from "#cluster/upkeep.ts";
import { Passwords } from "#crypto/passwords.ts";
import { Seal } from "#crypto/seal.ts";
import { signingKey } from "#crypto/signing-key.ts";
import { FilesDoor } from "#doors/files/files-door.ts";
import { LiveDoor } from "#doors/live/accept.ts";
import { Listener } from "#doors/listener.ts";
import { UserServiceDoor } from "#doors/user-service/rest.ts";
import { DownloadLinks } from "#files/download-links.ts";
import { openFileStore } from "#files/open-file-store.ts";
import { describeError, type Log } from "#report/log.ts";
import { databaseKit, openDatabase } from "#storage/database.ts";
import { lockDataDirectory } from "#storage/dialects/data-directory.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import { Console } from "./console.ts";
import type { Resources } from "./context.ts";
import { Gate } from "./gate.ts";
import { handlers } from "./handlers.ts";

/** The world outside, handed in. */
export interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
}

export interface RunningServer extends AsyncDisposable {
  /** Where clients reach it. */
  readonly url: string;
  /** The operator's entrance to this very process. */
  readonly console: Console;
}

/** Opens the database and the port. What is opened is disposed in reverse, by the caller or when a later step fails. */
export async function startServer(config: Config, surroundings: Surroundings): Promise<RunningServer> {
  await using opened = new AsyncDisposableStack();
  if (config.database.kind === "sqlite") opened.use(lockDataDirectory(config.database.directory));
  const resources = await openResources(config, surroundings, opened);
  const { db, clock, log, fileStore, downloadLinks, downloads } = resources;
  downloadLinks.demandKey();
  opened.use(new Upkeep(db, fileStore, clock, log, config.resumeWindow));
  const gate = new Gate(resources, handlers);
  const live = new LiveDoor(resources, gate);
  const userService = new UserServiceDoor(resources, gate);
  const files = new FilesDoor(resources, gate);
  const listener = await Listener.start(config, clock, { live, userService, files });
  const url = urlOf(config, listener.port);
  if (config.publicUrl === "") downloadLinks.publicUrl = url;
  // All at once: the listener waits for sockets that the others close.
  opened.defer(async () => {
    await Promise.all([listener, live, downloads].map((part) => part[Symbol.asyncDispose]()));
  });
  const running = opened.move();
  return { url, console: new Console(gate), [Symbol.asyncDispose]: () => running.disposeAsync() };
}

function urlOf({ host, tlsCertificate }: Config, port: number): string {
  return `${tlsCertificate === "" ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** The operator's entrance without a server, for commands that run beside one. */
export async function openConsole(config: Config, surroundings: Surroundings): Promise<Console> {
  await using opened = new AsyncDisposableStack();
  const resources = await openResources(config, surroundings, opened);
  const running = opened.move();
  return new Console(new Gate(resources, handlers), () => running.disposeAsync());
}

async function openResources(
  config: Config,
  { clock, log }: Surroundings,
  opened: AsyncDisposableStack,
): Promise<Resources> {
  const kit = databaseKit(config.database);
  const db = await openDatabase(config.database, kit);
  opened.defer(() => db.destroy());
  const roster = new Roster();
  opened.use(new ExpiryWatch(db, roster, clock, log));
  const changeLog = opened.use(await ChangeLog.start(db, kit, roster, clock, log));
  const downloads = opened.use(new RunningDownloads(db, roster, clock, log, config.resumeWindow));
  const node = opened.use(await NodeLease.start(db, clock, log, config.resumeWindow));
  const activity = opened.use(
    new SessionActivity(db, clock, (error) => {
      log.error("session activity not written", { error: describeError(error) });
    }),
  );
  return {
    config,
    clock,
    log,
    db,
    node,
    activity,
    roster,
    changeLog,
    limiter: new Limiter(),
    passwords: new Passwords(config.passwords),
    fileStore: openFileStore(config),
    downloadLinks: new DownloadLinks(new Seal(() => signingKey(config)), config.publicUrl),
    downloads,
  };
}
