import { AuditSealer } from "#cluster/audit-sealer.ts";
import { BulkRunner } from "#cluster/bulk-runner.ts";
import { ChangeLog } from "#cluster/change-log.ts";
import { ExpiryWatch } from "#cluster/expiry-watch.ts";
import { LastUse } from "#cluster/last-use.ts";
import { expireLicense, LicenseWatch } from "#cluster/license-watch.ts";
import { Limiter } from "#cluster/limiter.ts";
import { NodeLease } from "#cluster/node-lease.ts";
import { RememberedApplications } from "#cluster/remembered-applications.ts";
import { Roster } from "#cluster/roster.ts";
import { RunningDownloads } from "#cluster/running-downloads.ts";
import { SessionActivity } from "#cluster/session-activity.ts";
import type { ProcessUsage } from "#cluster/keep-gauges.ts";
import { Readiness } from "#cluster/readiness.ts";
import { SystemState } from "#cluster/system-state.ts";
import { Traffic } from "#cluster/traffic.ts";
import { Upkeep } from "#cluster/upkeep.ts";
import { OperatorSecrets } from "#crypto/operator-secrets.ts";
import { AuditChain } from "#crypto/audit-chain.ts";
import { Passwords } from "#crypto/passwords.ts";
import { Seal } from "#crypto/seal.ts";
import { formerSigningKeys, signingKey } from "#crypto/signing-key.ts";
import { DashboardDoor } from "#doors/dashboard/dashboard-door.ts";
import type { DashboardFiles } from "#doors/dashboard/dashboard-files.ts";
import { FilesDoor } from "#doors/files/files-door.ts";
import { newRowId } from "#crypto/tokens.ts";
import { AccountLinksDoor } from "#doors/user-service/account-links/account-links-door.ts";
import { HealthDoor } from "#doors/health/health-door.ts";
import { LiveDoor } from "#doors/live/accept.ts";
import { ManagementDoor } from "#doors/management/management-door.ts";
import { Listener } from "#doors/listener.ts";
import { CallbackPage } from "#doors/user-service/callback-page.ts";
import { UserServiceDoor } from "#doors/user-service/rest.ts";
import { DownloadLinks } from "#files/download-links.ts";
import { openFileStore } from "#files/open-file-store.ts";
import { MailSender } from "#mail/mail-sender.ts";
import { WebhookSender } from "#webhooks/webhook-sender.ts";
import { SignInProviders } from "#providers/sign-in-providers.ts";
import { describeError, type Log } from "#report/log.ts";
import { Metrics } from "#report/metrics.ts";
import { OperationReport } from "#report/operation-report.ts";
import { Tally } from "#report/tally.ts";
import { endLicense } from "#steps/end-license.ts";
import { recordAudit } from "#steps/record-audit.ts";
import { runBulkBatch } from "#steps/run-bulk-batch.ts";
import { recordWebhook } from "#steps/record-webhook.ts";
import { databaseKit, openDatabase } from "#storage/database.ts";
import { timeTransactions } from "#storage/transaction.ts";
import { lockDataDirectory } from "#storage/dialects/data-directory.ts";
import type { DatabaseKit } from "#storage/dialects/kit.ts";
import type { NodeId } from "#storage/tables.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import { Console } from "./console.ts";
import { type Resources, type ServerResources, systemContext } from "./context.ts";
import { Gate } from "./gate.ts";
import { handlers } from "./handlers.ts";
import { openReport } from "./open-report.ts";
import { PublicUrl } from "./public-url.ts";
import { serveMetrics } from "./serve-metrics.ts";

/** The world outside, handed in. */
export interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
  /** Absent: the metrics do not tell of the process. */
  readonly usage?: () => ProcessUsage;
  /** Served at `/`; absent: this server has none. */
  readonly dashboard?: DashboardFiles;
}

export interface RunningServer extends AsyncDisposable {
  /** Where clients reach it. */
  readonly url: string;
  /** Where its metrics are; absent: nowhere. */
  readonly metricsUrl?: string;
  /** The operator's entrance to this very process. */
  readonly console: Console;
}

/** Opens the database and the port. What is opened is disposed in reverse, by the caller or when a later step fails. */
export async function startServer(config: Config, surroundings: Surroundings): Promise<RunningServer> {
  await using opened = new AsyncDisposableStack();
  if (config.database.kind === "sqlite") opened.use(lockDataDirectory(config.database.directory));
  const resources = await openResources(config, surroundings, opened);
  const { db, clock, log, fileStore, downloadLinks, downloads, publicUrl, readiness } = resources;
  downloadLinks.demandKey();
  opened.use(
    new Upkeep(db, fileStore, clock, log, config.resumeWindow, (tx, applicationId, count) =>
      recordAudit(tx, systemContext(resources, "removeGuests"), {
        record: "account",
        applicationId,
        before: { count },
      }),
    ),
  );
  opened.use(
    new LicenseWatch(db, clock, log, config.resumeWindow, (license) =>
      endLicense(systemContext(resources, expireLicense), license),
    ),
  );
  const gate = new Gate(resources, handlers);
  const live = new LiveDoor(resources, gate);
  const userService = new UserServiceDoor(resources, gate);
  const files = new FilesDoor(resources, gate);
  const accountLinks = new AccountLinksDoor(config, gate);
  const callbacks = new CallbackPage(resources, gate);
  const health = new HealthDoor(readiness);
  const dashboard = new DashboardDoor(surroundings.dashboard);
  const management = opened.use(new ManagementDoor(resources, gate));
  const listener = await Listener.start(config, clock, {
    live,
    dashboard,
    management,
    userService,
    health,
    files,
    callbacks,
    accountLinks,
  });
  const url = urlOf(config, listener.port);
  publicUrl.listensAt(url);
  // All at once: the listener waits for sockets that the others close.
  opened.defer(async () => {
    await Promise.all([listener, live, downloads].map((part) => part[Symbol.asyncDispose]()));
  });
  const metricsUrl = await serveMetrics(resources, listener, surroundings.usage, opened);
  // Before anything stops, so that whoever sends requests here can look for another server.
  opened.defer(async () => {
    readiness.leave();
    if (config.shutdownDelay > 0) await new Promise<void>((resolve) => clock.after(config.shutdownDelay, resolve));
  });
  const running = opened.move();
  return {
    url,
    ...(metricsUrl && { metricsUrl }),
    console: new Console(gate),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function urlOf({ host, tlsCertificate }: Config, port: number): string {
  return `${tlsCertificate === "" ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/**
 * The operator's entrance without a server, for commands that run beside one. It serves nobody, so it neither takes a
 * lease nor follows the change log: it only lets those know who do.
 */
export async function openConsole(config: Config, surroundings: Surroundings): Promise<Console> {
  await using opened = new AsyncDisposableStack();
  const kit = databaseKit(config.database);
  const core = await openCore(config, kit, surroundings, opened);
  const announcer = opened.use(kit.announcer());
  const resources: Resources = {
    ...core,
    report: new OperationReport({ metrics: core.metrics, tally: new Tally(), clock: core.clock }),
    node: { id: newRowId<NodeId>(), startedAt: core.clock.now() },
    changeLog: { wake: async () => announcer.announce() },
    // A server finds what was queued, and what is to be sealed, at its next look.
    mailSender: { wake: () => undefined },
    auditSealer: { wake: () => undefined },
    bulkRunner: { wake: () => undefined },
    webhookSender: { wake: () => undefined },
  };
  const running = opened.move();
  return new Console(new Gate(resources, handlers), () => running.disposeAsync());
}

async function openResources(
  config: Config,
  surroundings: Surroundings,
  opened: AsyncDisposableStack,
): Promise<ServerResources> {
  const kit = databaseKit(config.database);
  const core = await openCore(config, kit, surroundings, opened);
  const { db, roster, clock, log } = core;
  opened.use(new ExpiryWatch(db, roster, clock, log));
  const changeLog = opened.use(await ChangeLog.start(db, kit, roster, clock, log));
  const auditSealer = opened.use(new AuditSealer(db, kit, clock, log, core.auditChain, config.auditRetention));
  const downloads = opened.use(new RunningDownloads(db, roster, clock, log, config.resumeWindow));
  const node = opened.use(await NodeLease.start(db, clock, log, config.resumeWindow));
  const mailSender = opened.use(new MailSender(core));
  const readiness = new Readiness({ db, kit, clock, log, node, changeLog });
  const report = openReport(core, opened);
  const webhookSender = opened.use(
    new WebhookSender(core, (tx, before, after) => {
      const disabling = {
        now: clock.now(),
        actor: { kind: "system" },
        operation: "disableWebhook",
        auditSealer,
      } as const;
      return recordWebhook(tx, disabling, before, after);
    }),
  );
  auditSealer.onSealed = () => webhookSender.wake();
  const working = {
    ...core,
    report,
    node,
    changeLog,
    auditSealer,
    downloads,
    mailSender,
    webhookSender,
    readiness,
  };
  const bulkRunner = opened.use(
    new BulkRunner(db, clock, log, (batch) => runBulkBatch(systemContext(resources, "runBulkJob"), batch)),
  );
  const resources: ServerResources = { ...working, bulkRunner };
  return resources;
}

async function openCore(
  config: Config,
  kit: DatabaseKit,
  { clock, log }: Surroundings,
  opened: AsyncDisposableStack,
): Promise<
  Omit<Resources, "report" | "node" | "changeLog" | "auditSealer" | "mailSender" | "bulkRunner" | "webhookSender">
> {
  const db = await openDatabase(config.database, kit);
  opened.defer(() => db.destroy());
  const metrics = new Metrics();
  const transactions = metrics.histogram("latchkey_transaction_seconds");
  timeTransactions(db, (ms) => transactions.observeMs(ms));
  const roster = new Roster();
  const activity = opened.use(
    new SessionActivity(db, roster, clock, (error) => {
      log.error("session activity not written", { error: describeError(error) });
    }),
  );
  const publicUrl = new PublicUrl(config);
  return {
    config,
    clock,
    log,
    db,
    applications: new RememberedApplications(db),
    activity,
    roster,
    limiter: new Limiter(),
    traffic: new Traffic(config),
    passwords: new Passwords(config.passwords),
    fileStore: openFileStore(config),
    publicUrl,
    auditChain: new AuditChain(() => [signingKey(config, "audit log"), ...formerSigningKeys(config, "audit log")]),
    downloadLinks: new DownloadLinks(new Seal(() => signingKey(config, "download links")), publicUrl),
    webhookSecrets: new Seal(() => signingKey(config, "webhook secrets")),
    providers: new SignInProviders(new Seal(() => signingKey(config, "provider secrets")), clock, log),
    operatorSecrets: new OperatorSecrets((purpose) => signingKey(config, purpose)),
    metrics,
    system: new SystemState(db, kit, clock, config),
    lastUse: opened.use(new LastUse(db, log)),
  };
}
