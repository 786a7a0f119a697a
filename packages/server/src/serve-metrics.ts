import { keepGauges, type ProcessUsage } from "#cluster/keep-gauges.ts";
import type { Listener } from "#doors/listener.ts";
import { MetricsListener } from "#doors/metrics/metrics-listener.ts";
import { EventLoopDelay } from "#report/event-loop-delay.ts";
import { describeError } from "#report/log.ts";
import type { ServerResources } from "./context.ts";
import { version } from "./version.ts";

/**
 * Answers where the metrics are; `undefined`: nowhere. A port that cannot be had is in the log and keeps nobody from
 * being served.
 */
export async function serveMetrics(
  resources: ServerResources,
  publicListener: Listener,
  usage: (() => ProcessUsage) | undefined,
  opened: AsyncDisposableStack,
): Promise<string | undefined> {
  const { config, metrics, clock, log } = resources;
  const { metricsHost: host, metricsPort: port } = config;
  if (port === "off") return undefined;
  metrics.cell("latchkey_info", version).value = 1;
  keepGauges(resources, usage);
  metrics.beforeRead(async () => {
    metrics.cell("latchkey_sockets").value = await publicListener.sockets();
  });
  opened.use(new EventLoopDelay(clock, metrics));
  try {
    const listener = opened.use(await MetricsListener.start(host, port, metrics));
    return `http://${host.includes(":") ? `[${host}]` : host}:${listener.port}/metrics`;
  } catch (error) {
    log.error("metrics not served", { host, port, error: describeError(error) });
    return undefined;
  }
}
