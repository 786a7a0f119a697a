import { type HealthWarning, healthWarnings, type OutputOf } from "@latchkey/protocol";

const changeLogBehindMs = 10_000;
/** A first attempt and its repetition have failed by then. */
const mailsDelayedMs = 15 * 60_000;
const diskAlmostFullBytes = 1_073_741_824;

type Health = Omit<OutputOf<"showSystemHealth">, "version" | "uptimeMs" | "database" | "warnings">;

/** What of the system's state an operator should look at. */
export function healthWarningsOf(health: Health, now: number): HealthWarning[] {
  const { nodes, changeLog, mailQueue, passwordQueue, diskFreeBytes = Infinity } = health;
  const holds: Readonly<Record<HealthWarning, boolean>> = {
    changeLogBehind: (changeLog?.oldestMs ?? 0) > changeLogBehindMs,
    diskAlmostFull: diskFreeBytes < diskAlmostFullBytes,
    mailsDelayed: mailQueue.oldestMs > mailsDelayedMs,
    nodeMissing: nodes.some(({ leaseUntil }) => leaseUntil <= now),
    passwordsBusy: passwordQueue.waiting > passwordQueue.running,
  };
  return healthWarnings.filter((warning) => holds[warning]);
}
