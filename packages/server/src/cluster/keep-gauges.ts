import type { Clock } from "#clock.ts";
import type { Passwords } from "#crypto/passwords.ts";
import type { Metrics } from "#report/metrics.ts";
import type { ChangeLog } from "./change-log.ts";
import type { NodeLease } from "./node-lease.ts";
import type { Roster } from "./roster.ts";
import type { SystemState } from "./system-state.ts";

/** What only the owner of a process can tell of it. */
export interface ProcessUsage {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly heapUsedBytes: number;
}

interface Watched {
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly roster: Roster;
  readonly passwords: Passwords;
  readonly changeLog: ChangeLog;
  readonly node: NodeLease;
  readonly system: SystemState;
}

/** Reads, whenever the metrics are read, what nobody counts because it is there to be looked at. */
export function keepGauges(watched: Watched, usage: (() => ProcessUsage) | undefined): void {
  const { metrics, clock, roster, passwords, changeLog, node, system } = watched;
  metrics.cell("process_start_time_seconds").value = node.startedAt / 1000;
  metrics.beforeRead(() => {
    const counts = [...roster.countByApplication(clock.now()).values()];
    for (const state of ["connected", "authorized"] as const) {
      metrics.cell("latchkey_sessions", state).value = counts.reduce((sum, count) => sum + count[state], 0);
    }
    const { running, waiting, refused } = passwords.load;
    metrics.cell("latchkey_password_hashes", "running").value = running;
    metrics.cell("latchkey_password_hashes", "waiting").value = waiting;
    metrics.cell("latchkey_password_hashes_refused_total").value = refused;
    metrics.cell("latchkey_changes_applied_total").value = roster.changesApplied;
  });
  metrics.beforeRead(async () => {
    const { count, oldestMs } = await system.changes(changeLog);
    metrics.cell("latchkey_changes_behind").value = count;
    metrics.cell("latchkey_change_lag_seconds").value = oldestMs / 1000;
  });
  metrics.beforeRead(async () => {
    const { count, oldestMs } = await system.mails();
    metrics.cell("latchkey_mails_waiting").value = count;
    metrics.cell("latchkey_mail_oldest_seconds").value = oldestMs / 1000;
  });
  metrics.beforeRead(async () => {
    metrics.cell("latchkey_database_bytes").value = await system.databaseBytes();
  });
  metrics.beforeRead(async () => {
    const free = await system.diskFreeBytes();
    if (free !== undefined) metrics.cell("latchkey_disk_free_bytes").value = free;
  });
  if (!usage) return;
  metrics.beforeRead(() => {
    const { cpuSeconds, residentBytes, heapUsedBytes } = usage();
    metrics.cell("process_cpu_seconds_total").value = cpuSeconds;
    metrics.cell("process_resident_memory_bytes").value = residentBytes;
    metrics.cell("nodejs_heap_used_bytes").value = heapUsedBytes;
  });
}
