import { CloseCode } from "@latchkey/protocol";
import type { Cell, Metrics } from "#report/metrics.ts";

/** Ends without a code of ours: going away, no code, no close frame. */
const codesWithoutUs = [1001, 1005, 1006];
const knownCodes = new Set<number>([...Object.values(CloseCode), ...codesWithoutUs]);

interface Flow {
  readonly frames: Cell;
  readonly bytes: Cell;
}

/** What goes through the live door. */
export class LiveMeters {
  readonly #metrics: Metrics;
  readonly #open: Cell;
  readonly #accepted: Cell;
  readonly #in: Flow;
  readonly #out: Flow;
  readonly limits: Readonly<Record<"session" | "address" | "blocked", Cell>>;

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
    this.#open = metrics.cell("latchkey_live_connections");
    this.#accepted = metrics.cell("latchkey_live_connections_total");
    this.#in = flow(metrics, "in");
    this.#out = flow(metrics, "out");
    this.limits = {
      session: metrics.cell("latchkey_rate_limited_total", "session"),
      address: metrics.cell("latchkey_rate_limited_total", "address"),
      blocked: metrics.cell("latchkey_rate_limited_total", "blocked"),
    };
  }

  opened(): void {
    this.#open.value++;
    this.#accepted.value++;
  }

  /** Codes that clients make up are one: no client adds lines to the metrics. */
  closed(code: number): void {
    this.#open.value--;
    this.#metrics.cell("latchkey_live_closes_total", knownCodes.has(code) ? String(code) : "other").value++;
  }

  received(bytes: number): void {
    this.#in.frames.value++;
    this.#in.bytes.value += bytes;
  }

  sent(frame: string): void {
    this.#out.frames.value++;
    this.#out.bytes.value += Buffer.byteLength(frame);
  }
}

function flow(metrics: Metrics, direction: string): Flow {
  return {
    frames: metrics.cell("latchkey_live_frames_total", direction),
    bytes: metrics.cell("latchkey_live_bytes_total", direction),
  };
}
