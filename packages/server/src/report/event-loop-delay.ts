import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Clock, Timer } from "#clock.ts";
import type { Metrics } from "./metrics.ts";

const windowMs = 60_000;
const resolutionMs = 20;
const quantiles = { "0.5": 50, "0.99": 99, "1": 100 } as const;

/** How late the event loop is: the worse of the last whole minute and the one that runs, whoever reads it how often. */
export class EventLoopDelay implements Disposable {
  readonly #histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  readonly #timer: Timer;
  #before: ReadonlyMap<string, number> = new Map();

  constructor(clock: Clock, metrics: Metrics) {
    this.#histogram.enable();
    this.#timer = clock.every(windowMs, () => {
      this.#before = this.#read();
      this.#histogram.reset();
    });
    metrics.beforeRead(() => {
      for (const [quantile, seconds] of this.#read()) {
        const cell = metrics.cell("latchkey_event_loop_delay_seconds", quantile);
        cell.value = Math.max(seconds, this.#before.get(quantile) ?? 0);
      }
    });
  }

  #read(): Map<string, number> {
    return new Map(
      Object.entries(quantiles).map(([quantile, percentile]) => {
        // What it measures is from one look to the next.
        const lateMs = this.#histogram.percentile(percentile) / 1e6 - resolutionMs;
        return [quantile, Math.max(0, lateMs) / 1000];
      }),
    );
  }

  [Symbol.dispose](): void {
    this.#timer.cancel();
    this.#histogram.disable();
  }
}
