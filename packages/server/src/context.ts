import type { AuditSealer } from "#cluster/audit-sealer.ts";
import type { BulkRunner } from "#cluster/bulk-runner.ts";
import type { ChangeLog } from "#cluster/change-log.ts";
import type { LastUse } from "#cluster/last-use.ts";
import type { Limiter } from "#cluster/limiter.ts";
import type { NodeLease } from "#cluster/node-lease.ts";
import type { Roster } from "#cluster/roster.ts";
import type { SessionActivity } from "#cluster/session-activity.ts";
import type { RememberedApplications } from "#cluster/remembered-applications.ts";
import type { Readiness } from "#cluster/readiness.ts";
import type { RunningDownloads } from "#cluster/running-downloads.ts";
import type { SystemState } from "#cluster/system-state.ts";
import type { Traffic } from "#cluster/traffic.ts";
import type { OperatorSecrets } from "#crypto/operator-secrets.ts";
import type { AuditChain } from "#crypto/audit-chain.ts";
import type { Passwords } from "#crypto/passwords.ts";
import type { SignInProviders } from "#providers/sign-in-providers.ts";
import type { DownloadLinks } from "#files/download-links.ts";
import type { Seal } from "#crypto/seal.ts";
import type { WebhookSender } from "#webhooks/webhook-sender.ts";
import type { MailSender } from "#mail/mail-sender.ts";
import type { FileStore } from "#files/file-store.ts";
import type { Actor } from "#domain/actor.ts";
import type { NamedRequest } from "#domain/named-request.ts";
import type { Log } from "#report/log.ts";
import type { Metrics } from "#report/metrics.ts";
import type { OperationReport } from "#report/operation-report.ts";
import type { Db } from "#storage/tables.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { PublicUrl } from "./public-url.ts";

/** What operations work with, wired once in `server.ts`. */
export interface Resources {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly db: Db;
  readonly applications: RememberedApplications;
  /** The process that sessions are connected to. */
  readonly node: Pick<NodeLease, "id" | "startedAt">;
  readonly roster: Roster;
  readonly changeLog: Pick<ChangeLog, "wake"> & Partial<Pick<ChangeLog, "position">>;
  readonly auditChain: AuditChain;
  readonly auditSealer: Pick<AuditSealer, "wake">;
  readonly activity: SessionActivity;
  readonly limiter: Limiter;
  readonly traffic: Traffic;
  readonly passwords: Passwords;
  readonly fileStore: FileStore;
  readonly downloadLinks: DownloadLinks;
  readonly publicUrl: PublicUrl;
  readonly mailSender: Pick<MailSender, "wake">;
  readonly bulkRunner: Pick<BulkRunner, "wake">;
  readonly webhookSender: Pick<WebhookSender, "wake">;
  readonly webhookSecrets: Seal;
  readonly providers: SignInProviders;
  readonly operatorSecrets: OperatorSecrets;
  readonly lastUse: LastUse;
  readonly system: SystemState;
  readonly metrics: Metrics;
  readonly report: OperationReport;
}

/** The same for the doors, whose connections live and die with the node. */
export interface ServerResources extends Resources {
  readonly node: NodeLease;
  readonly changeLog: ChangeLog;
  readonly readiness: Readiness;
  readonly downloads: RunningDownloads;
}

/** The same for one call, with the one instant that all its statements use. */
export interface Context extends Resources {
  readonly actor: Actor;
  /** The tag of the record that the caller has seen, if what is done depends on it. */
  readonly expects?: string;
  /** Of a request that is to be done once. */
  readonly run?: NamedRequest & { readonly runId: string };
  /** What is done, as the audit log names it. */
  readonly operation: string;
  readonly now: number;
  /** How many changes of the log had been applied when it began. */
  readonly changesApplied: number;
}

/** For what the server does by itself. */
export function systemContext(resources: Resources, operation: string): Context {
  const { clock, roster } = resources;
  return {
    ...resources,
    now: clock.now(),
    changesApplied: roster.changesApplied,
    actor: { kind: "system" },
    operation,
  };
}
