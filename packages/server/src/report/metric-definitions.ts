interface MetricDefinition {
  readonly type: "counter" | "gauge" | "histogram";
  readonly about: string;
  /** The names of its labels, in the order in which values are given. */
  readonly labels: readonly string[];
}

/** Every metric of a server, stated once: what is not here cannot be counted, and docs/METRICS.md is written from it. */
export const metricDefinitions = {
  latchkey_operations_total: counter(
    "Operations by their outcome: `ok`, the name of a refusal, `malformed`, `uninitialized`, `gone` or `internal`.",
    "operation",
    "door",
    "outcome",
  ),
  latchkey_operation_seconds: histogram("How long operations took.", "operation", "door"),
  latchkey_transaction_seconds: histogram("How long transactions took, from the wait for their turn to the commit."),
  latchkey_live_connections: gauge("Live connections that are open."),
  latchkey_live_connections_total: counter("Live connections that were accepted."),
  latchkey_live_closes_total: counter(
    "Live connections that ended, by close code; 1006: without a close frame.",
    "code",
  ),
  latchkey_live_frames_total: counter("Frames at the live door, pings and pongs aside: `in` or `out`.", "direction"),
  latchkey_live_bytes_total: counter("Bytes in these frames.", "direction"),
  latchkey_rate_limited_total: counter(
    "Limits of the live door that were crossed, by `session` or by `address`, and upgrades refused to an address that is `blocked`.",
    "limit",
  ),
  latchkey_sockets: gauge("Sockets that are open at the public port, whichever door they belong to."),
  latchkey_sessions: gauge("Live sessions of this process: `connected`, and `authorized` among them.", "state"),
  latchkey_password_hashes: gauge("Password hashes that are `running` and `waiting`.", "state"),
  latchkey_password_hashes_refused_total: counter("Password hashes that were refused because too many waited."),
  latchkey_changes_applied_total: counter("Entries of the change log that this process has applied."),
  latchkey_changes_behind: gauge(
    "Entries of the change log that this process has yet to apply; 10000 stands for more.",
  ),
  latchkey_change_lag_seconds: gauge("How old the oldest of them is."),
  latchkey_mails_waiting: gauge("Mails that wait to be sent, by whichever process."),
  latchkey_mail_oldest_seconds: gauge("How long the oldest of them has waited."),
  latchkey_database_bytes: gauge("Size of the database."),
  latchkey_disk_free_bytes: gauge("Free space where the data directory is; absent where there is none."),
  latchkey_event_loop_delay_seconds: gauge("Delay of the event loop within the last minute.", "quantile"),
  latchkey_spans_dropped_total: counter("Spans of traces that could not be handed over."),
  latchkey_info: gauge("1, with the version of the server.", "version"),
  process_start_time_seconds: gauge("When the server was started, in seconds since the epoch."),
  process_cpu_seconds_total: counter("CPU time of the process."),
  process_resident_memory_bytes: gauge("Resident memory of the process."),
  nodejs_heap_used_bytes: gauge("Memory that is used of the JavaScript heap."),
} as const satisfies Record<`${string}_${string}`, MetricDefinition>;

export type MetricName = keyof typeof metricDefinitions;
/** The names of metrics of a type. */
type NameOf<T> = { [N in MetricName]: (typeof metricDefinitions)[N]["type"] extends T ? N : never }[MetricName];
export type HistogramName = NameOf<"histogram">;
export type CellName = NameOf<"counter" | "gauge">;
/** The labels that a metric takes, in their order. */
export type LabelsOf<N extends MetricName> = Texts<(typeof metricDefinitions)[N]["labels"]>;
type Texts<T extends readonly unknown[]> = { readonly [I in keyof T]: string };

function counter<const L extends readonly string[]>(about: string, ...labels: L) {
  return { type: "counter", about, labels } as const;
}

function gauge<const L extends readonly string[]>(about: string, ...labels: L) {
  return { type: "gauge", about, labels } as const;
}

function histogram<const L extends readonly string[]>(about: string, ...labels: L) {
  return { type: "histogram", about, labels } as const;
}
