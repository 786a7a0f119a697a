import { MeasureWriter } from "#cluster/measure-writer.ts";
import { OperationReport } from "#report/operation-report.ts";
import { Tally } from "#report/tally.ts";
import { Traces } from "#report/traces.ts";
import type { Resources } from "./context.ts";
import { version } from "./version.ts";

type Core = Pick<Resources, "config" | "db" | "roster" | "clock" | "log" | "metrics">;

/** All that a server tells of its operations, beside the metrics that it always keeps. */
export function openReport(core: Core, opened: AsyncDisposableStack): OperationReport {
  const { config, db, roster, clock, log, metrics } = core;
  const tally = new Tally();
  opened.use(new MeasureWriter(db, tally, roster, clock, log));
  const traces = config.otlpEndpoint === "" ? undefined : new Traces(config.otlpEndpoint, version, clock, log, metrics);
  if (traces) opened.use(traces);
  return new OperationReport({ metrics, tally, clock, traces, log: config.logRequests === "on" ? log : undefined });
}
